using Monitoring.Feeds;

namespace Monitoring.Tests.Feeds;

public sealed class VisitScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    [Fact]
    public void A_source_is_visited_at_its_interval() => Assert.Equal(new NextVisit(Now + Every, "every 15 min"), Next());

    [Theory]
    [InlineData(0.0, 900)]
    [InlineData(0.5, 945)]
    [InlineData(1.0, 990)]
    public void A_tenth_of_chance_spreads_the_visits(double chance, int seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), VisitSchedule.Next(Now, Every, failures: 0, atLeast: null, retryAfter: null, new FeedsOptions(), chance).At);

    [Theory]
    [InlineData(1, 30, "failed 1 times in a row: after 30 min")]
    [InlineData(2, 60, "failed 2 times in a row: after 1 h")]
    [InlineData(6, 960, "failed 6 times in a row: after 16 h")]
    [InlineData(7, 1440, "failed 7 times in a row: after 24 h")] // the longest
    [InlineData(int.MaxValue, 1440, "failed 2147483647 times in a row: after 24 h")]
    public void Each_failure_doubles_the_wait_up_to_the_longest(int failures, int minutes, string why) =>
        Assert.Equal(new NextVisit(Now.AddMinutes(minutes), why), Next(failures: failures));

    [Theory]
    [InlineData(10, 15, "every 15 min")] // shorter than ours
    [InlineData(15, 15, "every 15 min")]
    [InlineData(90, 90, "the feed asks for at least 1.5 h")]
    [InlineData(10_000, 1440, "the feed asks for at least 24 h")] // the longest
    public void The_wish_of_the_feed_counts_if_it_is_longer(int minutes, int expected, string why) =>
        Assert.Equal(new NextVisit(Now.AddMinutes(expected), why), Next(atLeast: TimeSpan.FromMinutes(minutes)));

    [Fact]
    public void The_wish_of_a_feed_that_fails_does_not_count() => Assert.Equal(Now.AddMinutes(30), Next(failures: 1, atLeast: TimeSpan.FromHours(5)).At);

    [Theory]
    [InlineData(0, 5, 15, "every 15 min")]
    [InlineData(0, 120, 120, "the server asked to come back after 2 h")]
    [InlineData(1, 20, 30, "failed 1 times in a row: after 30 min")]
    [InlineData(1, 31, 31, "the server asked to come back after 31 min")]
    [InlineData(1, 7 * 1440, 7 * 1440, "the server asked to come back after 168 h")] // beyond the longest
    public void What_the_server_asked_for_counts_if_it_is_longer(int failures, int retry, int expected, string why) =>
        Assert.Equal(new NextVisit(Now.AddMinutes(expected), why), Next(failures, retryAfter: TimeSpan.FromMinutes(retry)));

    [Fact]
    public void Neither_failures_nor_wishes_shorten_a_long_interval()
    {
        var week = TimeSpan.FromDays(7);

        Assert.Equal(Now + week, Next(failures: 3, every: week).At);
        Assert.Equal(Now + week, Next(atLeast: TimeSpan.FromDays(8), every: week).At);
    }

    [Theory]
    [InlineData(250, "every 250 ms")]
    [InlineData(1500, "every 1.5 s")]
    public void Short_intervals_are_said_in_their_unit(int milliseconds, string why) => Assert.Equal(why, Next(every: TimeSpan.FromMilliseconds(milliseconds)).Why);

    private static NextVisit Next(int failures = 0, TimeSpan? atLeast = null, TimeSpan? retryAfter = null, TimeSpan? every = null) =>
        VisitSchedule.Next(Now, every ?? Every, failures, atLeast, retryAfter, new FeedsOptions(), chance: 0);
}
