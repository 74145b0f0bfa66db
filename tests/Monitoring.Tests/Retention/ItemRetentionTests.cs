using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Retention;

public sealed class ItemRetentionTests
{
    [Fact]
    public async Task An_old_item_that_was_never_flagged_goes_with_its_text_and_leaves_a_trace()
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync(KeptNews.Weather());
        news.Days(181);

        Assert.Equal("1 UnflaggedItems", await news.RetainItemsAsync());

        Assert.Null(await news.ItemAsync("2"));
        Assert.Equal((0, 0), (await news.CountAsync("ItemTexts"), await news.CountAsync("Mentions")));
        var (_, trace) = await news.Items.LookUpAsync(KeptNews.Key("2"), CancellationToken.None);
        Assert.Equal((news.Clock.GetUtcNow(), false), (trace!.RemovedAt, trace.FirstSeen == trace.RemovedAt));
        Assert.DoesNotContain("Погода", await news.DumpAsync("Items"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_less_and_it_stays()
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync(KeptNews.Weather());
        news.Days(179);

        Assert.Equal("nothing to remove", await news.RetainItemsAsync());
        Assert.NotNull(await news.ItemAsync("2"));
    }

    [Fact]
    public async Task A_removed_item_that_its_feed_still_lists_never_comes_back_nor_alerts()
    {
        await using var news = await KeptNews.StartAsync();
        var weather = KeptNews.Weather();
        await news.VisitAsync(weather);
        news.Days(181);
        await news.RetainItemsAsync();

        await news.VisitAsync(weather, KeptNews.Weather("3", "Другая новость"));
        await news.VisitAsync(KeptNews.Weather("3", "Другая новость"));
        await news.VisitAsync(("2", $"{KeptNews.Person} задержан", news.Clock.GetUtcNow()), KeptNews.Weather("4", "Ещё одна"));

        Assert.Null(await news.ItemAsync("2"));
        Assert.Null(await news.FlagAsync("2"));
        Assert.Equal(0, await news.CountAsync("Mails"));
    }

    [Fact]
    public async Task Its_trace_goes_400_days_after_the_feed_dropped_it_and_not_before()
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync(KeptNews.Weather());
        news.Days(181);
        await news.RetainItemsAsync();
        news.Days(1000);
        Assert.Equal("nothing to remove", await news.RetainItemsAsync());
        await news.VisitAsync(KeptNews.Weather("3", "Другая новость"));
        await news.RetainItemsAsync();

        news.Days(399);
        Assert.DoesNotContain("Tombstones", await news.RetainItemsAsync(), StringComparison.Ordinal);
        news.Days(1);

        Assert.Contains("1 Tombstones", await news.RetainItemsAsync(dryRun: true), StringComparison.Ordinal);
        Assert.Contains("1 Tombstones", await news.RetainItemsAsync(), StringComparison.Ordinal);
        Assert.Equal((null, null), await news.Items.LookUpAsync(KeptNews.Key("2"), CancellationToken.None));
    }

    [Fact]
    public async Task A_trace_that_is_listed_again_with_another_text_begins_its_time_anew()
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync(KeptNews.Weather());
        news.Days(181);
        await news.RetainItemsAsync();
        await news.VisitAsync(KeptNews.Weather("3", "Другая новость"));
        await news.RetainItemsAsync();
        news.Days(300);
        await news.VisitAsync(KeptNews.Weather("2", "Погода на послезавтра"));
        await news.RetainItemsAsync();

        news.Days(300);
        await news.RetainItemsAsync();

