using Monitoring.Items;
using Monitoring.Tests.Support;
using static Monitoring.Tests.Support.VisitedFeeds;

namespace Monitoring.Tests.WatchedPages;

/// <summary>Visits of a page whose changes are news.</summary>
public sealed class WatchedTextTests : IAsyncLifetime
{
    private const string List = "Под стражей остаются трое журналистов. Суд назначен на осень. Список ведёт союз журналистов.";
    private const string Longer = List + " Мирас Кыранбеков переведён в колонию.";
    private const string Waits = "another text, waits for a second fetch that gives it";

    private VisitedFeeds _feeds = null!;

    public async Task InitializeAsync() => _feeds = await StartAsync(watch: "text");

    public async Task DisposeAsync() => await _feeds.DisposeAsync();

    [Fact]
    public async Task Text_and_change_are_items_with_a_capture_each()
    {
        await KnowAsync(List);
        Shows(Longer);

        Assert.Equal(Waits, await _feeds.NextOutcomeAsync(Page));
        Assert.Equal("1 items, 1 new, 0 changed", await _feeds.NextOutcomeAsync(Page));
        Assert.Equal("0 items, 0 new, 0 changed", await _feeds.NextOutcomeAsync(Page));

        Assert.Equal((2, 2), (await _feeds.CountAsync("Items"), await _feeds.CountAsync("Captures")));
    }

    [Fact]
    public async Task A_change_is_dated_when_it_was_first_met_and_the_first_text_not_at_all()
    {
        await KnowAsync(List);
        Shows(Longer);
        await _feeds.NextOutcomeAsync(Page);
        var met = _feeds.Clock.GetUtcNow();
        await _feeds.NextOutcomeAsync(Page);

        Assert.Equal([null, met], (await ItemsAsync()).Select(item => item.Published));
    }

    [Fact]
    public async Task A_change_that_comes_back_is_told_again()
    {
        await KnowAsync(List);
        foreach (var text in (string[])[Longer, List, Longer])
        {
            Shows(text);
            await _feeds.NextOutcomeAsync(Page);
            Assert.Equal("1 items, 1 new, 0 changed", await _feeds.NextOutcomeAsync(Page));
        }

        Assert.Equal(4, (await ItemsAsync()).Count);
    }

    [Fact]
    public async Task The_second_fetch_of_a_change_is_unconditional()
    {
        await KnowAsync(List);
        await _feeds.NextOutcomeAsync(Page);
        Shows(Longer);
        await _feeds.NextOutcomeAsync(Page);
        await _feeds.NextOutcomeAsync(Page);

        Assert.Equal([false, false, true, true, false], _feeds.Web.Requests.Select(request => request.Headers.ContainsKey("If-None-Match")));
    }

    [Theory]
    [InlineData(500, Longer, "HTTP 500")]
    [InlineData(200, "<title>Just a moment...</title>Подождите", "unreadable: a challenge to prove a browser")]
    [InlineData(200, "Доступ к сайту ограничен", "unreadable: a block page")]
    public async Task An_error_is_no_change_and_does_not_end_the_waiting(int status, string body, string outcome)
    {
        await KnowAsync(List);
        Shows(Longer);
        await _feeds.NextOutcomeAsync(Page);
        _feeds.Web.On("/page", $"<main><p>{body}</p></main>", status);

        Assert.Equal(outcome, await _feeds.NextOutcomeAsync(Page));
        Assert.Equal(1, await _feeds.CountAsync("Items"));

        Shows(Longer);
        Assert.Equal("1 items, 1 new, 0 changed", await _feeds.NextOutcomeAsync(Page));
    }

    [Theory]
    [InlineData("Items")]
    [InlineData("Pending")]
    [InlineData("Sources")]
    public async Task A_visit_that_died_at_a_write_is_made_again_and_stores_the_change_once(string table)
    {
        await KnowAsync(List);
        Shows(Longer);
        await _feeds.NextOutcomeAsync(Page);
        _feeds.Clock.Advance(TimeSpan.FromHours(1));
        await _feeds.KnockAsync();
        _feeds.Before = call => _ = call.Table == table && call.IsWrite ? throw new InvalidOperationException("The power failed.") : 0;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _feeds.RunAsync(Page));

        _feeds.Before = _ => { };
        _feeds.Clock.Advance(TimeSpan.FromHours(1));
        await _feeds.OutcomeAsync(Page);

        Assert.Equal(2, await _feeds.CountAsync("Items"));
        Assert.Equal(2, await _feeds.Station.Get<ItemStore>().ListPendingAsync(Page, CancellationToken.None).CountAsync());
    }

    /// <summary>In the order in which they were met.</summary>
    private async Task<IReadOnlyList<Item>> ItemsAsync()
    {
        var items = new List<Item>();
        await foreach (var key in _feeds.Station.Get<ItemStore>().ListPendingAsync(Page, CancellationToken.None))
        {
            items.Add((await _feeds.Station.Get<ItemStore>().GetAsync(key, CancellationToken.None))!);
        }

        return [.. items.OrderBy(item => item.FirstSeen)];
    }

    private async Task KnowAsync(string text)
    {
        Shows(text);
        Assert.Equal(Waits, await _feeds.OutcomeAsync(Page));
        Assert.Equal("1 items, 1 new, 0 changed", await _feeds.NextOutcomeAsync(Page));
    }

    private void Shows(string text) => _feeds.Web.On("/page", $"<nav><a href=/>Главная</a></nav><main><h1>Список</h1><p>{text}</p></main>", 200, $"ETag: \"{text.Length}\"");
}
