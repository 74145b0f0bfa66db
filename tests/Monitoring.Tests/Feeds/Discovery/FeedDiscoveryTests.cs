using Monitoring.Feeds.Discovery;
using Monitoring.Fetching;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Feeds.Discovery;

public sealed class FeedDiscoveryTests : IAsyncLifetime
{
    private static readonly FetchingOptions Hasty = new() { HostInterval = TimeSpan.Zero };

    private readonly TestClock _clock = new();
    private LoopbackWeb _web = null!;

    private string Recent => $"<pubDate>{_clock.GetUtcNow().AddHours(-1):R}</pubDate>";

    public async Task InitializeAsync() => _web = await LoopbackWeb.StartAsync();

    public async Task DisposeAsync() => await _web.DisposeAsync();

    [Fact]
    public async Task An_address_that_is_a_feed_is_all_that_is_asked()
    {
        _web.On("/", FeedSample.Rss(VisitedFeeds.Item("1", Recent)));

        var step = Assert.Single(await FindAsync());

        Assert.Equal((1, ""), (step.Feed?.Items.Count, step.What));
    }

    [Fact]
    public async Task What_the_page_names_is_proved_and_the_usual_places_are_left_alone()
    {
        _web.On("/", "<html><link rel=alternate type='application/rss+xml' href='/gone'><link rel=alternate type='application/atom+xml' href='/good'><a href='/good'>RSS</a>");
        _web.On("/good", FeedSample.Rss(VisitedFeeds.Item("1", Recent)));

        var steps = await FindAsync();

        Assert.Equal([("/", "an HTML page"), ("/gone", "HTTP 404"), ("/good", "")], steps.Select(step => (step.Url.AbsolutePath, step.What)));
        Assert.Equal([false, false, true], steps.Select(step => step.Feed is not null));
        Assert.Equal(3, _web.Requests.Count);
    }

    [Fact]
    public async Task Where_the_page_names_none_the_usual_places_are_asked()
    {
        _web.On("/", "<html><p>Новости");
        _web.On("/feed/", "<html><p>Новости");
        _web.On("/rss.xml", FeedSample.Rss(VisitedFeeds.Item("1", Recent)));

        Assert.Equal("/rss.xml", Assert.Single(await FindAsync(), step => step.Feed is not null).Url.AbsolutePath);
    }

    [Theory]
    [InlineData("", "it has no items")]
    [InlineData("<item><title>A</title></item>", "none of its items has a date, so none would be mailed at once")]
    [InlineData("<item><title>A</title><pubDate>Mon, 02 Nov 2026 00:00:00 GMT</pubDate></item>", "its newest item is of 2026-11-02")]
    public async Task A_feed_that_one_may_doubt_says_why(string items, string doubt)
    {
        _web.On("/", FeedSample.Rss(items));

        Assert.Equal(doubt, Assert.Single(await FindAsync()).What);
    }

    [Fact]
    public async Task A_server_that_refuses_is_not_asked_further()
    {
        _web.On("/", "", 403);

        Assert.Equal("HTTP 403", Assert.Single(await FindAsync()).What);
        Assert.Single(_web.Requests);
    }

    [Fact]
    public async Task A_page_that_names_hundreds_costs_twenty_requests()
    {
        _web.On("/", "<html>" + string.Concat(Enumerable.Range(0, 300).Select(number => $"<a href='/{number}.xml'>RSS</a>")));

        await FindAsync();

        Assert.Equal(20, _web.Requests.Count);
    }

    [Fact]
    public async Task Between_two_requests_there_is_the_pause_of_hosts()
    {
        _web.On("/", "<html><link rel=alternate type='text/xml' href='/a'>");
        var discovery = new FeedDiscovery(FetchKit.Fetcher(), new FetchingOptions(), _clock);
        await using var steps = discovery.FindAsync(_web.Url("/"), CancellationToken.None).GetAsyncEnumerator();
        await steps.MoveNextAsync();

        var next = steps.MoveNextAsync();
        _clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.Single(_web.Requests);
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.True(await next);
        Assert.Equal(2, _web.Requests.Count);
    }

    private ValueTask<List<DiscoveryStep>> FindAsync() => new FeedDiscovery(FetchKit.Fetcher(), Hasty, _clock).FindAsync(_web.Url("/"), CancellationToken.None).ToListAsync();
}
