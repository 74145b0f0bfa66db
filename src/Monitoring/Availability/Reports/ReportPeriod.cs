using System.Globalization;

namespace Monitoring.Availability.Reports;

/// <summary>Why a period cannot be reported.</summary>
public enum PeriodProblem
{
    /// <summary>Not a date as <c>2026-10-31</c>.</summary>
    FromIsNoDate,

    /// <inheritdoc cref="FromIsNoDate"/>
    ToIsNoDate,

    EndsBeforeItBegins,

    /// <summary>It begins after today.</summary>
    NotYet,

    /// <summary>More than <see cref="ReportPeriod.MostDays"/>.</summary>
    TooLong,
}

/// <summary>Whole UTC days, both ends included.</summary>
public sealed record ReportPeriod(DateOnly From, DateOnly To)
{
    public const int MostDays = 366;

    /// <summary>What is reported where nothing else is asked for: so many whole days before today.</summary>
    public const int UsualDays = 30;

    private const string Format = "yyyy-MM-dd";

    public int Days => To.DayNumber - From.DayNumber + 1;

    public DateTimeOffset Start => CheckDay.Start(From);

    /// <summary>Excluded.</summary>
    public DateTimeOffset End => CheckDay.Start(To.AddDays(1));

    /// <summary>So many days, of which the last is today.</summary>
    public static ReportPeriod UpTo(DateOnly today, int days) => new(today.AddDays(1 - days), today);

    /// <summary>As somebody asked for it. What is left out is filled up to the usual length; without both it ends yesterday.</summary>
    /// <returns>Either a period or a problem.</returns>
    public static (ReportPeriod? Period, PeriodProblem? Problem) Read(string? from, string? to, DateOnly today)
    {
        var (first, last) = (Date(from), Date(to));
        if (first is null && !string.IsNullOrWhiteSpace(from))
        {
            return (null, PeriodProblem.FromIsNoDate);
        }

        if (last is null && !string.IsNullOrWhiteSpace(to))
        {
            return (null, PeriodProblem.ToIsNoDate);
        }

        var end = last ?? (first > today.AddDays(-1) ? today : today.AddDays(-1));
        var begin = first ?? DateOnly.FromDayNumber(Math.Max(0, end.DayNumber + 1 - UsualDays));
        return begin > end ? (null, begin > today && last is null ? PeriodProblem.NotYet : PeriodProblem.EndsBeforeItBegins)
            : begin > today ? (null, PeriodProblem.NotYet)
            : end.DayNumber - begin.DayNumber >= MostDays || end == DateOnly.MaxValue ? (null, PeriodProblem.TooLong)
            : (new ReportPeriod(begin, end), null);
    }

    /// <summary>Whether it is a date as <c>2026-10-31</c>.</summary>
    public static bool IsDate(string text) => Date(text) is not null;

    public static string Say(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture);

    private static DateOnly? Date(string? text) => DateOnly.TryParseExact(text?.Trim(), Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
