namespace Monitoring.Languages;

/// <summary>How the words of a phrase are written.</summary>
public enum PhraseStyle
{
    /// <summary>Words with blanks or hyphens between them, each with its endings.</summary>
    Words,

    /// <summary>A host name: its labels exactly, with the dots and hyphens between them, no endings.</summary>
    Domain,
}

/// <param name="Start">In the original text.</param>
/// <param name="Length">In the original text.</param>
/// <param name="Endings">How the surface differs from the listed words: <c>сапаров + ым: Russian instrumental</c>; empty if it does not.</param>
public readonly record struct PhraseHit(int Phrase, int Start, int Length, IReadOnlyList<Reason> Endings);

/// <summary>
/// Many phrases, found in one pass: a text's words are looked up by their prefixes in one table of stems, and only then compared further. Immutable.
/// The first engine of the project, simple on purpose; it knows exact and folded words and a table of endings.
/// </summary>
public sealed class PhraseIndex
{
    private const int ShortestStem = 2;

    private readonly Dictionary<string, List<(int Phrase, WordForm Form)>> _firstWords = new(StringComparer.Ordinal);
    private readonly List<(string[]? Gaps, IReadOnlyList<WordForm>[] Words)> _phrases = [];
    private readonly int _longestStem;

    /// <param name="phrases">A phrase's number is its position here. Phrases without any letter are found nowhere.</param>
    public PhraseIndex(IEnumerable<(string Text, PhraseStyle Style)> phrases)
    {
        foreach (var (text, style) in phrases)
        {
            var folded = FoldedText.Fold(text);
            var isDomain = style is PhraseStyle.Domain;
            var words = Split(folded).Select(word => isDomain ? [WordForm.Of(word)[0]] : WordForm.Of(word)).ToArray();
            foreach (var form in words.FirstOrDefault() ?? [])
            {
                Add(form);
            }

            _phrases.Add((isDomain ? Gaps(folded) : null, words));
        }

        _longestStem = _firstWords.Keys.Select(stem => stem.Length).DefaultIfEmpty(0).Max();
    }

    /// <summary>Every phrase at every place it stands, in the order of the text; overlapping hits of different phrases are all given.</summary>
    public IReadOnlyList<PhraseHit> Find(string text)
    {
        var hits = new List<PhraseHit>();
        if (_firstWords.Count == 0)
        {
            return hits;
        }

        var folded = FoldedText.Of(text);
        var words = WordsOf(folded.Letters);
        var stems = _firstWords.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = 0; at < words.Count; at++)
        {
            var word = folded.Letters.Slice(words[at].Start, words[at].Length);
            // Longest first: a word as listed is better explained than a stem with an ending.
            for (var length = Math.Min(word.Length, _longestStem); length >= ShortestStem; length--)
            {
                if (stems.TryGetValue(word[..length], out var candidates))
                {
                    Compare(folded, words, at, candidates, hits);
                }
            }
        }

        return [.. hits.DistinctBy(hit => (hit.Phrase, hit.Start))];
    }

    private void Add(WordForm form)
    {
        if (form.Stem.Length < ShortestStem)
        {
            return;
        }

        if (!_firstWords.TryGetValue(form.Stem, out var phrases))
        {
            _firstWords.Add(form.Stem, phrases = []);
        }

        phrases.Add((_phrases.Count, form));
    }

    private void Compare(FoldedText text, List<(int Start, int Length)> words, int at, List<(int Phrase, WordForm Form)> candidates, List<PhraseHit> hits)
    {
        foreach (var (phrase, form) in candidates)
        {
            var endings = new List<Reason>();
            var first = text.Letters.Slice(words[at].Start, words[at].Length);
            if (Fits(form, first, endings) && RestFits(text, words, at, phrase, endings))
            {
                var last = words[at + _phrases[phrase].Words.Length - 1];
                var (start, length) = text.Origin(words[at].Start, last.Start + last.Length - words[at].Start);
                hits.Add(new PhraseHit(phrase, start, length, endings));
            }
        }
    }

    private bool RestFits(FoldedText text, List<(int Start, int Length)> words, int at, int phrase, List<Reason> endings)
    {
        var (gaps, forms) = _phrases[phrase];
        if (at + forms.Length > words.Count)
        {
            return false;
        }

        for (var i = 1; i < forms.Length; i++)
        {
            var before = words[at + i - 1];
            var word = words[at + i];
            var gap = text.Letters[(before.Start + before.Length)..word.Start];
            var letters = word;
            if (!(gaps is null ? IsGap(gap) : gap.SequenceEqual(gaps[i - 1])) || !forms[i].Any(form => Fits(form, text.Letters.Slice(letters.Start, letters.Length), endings)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Blanks and hyphens join the words of a name; a stop or a comma does not.</summary>
    private static bool IsGap(ReadOnlySpan<char> gap)
    {
        foreach (var c in gap)
        {
            if (!char.IsWhiteSpace(c) && c is not ('-' or '\u2010' or '\u2011'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What stands between the words: a domain has its own dots and hyphens.</summary>
    private static string[] Gaps(string folded)
    {
        var words = WordsOf(folded);
        return [.. words.Skip(1).Select((word, i) => folded[(words[i].Start + words[i].Length)..word.Start])];
    }

    private static bool Fits(WordForm form, ReadOnlySpan<char> word, List<Reason> endings)
    {
        if (!word.StartsWith(form.Stem, StringComparison.Ordinal))
        {
            return false;
        }

        if (form.Endings is null)
        {
            return true;
        }

        var rest = word[form.Stem.Length..];
        if (rest.StartsWith("'", StringComparison.Ordinal))
        {
            rest = rest[1..];
        }

        if (!form.Endings.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(rest, out var name))
        {
            return false;
        }

        if (name.Length > 0)
        {
            endings.Add(Reason.Of("reason.ending", $"{form.Stem} + {rest}", "@ending." + name));
        }

        return true;
    }

    private static List<string> Split(string folded)
    {
        var words = WordsOf(folded).Select(word => folded.Substring(word.Start, word.Length)).ToList();
        if (words.Count > 0 && folded.EndsWith('*'))
        {
            words[^1] += "*";
        }

        return words;
    }

    /// <summary>Runs of letters and digits; an apostrophe inside one belongs to it.</summary>
    private static List<(int Start, int Length)> WordsOf(ReadOnlySpan<char> letters)
    {
        var words = new List<(int, int)>();
        var start = -1;
        for (var i = 0; i <= letters.Length; i++)
        {
            var inWord = i < letters.Length && (char.IsLetterOrDigit(letters[i]) || (letters[i] == '\'' && start >= 0 && i + 1 < letters.Length && char.IsLetter(letters[i + 1])));
            if (inWord && start < 0)
            {
                start = i;
            }
            else if (!inWord && start >= 0)
            {
                words.Add((start, i - start));
                start = -1;
            }
        }

        return words;
    }
}
