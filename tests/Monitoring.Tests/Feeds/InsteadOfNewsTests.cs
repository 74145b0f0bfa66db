using Monitoring.Tests.Support;
using static Monitoring.Tests.Support.VisitedFeeds;

namespace Monitoring.Tests.Feeds;

/// <summary>What comes with a good status and is neither feed nor page.</summary>
public sealed class InsteadOfNewsTests : IAsyncLifetime
{
    private VisitedFeeds _feeds = null!;

    public async Task InitializeAsync() => _feeds = await StartAsync();

    public async Task DisposeAsync() => await _feeds.DisposeAsync();

    [Fact]
    public async Task A_page_instead_of_a_feed_says_what_it_is_and_which_feeds_it_names()
    {
        _feeds.Answers("<!doctype html><title>Вход</title><link rel=alternate type='application/rss+xml' href='/rss/all'><form><input type=password></form><p>Войдите");

        Assert.Equal("unreadable: an HTML page, a login page", await _feeds.OutcomeAsync());

        var state = await _feeds.StateAsync();
        Assert.Equal([_feeds.Web.Url("/rss/all")], state.Feeds);
        Assert.Equal(1, state.Failures);
    }

    [Fact]
    public async Task A_feed_that_came_back_names_no_others()
    {
        await A_page_instead_of_a_feed_says_what_it_is_and_which_feeds_it_names();
        _feeds.Holds(Item("1"));

        await _feeds.NextOutcomeAsync();

        Assert.Empty((await _feeds.StateAsync()).Feeds);
    }

    [Fact]
    public async Task A_challenge_is_no_page_without_news()
    {
        const string Links = "<a href=/1>Суд вынес решение по делу журналиста</a><a href=/2>Журналиста задержали в аэропорту</a>";
        _feeds.Web.On("/page", Links);
        await _feeds.OutcomeAsync(Page);
        _feeds.Web.On("/page", "<title>Just a moment...</title><a href=/help>Почему я вижу эту страницу проверки?</a>");

        Assert.Equal("unreadable: a challenge to prove a browser", await _feeds.NextOutcomeAsync(Page));
        Assert.Equal(2, await _feeds.CountAsync("Items"));
    }
}
