namespace Monitoring.Languages;

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
    private readonly Dictionary<string, List<(int Phrase, WordForm Form)>> _firstWords = new(StringComparer.Ordinal);
    private readonly List<(string[] Gaps, IReadOnlyList<WordForm>[] Words)> _phrases = [];
    private readonly int _longestStem;

    /// <param name="phrases">A phrase's number is its position here. Phrases without any letter, or of a single one, are found nowhere.</param>
    public PhraseIndex(IEnumerable<string> phrases)
    {
        foreach (var text in phrases)
        {
            var folded = FoldedText.Fold(text);
            var words = Split(folded).Select(WordForm.Of).ToArray();
            foreach (var form in words is [[{ Stem.Length: < 2 }, ..]] ? [] : words.FirstOrDefault() ?? [])
            {
                Add(form);
            }

            _phrases.Add((Gaps(folded), words));
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
            for (var length = Math.Min(word.Length, _longestStem); length > 0; length--)
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
                var end = last.Start + last.Length;
                var (start, length) = text.Origin(words[at].Start, end - words[at].Start);
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
            if (!IsGap(gap, gaps[i - 1]) || !forms[i].Any(form => Fits(form, text.Letters.Slice(letters.Start, letters.Length), endings)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Blanks and hyphens join the words of a name; a stop or a comma only where it is listed with one: <c>Е. Сапаров</c>.</summary>
    private static bool IsGap(ReadOnlySpan<char> gap, string listed)
    {
        var at = 0;
        foreach (var c in gap)
        {
            if (!IsJoint(c) && (at == listed.Length || listed[at++] != c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsJoint(char c) => char.IsWhiteSpace(c) || c is '-' or '\u2010' or '\u2011';

    /// <summary>What stands between the words and does not join by itself.</summary>
    private static string[] Gaps(string folded)
    {
        var words = WordsOf(folded);
        var gaps = words.Skip(1).Select((word, i) => folded[(words[i].Start + words[i].Length)..word.Start]);
        return [.. gaps.Select(gap => string.Concat(gap.Where(c => !IsJoint(c))))];
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

    /// <summary>The words, each with the star that follows it.</summary>
    private static IEnumerable<string> Split(string folded) => WordsOf(folded).Select(word =>
    {
        var end = word.Start + word.Length;
        return folded[word.Start..end] + (end < folded.Length && folded[end] == '*' ? "*" : "");
    });

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
