using Monitoring.Tests.Support;
using static Monitoring.Tests.Support.VisitedFeeds;

namespace Monitoring.Tests.Feeds;

/// <summary>Feeds whose guids lie: different items with one guid.</summary>
public sealed class RepeatedGuidTests : IAsyncLifetime
{
    private VisitedFeeds _feeds = null!;

    public async Task InitializeAsync() => _feeds = await StartAsync();

    public async Task DisposeAsync() => await _feeds.DisposeAsync();

    [Fact]
    public async Task None_is_lost_and_none_comes_twice()
    {
        _feeds.Holds(Linked(1), Linked(2), Linked(3));

        Assert.Equal("3 items, 3 new, 0 changed", await _feeds.OutcomeAsync());
        Assert.Equal("3 items, 0 new, 0 changed", await _feeds.NextOutcomeAsync());
        Assert.True((await _feeds.StateAsync()).GuidsRepeat);
    }

    [Fact]
    public async Task What_was_stored_while_the_guid_stood_alone_stays_the_same_item()
    {
        _feeds.Holds(Linked(1));
        await _feeds.OutcomeAsync();

        _feeds.Holds(Linked(2), Linked(1));
        Assert.Equal("2 items, 1 new, 0 changed", await _feeds.NextOutcomeAsync());
        _feeds.Holds(Linked(2), Linked(1, "Исправленный заголовок"));
        Assert.Equal("2 items, 0 new, 1 changed", await _feeds.NextOutcomeAsync());
    }

    [Fact]
    public async Task Once_seen_it_is_remembered_though_the_next_document_holds_it_once()
    {
        _feeds.Holds(Linked(1), Linked(2));
        await _feeds.OutcomeAsync();

        _feeds.Holds(Linked(2));
        Assert.Equal("1 items, 0 new, 0 changed", await _feeds.NextOutcomeAsync());
        _feeds.Holds(Linked(3));
        Assert.Equal("1 items, 1 new, 0 changed", await _feeds.NextOutcomeAsync());
        Assert.Equal(3, await _feeds.CountAsync("Items"));
    }

    [Fact]
    public async Task An_item_that_stands_there_twice_is_no_such_feed()
    {
        _feeds.Holds(Linked(1), Linked(1), Item("2"));

        Assert.Equal("3 items, 2 new, 0 changed", await _feeds.OutcomeAsync());
        Assert.False((await _feeds.StateAsync()).GuidsRepeat);
    }

    private static string Linked(int number, string? title = null) =>
        $"<item><guid isPermaLink=\"false\">same</guid><link>https://news.kz/{number}?utm_source=rss</link><title>{title ?? $"Новость {number}"}</title></item>";
}
