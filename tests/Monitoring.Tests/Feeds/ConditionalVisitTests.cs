using Monitoring.Tests.Support;
using static Monitoring.Tests.Support.VisitedFeeds;

namespace Monitoring.Tests.Feeds;

/// <summary>What a visit sends back of the visit before.</summary>
public sealed class ConditionalVisitTests : IAsyncLifetime
{
    private const string LastModified = "Sun, 22 Nov 2026 02:00:00 +0000";

    private VisitedFeeds _feeds = null!;

    public async Task InitializeAsync() => _feeds = await StartAsync();

    public async Task DisposeAsync() => await _feeds.DisposeAsync();

    [Fact]
    public async Task The_first_visit_asks_without_conditions()
    {
        _feeds.Holds(Item("1"));

        await _feeds.OutcomeAsync();

        Assert.DoesNotContain(_feeds.Web.Requests.Single().Headers.Keys, name => name.StartsWith("If-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Validators_go_back_byte_for_byte()
    {
        _feeds.Answers(FeedSample.Rss(Item("1")), 200, "ETag: W/\"a b\",c", $"Last-Modified: {LastModified}");
        await _feeds.OutcomeAsync();

        await _feeds.NextOutcomeAsync();

        var headers = _feeds.Web.Requests.Last().Headers;
        Assert.Equal(("W/\"a b\",c", LastModified), (headers["If-None-Match"], headers["If-Modified-Since"]));
    }

    [Fact]
    public async Task Nothing_new_is_a_success_and_keeps_the_validators()
    {
        _feeds.Answers(FeedSample.Rss(Item("1")), 200, "ETag: \"a\"");
        await _feeds.OutcomeAsync();
        _feeds.Answers("", 304);

        Assert.Equal("304, nothing new", await _feeds.NextOutcomeAsync());
        var state = await _feeds.StateAsync();
        Assert.Equal((_feeds.Now, 0, 1L, "\"a\""), (state.LastSuccess!.Value, state.Failures, state.Items, state.Validators!.ETag));
    }

    [Fact]
    public async Task Nothing_new_to_an_unconditional_request_is_a_failure()
    {
        _feeds.Answers("", 304);

        Assert.Equal("HTTP 304", await _feeds.OutcomeAsync());
        Assert.Null((await _feeds.StateAsync()).LastSuccess);
    }

    [Fact]
    public async Task Validators_are_sent_only_to_the_address_that_gave_them()
    {
        _feeds.Answers("", 302, "Location: /moved", "ETag: \"redirect\"");
        _feeds.Web.On("/moved", FeedSample.Rss(Item("1")), 200, "ETag: \"feed\"");
        await _feeds.OutcomeAsync();

        await _feeds.NextOutcomeAsync();

        var sent = _feeds.Web.Requests.TakeLast(2).Select(request => (request.Path, request.Headers.GetValueOrDefault("If-None-Match")));
        Assert.Equal([("/feed", null), ("/moved", "\"feed\"")], sent);
    }

    [Theory]
    [InlineData(500, "HTTP 500", "\"a\"")] // the last good answer may still hold
    [InlineData(200, "unreadable: an HTML page", null)] // or we should never see the feed again
    public async Task A_failure_keeps_the_validators_and_an_unreadable_answer_does_not(int status, string outcome, string? etag)
    {
        _feeds.Answers(FeedSample.Rss(Item("1")), 200, "ETag: \"a\"");
        await _feeds.OutcomeAsync();
        _feeds.Answers("<html>", status, "ETag: \"error\"");

        Assert.Equal(outcome, await _feeds.NextOutcomeAsync());
        Assert.Equal(etag, (await _feeds.StateAsync()).Validators?.ETag);
    }

    [Fact]
    public async Task An_answer_without_validators_ends_the_old_ones()
    {
        _feeds.Answers(FeedSample.Rss(Item("1")), 200, "ETag: \"a\"");
        await _feeds.OutcomeAsync();
        _feeds.Holds(Item("1"));

        await _feeds.NextOutcomeAsync();

        Assert.Null((await _feeds.StateAsync()).Validators);
    }
}
