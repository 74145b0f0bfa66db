using Monitoring.App.Web;
using Monitoring.Availability.Reports;

namespace Monitoring.Tests.Web;

public sealed class DayBarsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly PageSpan Month = PageSpan.Of("30d");
    private static readonly PageSpan Year = PageSpan.Of("1y");

    [Fact]
    public void A_month_has_a_bar_a_day_and_ends_today()
    {
        var bars = DayBars.Of([Day(0, "reachable", hours: 6), Day(29, "reachable", hours: 24)], Month, Noon);

        Assert.Equal(30, bars.Count);
        Assert.Equal((new DateOnly(2026, 10, 24), new DateOnly(2026, 11, 22)), (bars[0].From, bars[^1].To));
        Assert.Equal([1, 0.5], new[] { bars[0].Measured, bars[^1].Measured }); // of today half is over
        Assert.All(bars.Skip(1).SkipLast(1), bar => Assert.False(bar.IsMeasured));
    }

    [Fact]
    public void A_year_has_a_bar_a_week()
    {
        var bars = DayBars.Of([Day(0, "reachable", hours: 12), Day(6, "blocked.tls_reset", hours: 24), Day(7, "undecided", hours: 24)], Year, Noon);

        Assert.Equal(52, bars.Count);
        Assert.Equal([(0, 0, 1), (1, 1, 0)], bars.TakeLast(2).Select(bar => ((int)bar.Totals.Good.Checks, (int)bar.Totals.Bad.Checks, (int)bar.Totals.Undecided.Checks)));
        Assert.Equal(24 / 156.0, bars[^1].Part(bars[^1].Totals.Bad)); // six days and a half
        Assert.Equal(new DateOnly(2026, 11, 16), bars[^1].From);
    }

    [Fact]
    public void At_midnight_today_has_no_length_and_no_part_of_it_is_anything()
    {
        var bars = DayBars.Of([new CheckDay(new DateOnly(2026, 11, 22), Totals("reachable", hours: 0), Noon)], Month, Noon.AddHours(-12));

        Assert.Equal(0, bars[^1].Measured);
    }

    [Theory]
    [InlineData(null, "24h")]
    [InlineData("", "24h")]
    [InlineData("30d", "30d")]
    [InlineData("1Y", "24h")]
    [InlineData("<script>", "24h")]
    public void A_span_that_nobody_knows_is_the_day(string? key, string expected)
    {
        Assert.Equal(expected, PageSpan.Of(key).Key);
    }

    private static CheckDay Day(int daysAgo, string verdictClass, int hours) => new(CheckDay.Of(Noon).AddDays(-daysAgo), Totals(verdictClass, hours), Noon);

    private static CheckTotals Totals(string verdictClass, int hours)
    {
        var totals = new CheckTotals();
        totals.Add(verdictClass, new ClassTotal(1, TimeSpan.FromHours(hours)));
        return totals;
    }
}
