using Monitoring.Availability.Reports;

namespace Monitoring.App.Web;

/// <summary>One bar of days, or of one.</summary>
/// <param name="To">The last day of it.</param>
/// <param name="Length">How much of it is over.</param>
public sealed record DayBar(DateOnly From, DateOnly To, TimeSpan Length, CheckTotals Totals)
{
    public bool IsMeasured => Totals.Checks > 0;

    /// <summary>The part of its time that was so, 0 to 1.</summary>
    public double Part(ClassTotal total) => Part(total.Stood);

    /// <summary>The part of its time that was measured, 0 to 1.</summary>
    public double Measured => Part(Totals.Measured);

    private double Part(TimeSpan time) => Length > TimeSpan.Zero ? Math.Min(1, time / Length) : 0;
}

/// <summary>Packs days into bars, the last one ending today.</summary>
internal static class DayBars
{
    public static IReadOnlyList<DayBar> Of(IReadOnlyList<CheckDay> days, PageSpan span, DateTimeOffset now)
    {
        var period = span.Days(now);
        var daysOfBar = (int)span.Bar.TotalDays;
        var byBar = days.ToLookup(day => (day.Day.DayNumber - period.From.DayNumber) / daysOfBar);
        return [.. Enumerable.Range(0, period.Days / daysOfBar).Select(i => Bar(period.From.AddDays(i * daysOfBar), daysOfBar, byBar[i], now))];
    }

    private static DayBar Bar(DateOnly from, int days, IEnumerable<CheckDay> counted, DateTimeOffset now)
    {
        var totals = new CheckTotals();
        foreach (var day in counted)
        {
            totals.Add(day.Totals);
        }

        var (start, end) = (CheckDay.Start(from), CheckDay.Start(from.AddDays(days)));
        return new DayBar(from, from.AddDays(days - 1), (end < now ? end : now) - start, totals);
    }
}
