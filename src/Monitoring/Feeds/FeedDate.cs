using System.Globalization;
using System.Text.RegularExpressions;
using Monitoring.Feeds.Reading.Dates;

namespace Monitoring.Feeds;

/// <summary>
/// Dates of feeds in every form found in the wild: RFC 822/2822 with its deviations, the profiles of ISO 8601, Unix time, and dates with the names of
/// months in a dozen languages, Russian and Kazakh among them. Null for what is no date, never an exception. A date without time is midnight UTC, a
/// time without zone is UTC. Digits are ASCII.
/// </summary>
public static partial class FeedDate
{
    private const int Longest = 100;

    public static DateTimeOffset? Read(string? text)
    {
        var date = text is null ? default : text.AsSpan().Trim();
        if (date.Length is 0 or > Longest)
        {
            return null;
        }

        if (UsualIso(date) is { } usual)
        {
            return usual;
        }

        return Iso().IsMatch(date) ? FromIso(Iso().Match(date.ToString())) : UnixTime(date) ?? WordDate.Read(date);
    }

    /// <summary><c>2026-11-22T09:30:15+05:00</c> and <c>2026-11-22</c>, read without a pattern, because Atom feeds hold two of them in every entry.</summary>
    private static DateTimeOffset? UsualIso(ReadOnlySpan<char> text)
    {
        if (text.Length is not (10 or 20 or 25) || text[4] != '-' || text[7] != '-'
            || !Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day))
        {
            return null;
        }

        if (text.Length == 10)
        {
            return DateParts.Make((year, month, day), default, TimeSpan.Zero);
        }

        var isTime = text[10] == 'T' && text[13] == ':' && text[16] == ':' && text[19] is 'Z' or '+' or '-' && (text.Length == 20 || text[22] == ':');
        return isTime && Digits(text[11..13], out var hour) && Digits(text[14..16], out var minute) && Digits(text[17..19], out var second)
            && DateParts.Zone(text[19..], year, month) is { } offset
            ? DateParts.Make((year, month, day), (hour, minute, second), offset)
            : null;
    }

    private static bool Digits(ReadOnlySpan<char> text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static DateTimeOffset? FromIso(Match match)
    {
        var year = Number(match, "year");

        // Two digits, and the day's number in the year, were written in the first years of feeds only.
        year = match.Groups["year"].Length == 4 ? year : DateParts.Century(year);
        var date = match.Groups["ordinal"] is { Success: true, Length: var length } ? Ordinal(year, Number(match, "ordinal"), isShort: match.Groups["year"].Length == 2 && length == 3)
            : match.Groups["week"].Success ? OfWeek(year, Number(match, "week"), Number(match, "weekday", otherwise: 1))
            : (year, Number(match, "month", otherwise: 1), Number(match, "day", otherwise: 1));
        return DateParts.Zone(match.Groups["zone"].Value, date.Item1, date.Item2) is { } offset
            ? DateParts.Make(date, (Number(match, "hour"), Number(match, "minute"), Number(match, "second")), offset)
            : null;
    }

    private static (int Year, int Month, int Day) Ordinal(int year, int ordinal, bool isShort)
    {
        if (ordinal is 0 or > 366 || year is < 1970 or > 9998 || (isShort && year is < 2000 or > 2009))
        {
            return default;
        }

        var day = new DateOnly(year, 1, 1).AddDays(ordinal - 1);
        return day.Year == year ? (day.Year, day.Month, day.Day) : default;
    }

    /// <param name="weekday">From Monday, which is 1.</param>
    private static (int Year, int Month, int Day) OfWeek(int year, int week, int weekday)
    {
        if (year is < 1970 or > 9998 || week == 0 || week > ISOWeek.GetWeeksInYear(year))
        {
            return default;
        }

        var day = ISOWeek.ToDateTime(year, week, (DayOfWeek)(weekday % 7));
        return (day.Year, day.Month, day.Day);
    }

    /// <summary>Seconds or milliseconds since 1970, of this century.</summary>
    private static DateTimeOffset? UnixTime(ReadOnlySpan<char> text) =>
        text.Length is 10 or 13 && text[0] is '1' or '2' or '3' && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? DateTimeOffset.FromUnixTimeMilliseconds(text.Length == 10 ? number * 1000 : number)
            : null;

    private static int Number(Match match, string group, int otherwise = 0) =>
        match.Groups[group] is { Success: true, ValueSpan: var digits } ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;

    [GeneratedRegex(
        """
        ^(?:(?<year>[0-9]{4})(?:-?(?<month>[0-9]{2})-?(?<day>[0-9]{2})|-(?<month>[0-9]{2})|-?(?<ordinal>[0-9]{3}))?
        |(?<year>[0-9]{2})(?:-?(?<month>[0-9]{2})-?(?<day>[0-9]{2})|-?(?<ordinal>[0-9]{3}))
        |-(?<year>[0-9]{2})(?:-?(?<month>[0-9]{2}))?
        |(?<year>[0-9]{4})-?W(?<week>[0-9]{2})(?:-?(?<weekday>[1-7]))?)
        (?:(?<zone>Z|[+-][0-9]{2}:[0-9]{2})
        |(?:[Tt]\s*|\s+)(?<hour>[0-9]{1,2})(?::(?<minute>[0-9]{1,2})(?::(?<second>[0-9]{1,2})(?:[.,:][0-9]+)?)?|(?<minute>[0-9]{2})(?:(?<second>[0-9]{2})(?:[.,][0-9]+)?)?|(?<=[Tt][0-9]{2}))
        \s*(?<zone>[A-Za-z]{1,5}|(?:GMT|UTC)?\s*[+-][0-9]{1,2}:?(?:[0-9]{2})?)?)?$
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Iso();
}
