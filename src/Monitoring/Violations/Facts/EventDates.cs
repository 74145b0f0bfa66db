using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Monitoring.Violations.Facts;

/// <summary>A day, month or year that a text names.</summary>
/// <param name="Edtf">Extended Date/Time Format (ISO 8601-2, level 1): <c>2012-07-03</c>, <c>2012-05</c>, <c>2012</c>; with <c>?</c> where the order of day and month is not sure.</param>
public sealed record EventDate(string Edtf, Mark Mark)
{
    /// <summary>Null unless it is one day.</summary>
    public DateOnly? Day => DateOnly.TryParseExact(Edtf, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>Finds dates in Russian, Kazakh and English; what leaves the year or the day to the reader is resolved against the day of publication.</summary>
public static partial class EventDates
{
    private const int Most = 30;

    /// <summary>A date without year that lies further ahead was last year's.</summary>
    private const int MostDaysAhead = 60;

    private static readonly FrozenDictionary<string, int> Months = Read("months");
    private static readonly FrozenDictionary<string, int> Weekdays = Read("weekdays");
    private static readonly FrozenDictionary<string, int> Days = Read("days");

    /// <param name="published">In the time zone of the source; null: only full dates are found.</param>
    /// <returns>The first thirty, in the order of the text. Days that do not exist are left out.</returns>
    public static IReadOnlyList<EventDate> Find(string text, DateOnly? published)
    {
        var found = new List<EventDate>();
        foreach (var match in Numeric().Matches(text).Concat(Named().Matches(text)).Concat(Relative().Matches(text)).OrderBy(match => match.Index))
        {
            if (found.Count < Most && (found.Count == 0 || match.Index >= found[^1].Mark.Start + found[^1].Mark.Length) && Resolve(match, published) is { } edtf)
            {
                found.Add(new EventDate(edtf, new Mark(match.Index, match.Length)));
            }
        }

        return found;
    }

    private static string? Resolve(Match match, DateOnly? published)
    {
        if (match.Groups["word"] is { Success: true } word)
        {
            return published is { } today && Days.TryGetValue(Fold(word), out var back) ? Written(today.AddDays(-back)) : null;
        }

        if (match.Groups["weekday"] is { Success: true } weekday)
        {
            return published is { } today && ByBeginning(Weekdays, Fold(weekday)) is { } day ? Written(today.AddDays(-(((int)today.DayOfWeek - day + 7) % 7))) : null;
        }

        var (year, dayOfMonth) = (NumberOf(match.Groups["year"]), NumberOf(match.Groups["day"]));
        return match.Groups["month"] is { Success: true } named
            ? ByBeginning(Months, Fold(named)) is { } month ? Resolve(year, month, dayOfMonth, published) : null
            : Resolve(year, NumberOf(match.Groups["number"]) ?? 0, dayOfMonth, published) is { } edtf ? edtf + (IsUnsure(match) ? "?" : "") : null;
    }

    private static string? Resolve(int? year, int month, int? day, DateOnly? published)
    {
        if (month is < 1 or > 12 || (year ?? published?.Year) is not { } known || (day is { } given && (given < 1 || given > DateTime.DaysInMonth(known, month))))
        {
            return null;
        }

        if (year is null && new DateOnly(known, month, day ?? 1).DayNumber - published!.Value.DayNumber > MostDaysAhead)
        {
            known--;
        }

        return day is { } one
            ? one <= DateTime.DaysInMonth(known, month) ? Written(new DateOnly(known, month, one)) : null
            : string.Create(CultureInfo.InvariantCulture, $"{known:D4}-{month:D2}");
    }

    /// <summary>With slashes either may be the day.</summary>
    private static bool IsUnsure(Match match) => match.Groups["slash"].Success && NumberOf(match.Groups["day"]) <= 12;

    private static int? ByBeginning(FrozenDictionary<string, int> table, string word) =>
        table.TryGetValue(word, out var exact) ? exact : table.Where(pair => pair.Key.Length > 3 && word.StartsWith(pair.Key, StringComparison.Ordinal)).Select(pair => (int?)pair.Value).FirstOrDefault();

    private static int? NumberOf(Group group) => group.Success ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : null;

    private static string Fold(Group group) => Languages.FoldedText.Fold(group.Value);

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static FrozenDictionary<string, int> Read(string kind) => DataFile.Rows(typeof(ViolationType), "Tables.calendar.csv")
        .Where(row => row[0] == kind)
        .SelectMany(row => row[2].Split('|').Select(word => (word, int.Parse(row[1], CultureInfo.InvariantCulture))))
        .ToFrozenDictionary(pair => pair.word, pair => pair.Item2, StringComparer.Ordinal);

    [GeneratedRegex(
        @"(?<![\d./-])(?:(?<year>(?:19|20)\d\d)-(?<number>\d\d)-(?<day>\d\d)|(?<day>\d{1,2})\.(?<number>\d{1,2})\.(?<year>(?:19|20)\d\d)|(?<day>\d{1,2})(?<slash>/)(?<number>\d{1,2})/(?<year>(?:19|20)\d\d))(?![\d/-])",
        RegexOptions.CultureInvariant, 500)]
    private static partial Regex Numeric();

    [GeneratedRegex(
        @"(?<!\p{L})(?:(?<year>(?:19|20)\d\d)\s(?:жыл\p{L}{0,5}|ж\.)\s)?(?:(?<day>\d{1,2})(?:st|nd|rd|th|trd|-го|-е)?\s(?:of\s)?)?(?<month>January|February|March|April|June|July|August|September|October|November|December|(?<=\d\s)May|(?<=[Ii]n\s)May|May(?=\s\d)|Jan\.|Feb\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.|январ[яеь]|феврал[яеь]|март[ае]?|апрел[яеь]|ма[яе]|июн[яеь]|июл[яеь]|август[ае]?|сентябр[яеь]|октябр[яеь]|ноябр[яеь]|декабр[яеь]|қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)(?:да|де|та|те|дағы|дегі|тағы|тегі|ның|нің|дың|дің|тың|тің|дан|ден|тан|тен|ға|ге|қа|ке)?(?!\p{L})(?:\s(?<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)(?![.:]\d))?(?:,?\s(?<year>(?:19|20)\d\d)(?!\d))?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Named();

    [GeneratedRegex(
        @"(?<!\p{L})(?:(?<word>today|yesterday|сегодня|вчера|позавчера|накануне|бүгін|кеше|алдыңғы\sкүні)|(?:on|last|в|во|өткен)\s(?<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)|(?<weekday>дүйсенбі|сейсенбі|сәрсенбі|бейсенбі|жұма|сенбі|жексенбі)(?:\sкүні|де))(?!\p{L})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Relative();
}
