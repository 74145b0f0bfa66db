using Monitoring.Availability.Reports;

namespace Monitoring.Tests.Availability.Reports;

public sealed class ReportPeriodTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData(null, null, "2026-10-24", "2026-11-22", 30)] // the last whole days
    [InlineData("", " ", "2026-10-24", "2026-11-22", 30)]
    [InlineData("2026-10-01", "2026-10-31", "2026-10-01", "2026-10-31", 31)]
    [InlineData("2026-11-23", "2026-11-23", "2026-11-23", "2026-11-23", 1)] // today, as far as it is known
    [InlineData("2026-11-23", null, "2026-11-23", "2026-11-23", 1)]
    [InlineData("2026-11-20", null, "2026-11-20", "2026-11-22", 3)]
    [InlineData(null, "2026-03-01", "2026-01-31", "2026-03-01", 30)]
    [InlineData("2025-11-23", "2026-11-23", "2025-11-23", "2026-11-23", 366)]
    [InlineData(" 2026-11-01 ", "2027-01-01", "2026-11-01", "2027-01-01", 62)] // ends later: told as of now
    [InlineData("2024-02-29", "2024-02-29", "2024-02-29", "2024-02-29", 1)]
    public void A_period_is_whole_days_with_both_ends(string? from, string? to, string first, string last, int days)
    {
        var (period, problem) = ReportPeriod.Read(from, to, Today);

        Assert.Null(problem);
        Assert.Equal((first, last, days), (ReportPeriod.Say(period!.From), ReportPeriod.Say(period.To), period.Days));
        Assert.Equal(days, (period.End - period.Start).TotalDays);
    }

    [Theory]
    [InlineData("yesterday", null, PeriodProblem.FromIsNoDate)]
    [InlineData("2026-02-29", null, PeriodProblem.FromIsNoDate)]
    [InlineData("01.10.2026", "31.10.2026", PeriodProblem.FromIsNoDate)]
    [InlineData("2026-10-01", "2026-10-32", PeriodProblem.ToIsNoDate)]
    [InlineData("2026-10-01", "<script>", PeriodProblem.ToIsNoDate)]
    [InlineData("2026-10-02", "2026-10-01", PeriodProblem.EndsBeforeItBegins)]
    [InlineData("2026-11-24", null, PeriodProblem.NotYet)]
    [InlineData("2026-11-24", "2026-11-30", PeriodProblem.NotYet)]
    [InlineData("2025-11-22", "2026-11-23", PeriodProblem.TooLong)]
    [InlineData("0001-01-01", "9999-12-31", PeriodProblem.TooLong)]
    [InlineData("9999-12-31", "9999-12-31", PeriodProblem.NotYet)]
    public void What_is_no_period_says_why(string? from, string? to, PeriodProblem expected)
    {
        Assert.Equal((null, (PeriodProblem?)expected), ReportPeriod.Read(from, to, Today));
    }

    [Fact]
    public void The_first_day_of_all_has_a_period_before_it_cut_off()
    {
        Assert.Equal(1, ReportPeriod.Read(null, "0001-01-01", Today).Period!.Days);
    }
}
