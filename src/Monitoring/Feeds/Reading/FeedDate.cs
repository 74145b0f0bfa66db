using System.Globalization;
using System.Text.RegularExpressions;

namespace Monitoring.Feeds.Reading;

/// <summary>
/// Dates of feeds: RFC 822/2822 with its usual deviations, and the profiles of ISO 8601 that Atom and dc:date use. Null for what is no date, never an
/// exception. A date without time is midnight UTC, a time without zone is UTC. Digits are ASCII.
/// </summary>
public static partial class FeedDate
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Zones by name, in minutes (RFC 822 section 5.1 and those of the region).</summary>
    private static readonly Dictionary<string, int> Zones = new (int Minutes, string Names)[]
    {
        (0, "UT UTC GMT Z"),
        (-240, "EDT"),
        (-300, "EST ET CDT"),
        (-360, "CST CT MDT"),
        (-420, "MST MT PDT"),
        (-480, "PST PT"),
        (60, "CET MET BST"),
        (120, "CEST MEST EET"),
        (180, "EEST MSK"),
        (240, "MSD"),
        (300, "AQTT UZT TJT TMT"),
        (360, "ALMT QYZT KGT"),
    }.SelectMany(zone => zone.Names.Split(' '), (zone, name) => (zone.Minutes, Name: name)).ToDictionary(zone => zone.Name, zone => zone.Minutes, StringComparer.OrdinalIgnoreCase);

    public static DateTimeOffset? Read(string? text)
    {
        text = text?.Trim() ?? "";
        if (text.Length is 0 or > 100)
        {
            return null;
        }

        return Iso().Match(text) is { Success: true } iso ? FromIso(iso) : Rfc().Match(text) is { Success: true } rfc ? FromRfc(rfc) : null;
    }

    private static DateTimeOffset? FromIso(Match match) => Make(
        Number(match, "year"),
        match.Groups["month"].Success ? Number(match, "month") : 1,
        match.Groups["day"].Success ? Number(match, "day") : 1,
        match);

    private static DateTimeOffset? FromRfc(Match match)
    {
        var month = Array.IndexOf(Months, match.Groups["name"].Value[..3].ToLowerInvariant()) + 1;
        var year = Number(match, "year");

        // RFC 2822 section 4.3: two digits below 50 belong to this century.
        return month == 0 ? null : Make(match.Groups["year"].Length > 2 ? year : year < 50 ? 2000 + year : 1900 + year, month, Number(match, "day"), match);
    }

    private static DateTimeOffset? Make(int year, int month, int day, Match match)
    {
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        var isDate = year is >= 1970 and < 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        if (!isDate || hour > 23 || minute > 59 || second > 60 || Offset(match.Groups["zone"].Value) is not { } offset)
        {
            return null;
        }

        // A leap second is the next minute's first.
        return new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.Zero).AddSeconds(second) - offset;
    }

    private static TimeSpan? Offset(string zone)
    {
        if (zone.Length == 0)
        {
            return TimeSpan.Zero;
        }

        if (Zones.TryGetValue(zone, out var minutes))
        {
            return TimeSpan.FromMinutes(minutes);
        }

        var sign = zone.IndexOfAny(['+', '-']);
        if (sign < 0)
        {
            return null;
        }

        var digits = zone[(sign + 1)..].Replace(":", "", StringComparison.Ordinal);
        var total = int.Parse(digits[..2], CultureInfo.InvariantCulture) * 60 + (digits.Length > 2 ? int.Parse(digits[2..], CultureInfo.InvariantCulture) : 0);
        return total > 14 * 60 ? null : TimeSpan.FromMinutes(zone[sign] == '-' ? -total : total);
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})(-?(?<month>[0-9]{2})(-?(?<day>[0-9]{2}))?)?([T ]\s*(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})([.,][0-9]+)?)?\s*(?<zone>Z|[A-Za-z]{2,5}|[+-][0-9]{2}:?([0-9]{2})?)?)?$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Iso();

    [GeneratedRegex(
        @"^([A-Za-z]{3,9}\.?,?\s+)?(?<day>[0-9]{1,2})[\s-]+(?<name>[A-Za-z]{3,9})\.?,?[\s-]+(?<year>[0-9]{4}|[0-9]{2})(,?\s+(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})(\.[0-9]+)?)?\s*(?<zone>[A-Za-z]{1,5}|([A-Za-z]{3})?[+-][0-9]{2}:?[0-9]{2})?)?(\s*\([^)]*\))?$")]
    private static partial Regex Rfc();
}
