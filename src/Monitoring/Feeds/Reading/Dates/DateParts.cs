using System.Globalization;

namespace Monitoring.Feeds.Reading.Dates;

/// <summary>The parts of a date, checked and put together.</summary>
internal static class DateParts
{
    /// <summary>Kazakhstan has one time zone since then.</summary>
    private static readonly (int Year, int Month) OneKazakhZone = (2024, 3);

    /// <summary>Zones by name, in minutes: RFC 822 section 5.1, those of Europe and those of the region.</summary>
    private static readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Zones = new (int Minutes, string Names)[]
    {
        (0, "UT UTC GMT Z WET"),
        (-150, "NDT"),
        (-180, "ADT BRT"),
        (-210, "NST"),
        (-240, "EDT AST AT"),
        (-300, "EST ET CDT"),
        (-360, "CST CT MDT"),
        (-420, "MST MT PDT"),
        (-480, "PST PT AKDT"),
        (-540, "AKST"),
        (-600, "HST"),
        (60, "CET MET BST WEST WAT N"),
        (120, "CEST MEST EET SAST"),
        (180, "EEST MSK TRT AST3 МСК"),
        (240, "MSD SAMT AZT GST GET"),
        (270, "AFT"),
        (300, "AQTT UZT TJT TMT YEKT PKT QYZT ORAT"),
        (330, "IST"),
        (360, "KGT OMST NOVT BST6"),
        (420, "ICT KRAT"),
        (480, "IRKT HKT SGT"),
        (540, "JST KST YAKT"),
        (600, "AEST VLAT"),
        (660, "AEDT"),
        (720, "NZST"),
        (780, "NZDT"),
        (-60, "A"),
        (-720, "M"),
        (720, "Y"),
    }.SelectMany(zone => zone.Names.Split(' '), (zone, name) => (zone.Minutes, Name: name))
        .ToDictionary(zone => zone.Name, zone => zone.Minutes, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Two digits belong to the years around us (RFC 2822 section 4.3, with the beginning of Unix time as the border).</summary>
    public static int Century(int year) => year < 70 ? 2000 + year : 1900 + year;

    /// <summary>Null if there is no such date. Dates before 1970 mean "none" in some programs.</summary>
    public static DateTimeOffset? Make((int Year, int Month, int Day) date, (int Hour, int Minute, int Second) time, TimeSpan offset)
    {
        var isDate = date.Year is >= 1970 and < 9999 && date.Month is >= 1 and <= 12 && date.Day >= 1 && date.Day <= DateTime.DaysInMonth(date.Year, date.Month);
        if (!isDate || time.Hour > 24 || time.Minute > 59 || time.Second > 60 || (time.Hour == 24 && time.Minute + time.Second > 0))
        {
            return null;
        }

        // 24:00 is the next day's midnight and a leap second the next minute's first.
        return new DateTimeOffset(date.Year, date.Month, date.Day, 0, time.Minute, 0, TimeSpan.Zero).AddHours(time.Hour).AddSeconds(time.Second) - offset;
    }

    /// <summary>
    /// From a name, an offset or both: <c>MSK</c>, <c>+0500</c>, <c>GMT+05:00</c>. A name that nobody knows counts as UTC: a date some hours wrong says
    /// more than none. Null for an offset that no place has.
    /// </summary>
    public static TimeSpan? Zone(ReadOnlySpan<char> zone, int year, int month)
    {
        var sign = zone.IndexOfAny('+', '-');
        if (sign < 0)
        {
            var isAlmaty = zone is "ALMT";
            var minutes = isAlmaty ? ((year, month).CompareTo(OneKazakhZone) < 0 ? 360 : 300) : Zones.TryGetValue(zone, out var known) ? known : 0;
            return TimeSpan.FromMinutes(minutes);
        }

        Span<char> digits = stackalloc char[4];
        var count = 0;
        foreach (var c in zone[(sign + 1)..])
        {
            if (c is ':' or ' ')
            {
                continue;
            }

            if (!char.IsAsciiDigit(c) || count == 4)
            {
                return null;
            }

            digits[count++] = c;
        }

        if (count == 0)
        {
            return null;
        }

        var number = int.Parse(digits[..count], NumberStyles.None, CultureInfo.InvariantCulture);
        var total = count <= 2 ? number * 60 : number / 100 * 60 + number % 100;
        return total > 14 * 60 || (count > 2 && number % 100 > 59) ? null : TimeSpan.FromMinutes(zone[sign] == '-' ? -total : total);
    }
}