        var (_, trace) = await news.Items.LookUpAsync(KeptNews.Key("2"), CancellationToken.None);
        Assert.NotNull(trace);
        Assert.Null(trace.UnlistedSince);
    }

    [Theory]
    [InlineData("confirm")]
    [InlineData("wait")]
    public async Task What_was_confirmed_or_waits_for_review_stays_for_ever(string decision)
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync(news.Arrest());
        await (decision == "confirm" ? news.ConfirmAsync("1") : Task.CompletedTask);
        news.Days(5000);

        await news.RetainItemsAsync();

        Assert.NotNull(await news.ItemAsync("1"));
        Assert.NotNull(await news.FlagAsync("1"));
        Assert.NotEqual("", await news.Items.GetTextAsync(KeptNews.Key("1"), CancellationToken.None));
    }

    [Fact]
    public async Task A_dismissed_item_goes_after_two_years_with_its_flag_its_queue_row_and_its_mentions()
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync(("1", $"{KeptNews.Person} дал интервью", null));
        await news.DismissAsync("1");
        news.Days(729);
        Assert.Equal("nothing to remove", await news.RetainItemsAsync());
        news.Days(1);

        Assert.Equal("1 DismissedItems", await news.RetainItemsAsync(dryRun: true));
        Assert.Equal("1 DismissedItems", await news.RetainItemsAsync());

        Assert.Null(await news.ItemAsync("1"));
        Assert.Equal((0, 0, 0), (await news.CountAsync("Flags"), await news.CountAsync("FlagQueues"), await news.CountAsync("Mentions")));
        Assert.NotEqual(0, await news.CountAsync("Audit"));
    }

    [Fact]
    public async Task A_dismissed_item_that_was_told_by_mail_stays()
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync();
        await news.VisitAsync(news.Arrest());
        Assert.Equal(1, await news.CountAsync("Mails"));
        await news.DismissAsync("1");
        news.Days(2000);

        await news.RetainItemsAsync();

        Assert.NotNull(await news.ItemAsync("1"));
        Assert.NotNull(await news.FlagAsync("1"));
    }

    [Fact]
    public async Task An_item_that_was_never_understood_stays()
    {
        await using var news = await KeptNews.StartAsync();
        news.Before = call => call is { Table: "Mentions" } ? throw new StorageUnavailableException(StorageProblem.Locked, "locked", null) : Task.CompletedTask;
        await news.VisitAsync(KeptNews.Weather());
        news.Before = _ => Task.CompletedTask;
        news.Days(1000);

        Assert.Equal("nothing to remove", await news.RetainItemsAsync());
        Assert.NotNull(await news.ItemAsync("2"));
    }

    [Theory]
    [InlineData("Items", nameof(IEntityTable.BatchAsync))]
    [InlineData("FlagQueues", nameof(IEntityTable.BatchAsync))]
    [InlineData("Flags", nameof(IEntityTable.BatchAsync))]
    public async Task A_decision_taken_back_while_retention_runs_keeps_the_item(string table, string method)
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync(("1", $"{KeptNews.Person} дал интервью", null));
        await news.DismissAsync("1");
        news.Days(1000);
        news.Before = async call =>
        {
            if (call.Table == table && call.Method == method)
            {
                news.Before = _ => Task.CompletedTask;
                await news.UndoAsync("1");
            }
        };

        Assert.Equal("nothing to remove", await news.RetainItemsAsync());

        Assert.Equal(FlagState.New, (await news.FlagAsync("1"))!.State);
        Assert.Single((await news.Flags.ListAsync(FlagState.New, after: null, 10, CancellationToken.None)).Flags);
        Assert.NotNull(await news.ItemAsync("1"));
        Assert.NotEqual("", await news.Items.GetTextAsync(KeptNews.Key("1"), CancellationToken.None));
        Assert.NotEqual(0, await news.CountAsync("Mentions"));
    }

    [Fact]
    public async Task A_rematch_asked_for_while_retention_runs_keeps_the_item_and_is_done()
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync(KeptNews.Weather());
        news.Days(181);
        news.Before = async call =>
        {
            if (call is { Table: "Items", Method: nameof(IEntityTable.BatchAsync) })
            {
                news.Before = _ => Task.CompletedTask;
                await news.Items.AddPendingAsync([KeptNews.Key("2")], CancellationToken.None);
            }
        };

        Assert.Equal("nothing to remove", await news.RetainItemsAsync());
        Assert.NotNull(await news.ItemAsync("2"));
        Assert.Equal(1, await news.CountAsync("Pending"));
    }

    [Fact]
    public async Task A_flag_made_while_retention_runs_keeps_the_item()
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync(("1", $"{KeptNews.Person} дал интервью", null));
        await news.DismissAsync("1");
        news.Days(1000);
        news.Before = async call =>
        {
            if (call is { Table: "Flags", Method: nameof(IEntityTable.BatchAsync) })
            {
                news.Before = _ => Task.CompletedTask;
                var flag = (await news.FlagAsync("1"))!;
                await news.Flags.SaveAsync(flag with { Severity = Severity.Critical }, flag, CancellationToken.None);
            }
        };

        Assert.Equal("nothing to remove", await news.RetainItemsAsync());
        Assert.Single((await news.Flags.ListAsync(FlagState.Dismissed, after: null, 10, CancellationToken.None)).Flags);
        Assert.NotNull(await news.ItemAsync("1"));
    }

    [Fact]
    public async Task Hundreds_of_items_go_in_batches_and_a_dry_run_says_the_same()
    {
        await using var news = await KeptNews.StartAsync();
        var items = Enumerable.Range(0, 250).Select(i => KeptNews.Weather($"w{i}", $"Погода номер {i}")).ToArray();
        await news.VisitAsync(items);
        news.Days(181);
        var before = await news.DumpAsync("Items", "ItemTexts", "Mentions", "Captures", "Pending");

        Assert.Equal("250 UnflaggedItems", await news.RetainItemsAsync(dryRun: true));
        Assert.Equal(before, await news.DumpAsync("Items", "ItemTexts", "Mentions", "Captures", "Pending"));
        var writes = 0;
        news.Before = call =>
        {
            writes += call.IsWrite ? 1 : 0;
            return Task.CompletedTask;
        };
        Assert.Equal("250 UnflaggedItems", await news.RetainItemsAsync());

        // Three batches of 100 or fewer, each marked, cleared of texts and buried, and a few writes of other rules.
        Assert.InRange(writes, 9, 12);
        Assert.Equal(0, await news.CountAsync("ItemTexts"));
    }

    [Fact]
    public async Task Zero_keeps_for_ever()
    {
        await using var news = await KeptNews.StartAsync(services => Options(services).UnflaggedItems = TimeSpan.Zero);
        await news.VisitAsync(KeptNews.Weather());
        news.Days(9000);

        Assert.Equal("nothing to remove", await news.RetainItemsAsync());
    }

    private static Monitoring.Retention.RetentionOptions Options(Microsoft.Extensions.DependencyInjection.IServiceCollection services) =>
        (Monitoring.Retention.RetentionOptions)services.Last(service => service.ServiceType == typeof(Monitoring.Retention.RetentionOptions)).ImplementationInstance!;
}
