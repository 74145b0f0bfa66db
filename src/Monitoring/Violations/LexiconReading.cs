using System.Runtime.InteropServices;
using Monitoring.Languages;

namespace Monitoring.Violations;

/// <summary>A text with the lexicon's words and word classes found in it, against which patterns are tried.</summary>
internal sealed class LexiconReading
{
    /// <summary>How far before a range a part that touches it may begin.</summary>
    private const int Reach = 10;

    private const int Beside = 3;

    private readonly List<TermHit> _hits = [];
    private readonly int[] _firstHit;
    private readonly bool[] _holds;
    private readonly List<(int Token, int Class, int Length)> _spans = [];
    private ulong _classes;
    private readonly int[] _firstSpan;

    public LexiconReading(TokenizedText text, TermIndex terms, (int Class, PatternWord[] Words)[][] classesByTerm, IEnumerable<(int Token, int Class, int Length)> given)
    {
        Text = text;
        terms.Find(text, _hits);
        _holds = new bool[terms.Count];
        foreach (var hit in _hits)
        {
            _holds[hit.Id] = true;
        }

        _firstHit = Starts(_hits, hit => hit.Token);
        _spans.AddRange(given);
        foreach (var hit in _hits)
        {
            foreach (var (kind, words) in classesByTerm[hit.Id])
            {
                if (LengthOf(words, hit.Token) is var length and > 0)
                {
                    _spans.Add((hit.Token, kind, length));
                }
            }
        }

        foreach (var span in _spans)
        {
            _classes |= 1ul << span.Class;
        }

        _spans.Sort((one, other) => one.Token.CompareTo(other.Token));
        _firstSpan = Starts(_spans, span => span.Token);
    }

    public TokenizedText Text { get; }

    public ReadOnlySpan<TermHit> Hits => CollectionsMarshal.AsSpan(_hits);

    public ReadOnlySpan<(int Token, int Class, int Length)> Spans => CollectionsMarshal.AsSpan(_spans);

    /// <summary>Spans of a class that begin from one token to another, both included.</summary>
    public bool HasClass(int kind, int first, int last)
    {
        for (var i = _firstSpan[first]; i < _firstSpan[last + 1]; i++)
        {
            if (_spans[i].Class == kind)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether all that a pattern needs stands somewhere in the text: a quick way to turn most away.</summary>
    public bool MayHold(Element[][] parts)
    {
        foreach (var part in parts)
        {
            if (!MayHold(part))
            {
                return false;
            }
        }

        return true;
    }

    public bool MayHold(Element[] part)
    {
        foreach (var element in part)
        {
            if (!MayHold(element))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Tries a part from a token on.</summary>
    /// <returns>The last token it takes; -1 if it does not stand here.</returns>
    public int Match(Element[] part, int token) => Match(part, 0, token);

    /// <summary>Whether the further parts of a pattern stand somewhere in a token's sentence.</summary>
    public bool HasParts(Pattern pattern, int token)
    {
        for (var i = 1; i < pattern.Parts.Length; i++)
        {
            var (first, last) = SentenceOf(token);
            if (!StandsFrom(pattern.Parts[i], first, last))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a part stands in a range or within three words of it.</summary>
    public bool Touches(Element[] part, int first, int last)
    {
        var sentence = SentenceOf(first);
        for (var token = Math.Max(sentence.First, first - Reach); token <= Math.Min(sentence.Last, last + Beside); token++)
        {
            if (Match(part, token) is var end and >= 0 && end >= first - Beside)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first and the last token of a token's sentence.</summary>
    public (int First, int Last) SentenceOf(int token)
    {
        var (first, last) = (token, token);
        while (first > 0 && Text.SentenceAt(first - 1) == Text.SentenceAt(token))
        {
            first--;
        }

        while (last + 1 < Text.Count && Text.SentenceAt(last + 1) == Text.SentenceAt(token))
        {
            last++;
        }

        return (first, last);
    }

    private bool StandsFrom(Element[] part, int first, int last)
    {
        for (var token = first; token <= last; token++)
        {
            if (Match(part, token) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private int Match(Element[] part, int element, int token)
    {
        foreach (var alternative in part[element].Alternatives)
        {
            var end = token + LengthOf(alternative, token);
            if (end == token)
            {
                continue;
            }

            if (element + 1 == part.Length)
            {
                return end - 1;
            }

            for (var next = end; next <= end + part[element + 1].Gap && next < Text.Count && Text.SentenceAt(next) == Text.SentenceAt(token); next++)
            {
                if (Match(part, element + 1, next) is var last and >= 0)
                {
                    return last;
                }
            }
        }

        return -1;
    }

    private bool MayHold(Element element)
    {
        foreach (var alternative in element.Alternatives)
        {
            if (alternative.Words is { } words ? Array.TrueForAll(words, word => _holds[word.Term]) : (_classes & (1ul << alternative.Class)) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>How many tokens it takes here; 0 if it does not stand here.</returns>
    private int LengthOf(Alternative alternative, int token) => alternative.Words is { } words ? LengthOf(words, token) : LengthOfClass(alternative.Class, token);

    private int LengthOfClass(int kind, int token)
    {
        var longest = 0;
        for (var i = _firstSpan[token]; i < _firstSpan[token + 1]; i++)
        {
            longest = _spans[i].Class == kind ? Math.Max(longest, _spans[i].Length) : longest;
        }

        return longest;
    }

    private int LengthOf(PatternWord[] words, int token)
    {
        if (token + words.Length > Text.Count || Text.SentenceAt(token + words.Length - 1) != Text.SentenceAt(token))
        {
            return 0;
        }

        for (var i = 0; i < words.Length; i++)
        {
            if (!Stands(words[i], token + i))
            {
                return 0;
            }
        }

        return words.Length;
    }

    private bool Stands(PatternWord word, int token)
    {
        for (var i = _firstHit[token]; i < _firstHit[token + 1]; i++)
        {
            if (_hits[i].Id == word.Term)
            {
                return word.Case is LetterCase.Any || word.Case is LetterCase.Capital == Text.IsCapital(token);
            }
        }

        return false;
    }

    /// <summary>For each token, and one behind the last, where its entries begin.</summary>
    private int[] Starts<T>(List<T> entries, Func<T, int> tokenOf)
    {
        var starts = new int[Text.Count + 1];
        var at = 0;
        for (var token = 0; token < starts.Length; token++)
        {
            while (at < entries.Count && tokenOf(entries[at]) < token)
            {
                at++;
            }

            starts[token] = at;
        }

        return starts;
    }
}
