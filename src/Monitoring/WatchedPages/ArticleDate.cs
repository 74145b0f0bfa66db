using System.Globalization;
using System.Text.RegularExpressions;

namespace Monitoring.WatchedPages;

/// <summary>
/// Finds a date inside a line as pages write it for people: "Пятница, 04 Июл 2025, 12:00", "2026 жылғы 19 қыркүйек", "19.09.2026 | 12:00",
/// "September 19, 2026".
/// </summary>
internal static partial class ArticleDate
{
    /// <summary>As ISO 8601, with the time if one follows; null for a line without a date.</summary>
    public static string? Find(string line)
    {
        foreach (var match in Date().Matches(line).Cast<Match>())
        {
            var month = match.Groups["number"].Success ? int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) : MonthNames.Find(match.Groups["name"].ValueSpan);
            var (year, day) = (int.Parse(match.Groups["year"].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups["day"].ValueSpan, CultureInfo.InvariantCulture));
            if (month is >= 1 and <= 12 && year >= 1970 && day >= 1 && day <= DateTime.DaysInMonth(year, month))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}{Clock(line, match)}");
            }
        }

        return null;
    }

    /// <summary>The line with 0 in place of what looks like a date.</summary>
    public static string Without(string line) => Date().Replace(line, "0");

    private static string Clock(string line, Match date)
    {
        var time = TimeAfter().Match(line[(date.Index + date.Length)..]) is { Success: true } after ? after : TimeBefore().Match(line[..date.Index]);
        return time.Success ? string.Create(CultureInfo.InvariantCulture, $"T{time.Groups["hour"].Value.PadLeft(2, '0')}:{time.Groups["minute"].ValueSpan}") : "";
    }

    [GeneratedRegex(
        @"(?<![0-9.])(?:(?<day>[0-9]{1,2})[./](?<number>[0-9]{1,2})[./](?<year>[0-9]{4})|(?<year>[0-9]{4})-(?<number>[0-9]{2})-(?<day>[0-9]{2})"
        + @"|(?<day>[0-9]{1,2})(?:st|nd|rd|th)?[\s-]+(?<name>\p{L}{3,10})\.?,?[\s-]+(?<year>[0-9]{4})"
        + @"|(?<year>[0-9]{4})\s*(?:жылғы|жылы|жыл|ж\.|,)?\s*(?<day>[0-9]{1,2})\s+(?<name>\p{L}{3,10})"
        + @"|(?<name>\p{L}{3,10})\.?\s+(?<day>[0-9]{1,2}),?\s+(?<year>[0-9]{4}))(?![0-9])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(
        @"^\s*(?:года?|г\.?|жылы?|ж\.?)?[\s,|•·/—–-]{0,5}(?:в|at|сағат|T)?\s*(?<hour>[01]?[0-9]|2[0-3]):(?<minute>[0-5][0-9])(?![0-9])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TimeAfter();

    [GeneratedRegex(@"(?<![0-9:])(?<hour>[01]?[0-9]|2[0-3]):(?<minute>[0-5][0-9])[\s,|•·/—–-]{0,5}$")]
    private static partial Regex TimeBefore();
}
