using Monitoring.Availability.Reports;

namespace Monitoring.App.Web.Reports;

/// <summary>What every form of a report says of itself.</summary>
internal static class ReportText
{
    public const string Source = "own measurements from the listed vantages";

    public static IReadOnlyList<string> Method { get; } =
    [
        "Good is the share of good checks in those that were good or bad. Bad is down, blocked or throttled. A check that could tell nothing, a fault of the vantage, and a site that answers otherwise than it answers the control are neither.",
        "Coverage is the decided checks of the expected ones: all that were made, and as many as the time without any had room for. What was not measured is never good.",
        "A check stands for the time until the next one, at most for twice the interval; trouble is told by mechanism in minutes of that time.",
        "Episodes take several checks to open and to close. The longest outage is that of the longest episode, as far as it falls in the period.",
    ];

    /// <summary>A period that is not over is told as of now.</summary>
    public static DateTimeOffset AsOf(ReportPeriod period, DateTimeOffset now) => period.End < now ? period.End : now;
}
