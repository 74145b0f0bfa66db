using Monitoring.Watchlist;

namespace Monitoring.Names.Outlets;

/// <summary>How a word of a text is a word of a title: a stem and what follows it.</summary>
/// <param name="Ending">Null for the word as it is listed.</param>
internal readonly record struct WordFit(string Stem, string Rest, Ending? Ending);

/// <summary>A stem of a word and the endings that it takes.</summary>
internal readonly record struct WordStem(string Skeleton, byte[] Signs, EndingClass Endings)
{
    public static WordStem Of(string skeleton, EndingClass endings) => new(skeleton, [.. skeleton.Select(Names.Signs.Parse)], endings);
}

/// <summary>One word of a listed title, or its digits.</summary>
/// <param name="letters">As listed.</param>
/// <param name="isDeclined">Otherwise it takes only what any language adds.</param>
internal sealed class TitleWord(string letters, bool isDeclined)
{
    /// <summary>Shorter words take an ending only after a hyphen or an apostrophe: too much else would match.</summary>
    private const int ShortestStem = 4;

    /// <summary>Of a word that loses letters when it is declined.</summary>
    private const int ShortestCutStem = 3;

    private static readonly EndingClass Bare = EndingClass.Of("fixed");
    private static readonly EndingClass Added = EndingClass.Of(EndingClass.Any);

    private readonly string _folded = Fold(letters);
    private readonly string _digits = DigitsOf(letters);
    private IReadOnlyList<WordStem>? _stems;

    public string Letters => letters;

    public bool IsDigits { get; } = letters.All(char.IsAsciiDigit);

    /// <summary>In an alphabet that has no signs: compared letter by letter.</summary>
    public bool IsForeign { get; } = !HasSigns(letters);

    public string Folded => _folded;

    /// <summary>Made when they are first asked for: most words of a list never are. Two threads may both make them, alike.</summary>
    public IReadOnlyList<WordStem> Stems => _stems ??= IsForeign || IsDigits ? [] : isDeclined ? [.. StemsOf(letters)] : [WordStem.Of(Signs.Of(letters), Bare), WordStem.Of(Signs.Of(letters), Added)];

    /// <param name="word">The text's word, or how it reads where it is written in a disguise.</param>
    public WordFit? Fit(ReadOnlySpan<char> word)
    {
        if (IsDigits || IsForeign)
        {
            return Fold(word) == _folded ? new WordFit(letters, "", Ending: null) : null;
        }

        if (DigitsOf(word) != _digits)
        {
            return null;
        }

        Span<byte> signs = stackalloc byte[Signs.MostSigns];
        Span<byte> ends = stackalloc byte[Signs.MostSigns];
        signs = signs[..Signs.Write(word, signs, ends)];
        WordFit? best = null;
        foreach (var (_, stem, endings) in Stems)
        {
            if (signs.StartsWith(stem) && endings.Find(signs[stem.Length..], stem[^1]) is { Count: > 0 } found)
            {
                var end = ends[stem.Length - 1];
                var rest = word[end..];
                var isApart = rest.Length > 1 && Signs.Of(rest[0]).HasFlag(SignFlags.Silent);
                var ending = Choose(found, rest);
                if ((!ReferenceEquals(endings, Added) || isApart || stem.Length >= ShortestStem)
                    && (best is null || (best.Value.Ending is not null && (ending is null || end > best.Value.Stem.Length))))
                {
                    best = new WordFit(word[..end].ToString(), rest.ToString(), ending);
                }
            }
        }

        return best;
    }

    /// <summary>"Azattyq-тың".</summary>
    public static WordFit? EndingAfterHyphen(string text, int end)
    {
        if (end + 1 >= text.Length || !NameGap.IsHyphen(text[end]) || !char.IsLower(text[end + 1]))
        {
            return null;
        }

        var letters = Word.At(text, end + 1).In(text);
        Span<byte> signs = stackalloc byte[Signs.MostSigns];
        var count = Signs.Write(letters, signs, stackalloc byte[Signs.MostSigns]);
        var found = count == 0 ? [] : Added.Find(signs[..count], 0);
        return found.Count == 0 ? null : new WordFit(Word.Before(text, end)?.In(text).ToString() ?? "", text[end] + letters.ToString(), Choose(found, letters));
    }

    /// <summary>Of endings that sound alike the one that is written so.</summary>
    public static Ending? Choose(IReadOnlyList<Ending> endings, ReadOnlySpan<char> rest)
    {
        var written = Fold(rest);
        var chosen = endings.FirstOrDefault(ending => ending.Letters == written) ?? endings[0];
        return chosen.Case == "nominative" ? null : chosen;
    }

    /// <summary>Small letters, without what is silent.</summary>
    public static string Fold(ReadOnlySpan<char> word)
    {
        Span<char> folded = word.Length <= Signs.MostSigns ? stackalloc char[Signs.MostSigns] : new char[word.Length];
        var length = 0;
        foreach (var c in word)
        {
            if (!Signs.Of(c).HasFlag(SignFlags.Silent))
            {
                folded[length++] = Signs.Fold(c);
            }
        }

        return folded[..length].ToString();
    }

    private static bool HasSigns(string letters) => Signs.Of(letters) is { Length: > 0 } skeleton && !skeleton.Contains('?', StringComparison.Ordinal);

    private static IEnumerable<WordStem> StemsOf(string letters)
    {
        // A Latin word may be of any language: only long stems are taken for Russian ones.
        var shortest = letters.Any(c => Signs.Of(c).HasFlag(SignFlags.Latin)) ? ShortestStem : ShortestCutStem;
        return NamePart.Stems(letters, PartRole.Title, Gender.Unknown)
            .Where(stem => ReferenceEquals(stem.Endings, Bare) || ReferenceEquals(stem.Endings, Added) || stem.Skeleton.Length >= shortest)
            .Distinct()
            .Select(stem => WordStem.Of(stem.Skeleton, stem.Endings));
    }

    private static string DigitsOf(ReadOnlySpan<char> word) =>
        word.ContainsAnyInRange('0', '9') ? string.Concat(word.ToArray().Where(char.IsAsciiDigit)) : "";
}
