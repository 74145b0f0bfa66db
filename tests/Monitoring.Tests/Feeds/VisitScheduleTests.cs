using Monitoring.Feeds;

namespace Monitoring.Tests.Feeds;

public sealed class VisitScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
    private static readonly VisitFacts Young = new();
    private static readonly VisitFacts Busy = new() { UsualGap = TimeSpan.FromHours(10) };
    private static readonly VisitFacts Fixed = new() { Fixed = TimeSpan.FromMinutes(15) };

    [Fact]
    public void A_source_begins_with_the_interval_of_the_settings() => Assert.Equal((15, "every 15 min: to begin with"), Next(Young));

    [Fact]
    public void A_document_that_says_nothing_of_its_items_leaves_the_interval_as_it_was() =>
        Assert.Equal((20, "every 20 min: as before"), Next(Young with { Interval = TimeSpan.FromMinutes(20) }));

    [Fact]
    public void The_entry_s_interval_is_kept_whatever_comes()
    {
        Assert.Equal((15, "every 15 min, as its entry says"), Next(Fixed with { Known = 0 }));
        Assert.Equal((15, "every 15 min, as its entry says"), Next(Fixed with { Known = 1, Interval = TimeSpan.FromHours(3) }));
    }

    [Theory]
    [InlineData(0.0, 900)]
    [InlineData(0.5, 945)]
    [InlineData(1.0, 990)]
    public void A_tenth_of_chance_spreads_the_visits(double chance, int seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), VisitSchedule.Next(Now, Young, new FeedsOptions(), chance).At);

    [Theory]
    [InlineData(0, 20, "every 20 min: most of its items were new")]
    [InlineData(0.33, 20, "every 20 min: most of its items were new")]
    [InlineData(0.34, 40, "every 40 min: 34 % of its items were known")]
    [InlineData(0.66, 40, "every 40 min: 66 % of its items were known")]
    [InlineData(0.67, 50, "every 50 min: nearly all of its items were known")]
    [InlineData(1, 50, "every 50 min: nearly all of its items were known")]
    public void Between_a_third_and_two_thirds_of_its_items_should_be_known(double known, int minutes, string why) =>
        Assert.Equal((minutes, why), Next(Busy with { Interval = TimeSpan.FromMinutes(40), Known = known }));

    [Fact]
    public void The_interval_settles_where_the_share_is_right()
    {
        // 20 items in the document, one every 6 minutes: after 40 to 80 minutes a third to two thirds of them are new.
        var (interval, gap) = (TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(6));
        for (var visit = 0; visit < 50; visit++)
        {
            var facts = new VisitFacts { Interval = interval, Known = 1 - Math.Min(1, interval / gap / 20), UsualGap = TimeSpan.FromDays(1) };
            interval = VisitSchedule.Next(Now, facts, new FeedsOptions(), chance: 0).Interval;
        }

        Assert.InRange(interval.TotalMinutes, 40, 80);
    }

    [Theory]
    [InlineData(6, 1, 5, "every 5 min: the shortest")]
    [InlineData(700, 30, 720, "every 12 h: it brings little")]
    [InlineData(40, 1, 30, "every 30 min: half the usual time between two of its items")]
    [InlineData(40, 0.001, 5, "every 5 min: half the usual time between two of its items")]
    public void Limits_of_the_interval(int minutes, double gapHours, int expected, string why) => Assert.Equal(
        (expected, why), Next(new VisitFacts { Interval = TimeSpan.FromMinutes(minutes), Known = minutes == 6 ? 0 : 1, UsualGap = TimeSpan.FromHours(gapHours) }));

    [Fact]
    public void Before_its_habits_are_known_a_source_is_not_left_alone_for_long() => Assert.Equal(
        (60, "every 1 h: the longest until its habits are known"), Next(Young with { Interval = TimeSpan.FromMinutes(55), Known = 1 }));

    [Theory]
    [InlineData(1, 1, 30, "failed once: after 30 min")]
    [InlineData(1, 0.5, 21.2, "failed once: after 21.2 min")] // a soft one
    [InlineData(2, 2, 60, "failed 2 times in a row: after 1 h")]
    [InlineData(4, 2, 60, "failed 4 times in a row: after 1 h")] // soft ones
    [InlineData(6, 6, 960, "failed 6 times in a row: after 16 h")]
    [InlineData(7, 7, 1440, "failed 7 times in a row: every 24 h only, but never given up")]
    [InlineData(int.MaxValue, int.MaxValue, 1440, "failed 2147483647 times in a row: every 24 h only, but never given up")]
    public void Each_failure_doubles_the_wait_up_to_the_longest(int failures, double setback, double minutes, string why)
    {
        var next = VisitSchedule.Next(Now, Young with { Failures = failures, Setback = setback }, new FeedsOptions(), chance: 0);

        Assert.Equal((minutes, why), (Math.Round((next.At - Now).TotalMinutes, 1), next.Why));
        Assert.Equal(TimeSpan.FromMinutes(15), next.Interval);
    }

    [Fact]
    public void A_source_that_found_its_interval_has_it_again_after_failures()
    {
        var failed = VisitSchedule.Next(Now, Busy with { Interval = TimeSpan.FromMinutes(50), Failures = 3, Setback = 3 }, new FeedsOptions(), chance: 0);

        Assert.Equal((TimeSpan.FromMinutes(400), TimeSpan.FromMinutes(50)), (failed.At - Now, failed.Interval));
    }

    [Fact]
    public void What_is_gone_for_good_is_looked_at_once_a_day() => Assert.Equal(
        (1440, "the server says that it is gone for good (410): looked at every 24 h only"), Next(Young with { Failures = 1, Setback = 1, IsGone = true }));

    [Theory]
    [InlineData(10, null, 15, "every 15 min, as its entry says")] // shorter than ours
    [InlineData(15, 15, 15, "every 15 min, as its entry says")]
    [InlineData(90, 80, 90, "the feed asks for at least 1.5 h")]
    [InlineData(80, 90, 90, "the server calls its answer fresh for 1.5 h")]
    [InlineData(null, 90, 90, "the server calls its answer fresh for 1.5 h")]
    [InlineData(10_000, null, 720, "the feed asks for at least 166.7 h")] // the longest for a source that answers
    public void What_feed_and_server_ask_for_counts_if_it_is_longer(int? feed, int? server, int expected, string why) => Assert.Equal(
        (expected, why), Next(Fixed with { FeedAsks = Minutes(feed), FreshFor = Minutes(server) }));

    [Fact]
    public void The_wish_of_a_feed_that_fails_does_not_count() =>
        Assert.Equal(30, Next(Young with { Failures = 1, Setback = 1, FeedAsks = TimeSpan.FromHours(5) }).Minutes);

    [Theory]
    [InlineData(0, 5, 15, "every 15 min, as its entry says")]
    [InlineData(0, 120, 120, "the server asked to come back after 2 h")]
    [InlineData(1, 20, 30, "failed once: after 30 min")]
    [InlineData(1, 31, 31, "the server asked to come back after 31 min")]
    [InlineData(1, 7 * 1440, 7 * 1440, "the server asked to come back after 168 h")] // beyond the longest
    public void What_the_server_asked_for_counts_if_it_is_longer(int failures, int retry, int expected, string why) =>
        Assert.Equal((expected, why), Next(Fixed with { Failures = failures, Setback = failures, RetryAfter = Minutes(retry) }));

    [Fact]
    public void Neither_failures_nor_wishes_shorten_a_long_interval()
    {
        var week = TimeSpan.FromDays(7);

        Assert.Equal(week.TotalMinutes, Next(new VisitFacts { Fixed = week, Failures = 3, Setback = 3 }).Minutes);
        Assert.Equal(week.TotalMinutes, Next(new VisitFacts { Fixed = week, FeedAsks = TimeSpan.FromDays(8) }).Minutes);
    }

    [Theory]
    [InlineData(250, "every 250 ms, as its entry says")]
    [InlineData(1500, "every 1.5 s, as its entry says")]
    public void Short_intervals_are_said_in_their_unit(int milliseconds, string why) => Assert.Equal(why, Next(new VisitFacts { Fixed = TimeSpan.FromMilliseconds(milliseconds) }).Why);

    private static TimeSpan? Minutes(int? minutes) => minutes is { } some ? TimeSpan.FromMinutes(some) : null;

    private static (double Minutes, string Why) Next(VisitFacts facts)
    {
        var next = VisitSchedule.Next(Now, facts, new FeedsOptions(), chance: 0);
        return ((next.At - Now).TotalMinutes, next.Why);
    }
}
