using Monitoring.Availability;
using Monitoring.Availability.Reports;
using Monitoring.Blocking;

namespace Monitoring.Tests.Availability.Reports;

public sealed class VantageReportTests
{
    private static readonly ReportPeriod Period = new(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 2));
    private static readonly DateTimeOffset Start = Period.Start;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    [Fact]
    public void Good_is_the_share_of_what_was_decided_and_the_rest_is_told_apart()
    {
        var report = Of(
            [("reachable", 80), ("degraded_everywhere", 10), ("blocked.tls_reset", 6), ("down_everywhere.tcp_timeout", 4), ("undecided", 5), ("vantage_fault.clock", 3), ("refused_by_site", 2), ("page_changed", 1)]);

        Assert.Equal((90, 10, 3, 8), (report.Totals.Good.Checks, report.Totals.Bad.Checks, report.Totals.Different.Checks, report.Totals.Undecided.Checks));
        Assert.Equal((0.9, 100), (report.Share, report.Decided));
    }

    [Fact]
    public void Coverage_counts_the_checks_that_the_time_without_any_had_room_for()
    {
        // 111 checks of five minutes stand for 555 of 2,880 minutes; 2,325 have room for 465.
        var report = Of([("reachable", 100), ("undecided", 11)]);

        Assert.Equal(111 + 465, report.Expected);
        Assert.Equal(100 / 576.0, report.Coverage);
    }

    [Fact]
    public void All_checks_of_all_the_time_are_full_coverage_even_if_they_come_late()
    {
        var totals = new CheckTotals();
        totals.Add("reachable", new ClassTotal(540, TimeSpan.FromDays(2))); // every 5 min 20 s

        Assert.Equal(1, VantageReport.Of(("site-1", "vantage-1"), Period, Period.End, totals, [], Interval).Coverage);
    }

    [Fact]
    public void A_site_that_was_never_checked_has_no_share_and_no_coverage()
    {
        var report = Of([]);

        Assert.Null(report.Share);
        Assert.Equal((0, 576), (report.Coverage, report.Expected));
        Assert.Null(report.Longest);
        Assert.Empty(report.Totals.Phases.Speeds);
    }

    [Fact]
    public void Of_a_period_that_just_began_only_what_is_over_is_expected()
    {
        Assert.Equal(12, Of([], asOf: Start.AddHours(1)).Expected);
        Assert.Equal(0, Of([], asOf: Start.AddHours(-1)).Expected);
        Assert.Null(Of([], asOf: Start.AddHours(-1)).Coverage);
    }

    [Fact]
    public void Trouble_is_told_in_minutes_by_mechanism_the_longest_first()
    {
        var report = Of(
            [("blocked.tls_reset", 2), ("blocked.tls_timeout", 3), ("blocked.http_blockpage", 1), ("down_everywhere.tls_timeout", 2), ("throttled", 1), ("throttled.stall", 2), ("reachable", 9)]);

        Assert.Equal(
            [("blocked.tls", 25.0), ("throttled", 15), ("down.tls", 10), ("blocked.page", 5)],
            report.Totals.Trouble.Select(pair => (pair.Key, pair.Value.TotalMinutes)));
        Assert.Equal(55, report.Totals.Bad.Stood.TotalMinutes);
    }

    [Fact]
    public void Episodes_are_cut_to_the_period_and_the_longest_is_of_what_is_left()
    {
        var report = Of(
            [],
            episodes:
            [
                Episode(47, closed: null), // open: one hour so far
                Episode(30, closed: 33),
                Episode(-100, closed: 2),
                Episode(-200, closed: 0), // ended as the period began
                Episode(48, closed: null), // began after it
                Episode(10, closed: 20) with { VantageId = "vantage-2" },
            ]);

        Assert.Equal([1.0, 3, 2], report.Episodes.Select(span => span.Length.TotalHours));
        Assert.Equal(TimeSpan.FromHours(3), report.Longest!.Length);
    }

    [Fact]
    public void An_open_episode_lasts_until_now()
    {
        var report = Of([], asOf: Start.AddHours(12), episodes: [Episode(2, closed: null)]);

        Assert.Equal(TimeSpan.FromHours(10), report.Longest!.Length);
    }

    private static Episode Episode(int opened, int? closed) => new()
    {
        SiteId = "site-1",
        VantageId = "vantage-1",
        Opened = Start.AddHours(opened),
        Closed = closed is { } hour ? Start.AddHours(hour) : null,
        Verdict = new Verdict("blocked.tls_reset", Grade.Likely, "bd-26", []),
        Grade = Grade.Likely,
    };

    /// <summary>Each check stands for five minutes.</summary>
    private static VantageReport Of((string Class, int Checks)[] checks, DateTimeOffset? asOf = null, params Episode[] episodes)
    {
        var totals = new CheckTotals();
        foreach (var (verdictClass, count) in checks)
        {
            totals.Add(verdictClass, new ClassTotal(count, count * Interval));
        }

        return VantageReport.Of(("site-1", "vantage-1"), Period, asOf ?? Period.End, totals, episodes, Interval);
    }
}
