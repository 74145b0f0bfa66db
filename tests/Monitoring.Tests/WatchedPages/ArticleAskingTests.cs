using Monitoring.Feeds;
using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Tests.WatchedPages;

/// <summary>Which pages are asked for, when, and how politely.</summary>
public sealed class ArticleAskingTests
{
    [Fact]
    public async Task Pages_of_one_host_are_read_one_after_the_other()
    {
        await using var world = await ArticleWorld.StartAsync();
        Publish(world, 6);

        await world.Station.CycleAsync();
        Assert.Equal(0, Asked(world, 6));
        for (var second = 0; second < 30; second++)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            await world.Station.CycleAsync();
            Assert.InRange(Asked(world, 6), second / 5, (second + 1) / 5);
        }

        world.Clock.Advance(TimeSpan.FromSeconds(5));
        await world.Station.CycleAsync();
        Assert.Equal(6, Asked(world, 6));
    }

    [Fact]
    public async Task The_pause_of_a_source_is_that_of_its_articles_too()
    {
        await using var world = await ArticleWorld.StartAsync(", pause: \"00:01:00\"");
        Publish(world, 3);
        await world.Station.CycleAsync();

        for (var minute = 1; minute <= 3; minute++)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(62));
            await world.Station.CycleAsync();
            Assert.Equal(minute, Asked(world, 3));
        }
    }

    [Fact]
    public async Task Beyond_the_limit_of_a_day_items_keep_the_text_of_their_source()
    {
        await using var world = await ArticleWorld.StartAsync(settings: ("Articles__DailyLimit", "2"));
        Publish(world, 3);
        await world.LiveAsync();

        Assert.Equal(2, Asked(world, 3));
        Assert.Equal("Failed after 0: not read: its source has brought as many articles today as are read in a day", await world.OutcomeAsync("3"));

        world.Clock.Advance(TimeSpan.FromDays(1));
        world.Publishes(world.Item("4"));
        await world.LiveAsync();
        Assert.Equal(1, world.AskedFor("/4"));
    }

    [Fact]
    public async Task Of_what_stood_there_before_the_first_visit_the_newest_are_read()
    {
        await using var world = await ArticleWorld.StartAsync(settings: ("Articles__OfBaseline", "2"));
        var sources = world.Station.Get<SourceStateStore>();
        await sources.RemoveAsync((await sources.GetAsync(EntryKind.Feed, ArticleWorld.Feed, CancellationToken.None))!, CancellationToken.None);
        var now = world.Clock.GetUtcNow();
        world.Publishes(world.Item("1", at: now.AddDays(-3)), world.Item("2", at: now.AddDays(-1)), world.Item("3", at: now.AddDays(-2)), world.Item("4"));
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.LiveAsync();

        Assert.Equal([0, 1, 1, 0], Enumerable.Range(1, 4).Select(number => world.AskedFor($"/{number}")));
    }

    [Theory]
    [InlineData(", fullText: false", null)]
    [InlineData("", "https://t.me/channel/1")]
    [InlineData("", "feed")] // the source itself
    public async Task Some_pages_are_never_asked_for(string feed, string? link)
    {
        await using var world = await ArticleWorld.StartAsync(feed);
        world.Publishes(world.Item("1", link: link == "feed" ? world.Web.Url("/feed").AbsoluteUri : link));
        await world.LiveAsync();

        Assert.Equal(0, world.AskedFor("/1"));
        Assert.Equal(0, await world.CountAsync("Articles"));
        Assert.NotNull((await world.ItemAsync()).UnderstoodBy);
    }

    [Fact]
    public async Task An_item_with_enough_text_is_taken_as_its_source_tells_it()
    {
        await using var world = await ArticleWorld.StartAsync();
        world.Publishes(world.Item("1", text: new string('а', 500)));
        await world.LiveAsync();

        Assert.Equal((0, 0), (world.AskedFor("/1"), await world.CountAsync("Articles")));
    }

    [Fact]
    public async Task A_source_that_forbids_it_later_is_obeyed_for_what_waits()
    {
        await using var world = await ArticleWorld.StartAsync();
        Publish(world, 1);
        await world.Station.CycleAsync();
        await world.ImportAsync(", fullText: false");
        await world.LiveAsync();

        Assert.Equal(0, world.AskedFor("/1"));
        Assert.Null((await world.StateAsync()).Due);
    }

    [Fact]
    public async Task A_lost_message_does_not_lose_the_article()
    {
        await using var world = await ArticleWorld.StartAsync();
        Publish(world, 1);
        await world.Station.CycleAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        var queue = world.Station.Get<IWorkQueue>();
        foreach (var work in await queue.ReceiveAsync(ArticleAsking.WorkKind, 10, TimeSpan.FromMinutes(1), CancellationToken.None))
        {
            await queue.CompleteAsync(work, CancellationToken.None);
        }

        await world.LiveAsync();
        Assert.Equal(0, world.AskedFor("/1"));

        await world.LiveAsync();
        await world.LiveAsync();
        Assert.Equal("Read after 1", await world.OutcomeAsync());
    }

    [Fact]
    public async Task What_falls_due_while_nothing_runs_is_found_years_later()
    {
        await using var world = await ArticleWorld.StartAsync();
        var state = new ArticleState { Key = ArticleWorld.Key("old"), LooksSince = world.Clock.GetUtcNow(), NextLook = world.Clock.GetUtcNow().AddDays(1) };
        await world.Station.Get<ArticleStore>().SaveAsync(state, CancellationToken.None);
        world.Clock.Advance(TimeSpan.FromDays(800));

        Assert.Equal(1, await world.Station.Get<ArticleSweep>().EnqueueDueAsync(world.Clock.GetUtcNow(), CancellationToken.None));
        Assert.Equal(0, await world.Station.Get<ArticleSweep>().EnqueueDueAsync(world.Clock.GetUtcNow(), CancellationToken.None));
    }

    [Fact]
    public async Task What_never_comes_to_an_end_is_given_up()
    {
        await using var world = await ArticleWorld.StartAsync();
        var state = new ArticleState { Key = ArticleWorld.Key("lost"), Reading = ArticleReading.Due, NextRead = world.Clock.GetUtcNow() };
        await world.Station.Get<ArticleStore>().SaveAsync(state, CancellationToken.None);
        for (var sweep = 0; sweep < 25; sweep++)
        {
            await world.Station.Get<ArticleSweep>().EnqueueDueAsync(world.Clock.GetUtcNow(), CancellationToken.None);
            world.Clock.Advance(TimeSpan.FromMinutes(16));
        }

        Assert.Equal("Failed after 0: given up: reading it never came to an end", await world.OutcomeAsync("lost"));
        Assert.Equal(0, await world.CountAsync("ArticlesDue"));
    }

    [Fact]
    public async Task Hints_that_are_no_longer_true_go()
    {
        await using var world = await ArticleWorld.StartAsync();
        Publish(world, 3);
        await world.LiveAsync();
        await world.LiveAsync();
        await world.LiveAsync();

        var hints = await world.Station.Get<ITables>().Open("ArticlesDue").EnumerateAllAsync(CancellationToken.None).ToListAsync();
        var due = await Task.WhenAll(Enumerable.Range(1, 3).Select(async number => (await world.StateAsync($"{number}")).Due));
        Assert.Equal(due.Count(time => time is not null), hints.Count); // of the looks to come
    }

    private static void Publish(ArticleWorld world, int count)
    {
        foreach (var number in Enumerable.Range(1, count))
        {
            world.Web.On($"/{number}", ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body()));
        }

        world.Publishes([.. Enumerable.Range(1, count).Select(number => world.Item($"{number}"))]);
    }

    private static int Asked(ArticleWorld world, int count) => Enumerable.Range(1, count).Sum(number => world.AskedFor($"/{number}"));
}
