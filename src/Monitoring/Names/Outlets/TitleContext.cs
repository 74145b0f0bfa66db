using System.Buffers;
using System.Collections.Frozen;

namespace Monitoring.Names.Outlets;

/// <summary>How a title is written and what stands beside it. Pure.</summary>
/// <param name="IsQuoted">The quotes hold the title and nothing else.</param>
/// <param name="IsCapital">Its first letter is a capital, or a digit, which has none.</param>
/// <param name="IsInsideSentence">A capital there says something: neither a sentence nor a quotation begins, and the words around are not all capitals.</param>
/// <param name="IsTagged">After # or @.</param>
/// <param name="OutletWord">A word beside it that tells an outlet; null for none.</param>
internal sealed record TitleContext(bool IsQuoted, bool IsCapital, bool IsInsideSentence, bool IsTagged, string? OutletWord)
{
    private const string Opening = "«“„\"'‘‚‹”";
    private const string Closing = "»”“\"'’‘›";

    /// <summary>Characters that are looked at for the beginning of a sentence.</summary>
    private const int FarthestStop = 16;

    private static readonly SearchValues<char> Stops = SearchValues.Create(",;:!?\n");
    private static readonly FrozenSet<string> CommonTitles =
        DataFile.Rows(typeof(NameMatcher), "Tables.titles.csv").SelectMany(row => row[0].Split('|')).Select(Key).ToFrozenSet(StringComparer.Ordinal);

    private static readonly IReadOnlyList<(bool IsVerb, string Beginning)> OutletWords =
        [.. DataFile.Rows(typeof(NameMatcher), "Tables.outlet-words.csv").SelectMany(row => row[1].Split('|').Select(beginning => (row[0] == "verb", beginning)))];

    /// <summary>A title that is also an everyday word or phrase.</summary>
    public static bool IsCommon(string title) => CommonTitles.Contains(Key(title));

    public static TitleContext Of(string text, TitleHit hit)
    {
        var (before, after) = (hit.Start == 0 ? ' ' : text[hit.Start - 1], hit.End == text.Length ? ' ' : text[hit.End]);
        var isOpened = Opening.Contains(before, StringComparison.Ordinal);
        var isCapital = !char.IsLower(text[hit.Start]);
        return new TitleContext(
            IsQuoted: isOpened && Closing.Contains(after, StringComparison.Ordinal),
            isCapital,
            IsInsideSentence: char.IsUpper(text[hit.Start]) && !isOpened && !BeginsSentence(text, hit.Start) && (hit.Title.IsAllCapitals || !IsHeadline(text, hit)),
            IsTagged: before is '#' or '@',
            OutletWord: Beside(text, hit.Start, isBefore: true, isCapital) ?? Beside(text, hit.End, isBefore: false, isCapital));
    }

    private static string Key(string title) => TitleWord.Fold(string.Concat(title.Where(c => char.IsLetterOrDigit(c) || c == ' '))).Trim().Replace('ё', 'е');

    /// <summary>Nothing but blanks, dashes and quotes between the title and a full stop or the beginning of a line.</summary>
    private static bool BeginsSentence(string text, int start)
    {
        var at = start;
        while (at > 0 && start - at < FarthestStop && text[at - 1] != '\n' && !char.IsLetterOrDigit(text[at - 1]) && text[at - 1] is not ('.' or '!' or '?' or '…' or ',' or ';' or ':' or ')'))
        {
            at--;
        }

        return at == 0 || text[at - 1] switch
        {
            '\n' or '!' or '?' or '…' => true,
            // After a single letter the stop is an abbreviation's: "г. Время".
            '.' => at < 3 || !char.IsLetter(text[at - 2]) || char.IsLetter(text[at - 3]),
            _ => false,
        };
    }

    /// <summary>A word beside a title in capitals is in capitals too.</summary>
    private static bool IsHeadline(string text, TitleHit hit) =>
        IsAllCapitals(text.AsSpan(hit.Start, hit.End - hit.Start)) && (new[] { TitleToken.Before(text, hit.Start), TitleToken.After(text, hit.End) }).Any(word => word is { IsDigits: false } token && IsAllCapitals(token.In(text)));

    private static bool IsAllCapitals(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (char.IsLower(c))
            {
                return false;
            }
        }

        return word.Length > 1;
    }

    private static string? Beside(string text, int at, bool isBefore, bool isCapital)
    {
        if ((isBefore ? TitleToken.Before(text, at) : TitleToken.After(text, at)) is not { IsDigits: false } word)
        {
            return null;
        }

        var gap = isBefore ? text.AsSpan(word.End, at - word.End) : text.AsSpan(at, word.Start - at);
        if (gap.IsEmpty || gap.ContainsAny(Stops) || gap.Contains('.'))
        {
            return null;
        }

        var letters = word.In(text).ToString();
        return OutletWords.Any(known => (isCapital || !known.IsVerb) && letters.StartsWith(known.Beginning, StringComparison.OrdinalIgnoreCase)) ? letters : null;
    }
}
