using Monitoring.Tests.Support;
using Monitoring.Work;
using static Monitoring.Tests.Support.VisitedFeeds;

namespace Monitoring.Tests.Feeds;

/// <summary>Two sources of one host, and a host that asks for a pause.</summary>
public sealed class PoliteVisitTests : IAsyncLifetime
{
    private VisitedFeeds _feeds = null!;

    public async Task InitializeAsync() => _feeds = await StartAsync();

    public async Task DisposeAsync() => await _feeds.DisposeAsync();

    [Fact]
    public async Task The_next_source_of_a_host_waits_in_the_queue_for_the_pause()
    {
        await _feeds.OutcomeAsync();

        Assert.Equal(new JobResult.NotNow(TimeSpan.FromSeconds(5)), await _feeds.VisitAsync(Other));
        _feeds.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("HTTP 404", await _feeds.OutcomeAsync(Other));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task The_server_that_asks_for_a_pause_gets_it(int status)
    {
        _feeds.Answers("", status, "Retry-After: 7200");

        Assert.Equal($"HTTP {status}", await _feeds.OutcomeAsync());
        var state = await _feeds.StateAsync();
        Assert.Equal((_feeds.Now.AddHours(2), "the server asked to come back after 2 h"), (state.NextVisit, state.Why));
    }

    [Fact]
    public async Task A_host_that_asks_for_a_long_pause_waits_in_the_schedule()
    {
        _feeds.Answers("", 503, "Retry-After: 7200");
        await _feeds.OutcomeAsync();
        var until = _feeds.Now.AddHours(2);

        Assert.Equal("put off: its host may not be visited yet", await _feeds.OutcomeAsync(Other));
        var state = await _feeds.StateAsync(Other);
        Assert.Equal((until, "its host may not be visited before", null, 0), (state.NextVisit, state.Why, state.QueuedUntil, state.Failures));
        Assert.Null(state.LastVisit);
        Assert.Single(_feeds.Web.Requests);
    }

    [Fact]
    public async Task What_was_put_off_is_visited_when_the_pause_ends()
    {
        _feeds.Answers("", 503, "Retry-After: 7200");
        await _feeds.OutcomeAsync();
        await _feeds.OutcomeAsync(Other);

        Assert.Equal("HTTP 404", await _feeds.NextOutcomeAsync(Other));
    }

    [Fact]
    public async Task A_pause_shorter_than_ours_is_not_shorter()
    {
        _feeds.Answers("", 503, "Retry-After: 0");
        await _feeds.OutcomeAsync();

        Assert.Equal(new JobResult.NotNow(TimeSpan.FromSeconds(5)), await _feeds.VisitAsync(Other));
    }

    [Fact]
    public async Task A_visit_that_was_cancelled_owes_the_pause_too()
    {
        using var stop = new CancellationTokenSource();
        _feeds.Web.On("/feed", async context =>
        {
            await stop.CancelAsync();
            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        });
        await _feeds.KnockAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _feeds.RunAsync(Feed, stop.Token));
        Assert.Equal(new JobResult.NotNow(TimeSpan.FromSeconds(5)), await _feeds.RunAsync(Other));
    }
}
