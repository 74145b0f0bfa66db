using System.Globalization;
using Monitoring.Alerts.Delivery;
using Monitoring.Items;
using Monitoring.Retention;
using Monitoring.Retention.Forgetting;
using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Items;

/// <summary>One article in several sources is one item, and nothing that only one of them says is missed.</summary>
public sealed class SightingsTests : IAsyncLifetime
{
    private const string Arrest = "Мирас Кыранбеков задержан";
    private const string First = NewsDesk.Source;
    private static readonly string[] Others = ["feed-2", "feed-3", "feed-4", "feed-5"];
    private static readonly Uri Page = new("https://orda.kz/news/1");

    private Func<TableCall, Task> _before = _ => Task.CompletedTask;
    private NewsDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _desk = await NewsDesk.OpenAsync(call => _before(call));
        await _desk.ImportAsync(moreFeeds: string.Concat(Others.Select(id => $$""", { id: {{id}}, name: Лента {{id}}, url: "https://example.org/{{id}}" }""")));
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task The_same_article_from_five_feeds_is_one_item_with_five_sightings()
    {
        foreach (var source in (string[])[First, .. Others])
        {
            await TellAsync(source, Arrest, link: $"http://www.orda.kz/news/1/?utm_source={source}");
            _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var flag = (await FlagAsync(First))!;
        Assert.Equal((5, "Жаңалық"), (flag.Sources, flag.Outlet));
        Assert.Equal([flag.Item], (await _desk.Flags.ListAsync(FlagState.New, after: null, 10, CancellationToken.None)).Flags.Select(listed => listed.Item));
        Assert.Single(await MailsAsync());
        Assert.Equal([First, .. Others], (await ReadAsync()).Parts.Select(part => part.Telling.Item.Key.SourceId));
    }

    [Fact]
    public async Task What_only_one_source_says_is_found_in_the_item()
    {
        await TellAsync(First, "Суд в Алматы", "Подробности позже…");
        Assert.Null(await FlagAsync(First));

        await TellAsync("feed-2", "Суд в Алматы", $"Подробности позже. {Arrest}.\nСуд идёт.");

        Assert.Equal($"Суд в Алматы\nПодробности позже…\nПодробности позже. {Arrest}.\nСуд идёт.", (await ReadAsync()).Text);
        var flag = (await FlagAsync(First))!;
        Assert.Equal((Severity.Critical, "Суд в Алматы", 2), (flag.Severity, flag.Title, flag.Sources));
        Assert.Single(await MailsAsync());
    }

    [Fact]
    public async Task What_one_source_changes_is_found_too()
    {
        await TellAsync(First, "Суд в Алматы");
        await TellAsync("feed-2", "Суд в Алматы");
        Assert.Null(await FlagAsync(First));

        await TellAsync("feed-2", Arrest);
        Assert.Equal(Severity.Critical, (await FlagAsync(First))!.Severity);

        await TellAsync("feed-2", "Суд в Алматы", "Имя удалено.");
        Assert.Equal("Суд в Алматы\nИмя удалено.", (await ReadAsync()).Text);
    }

    [Theory]
    [InlineData(true, 0, 1, 1)] // there before us in one source, news in the other
    [InlineData(false, null, 1, 1)]
    [InlineData(false, -100, 1, 1)]
    [InlineData(true, 0, 80, 0)] // met long before: whoever tells it again, it is old
    [InlineData(false, null, 80, 0)]
    public async Task It_is_mailed_at_once_if_it_is_news_for_one_source(bool isBaseline, int? publishedHours, int laterHours, int mails)
    {
        var published = publishedHours is { } hours ? _desk.Clock.GetUtcNow().AddHours(hours) : (DateTimeOffset?)null;
        await VisitAsync(First, Arrest, "", published, isBaseline);
        Assert.Empty(await MailsAsync());
        _desk.Clock.Advance(TimeSpan.FromHours(laterHours));

        await TellAsync("feed-2", Arrest);

        Assert.Equal(mails, (await MailsAsync()).Count);
    }

    [Theory]
    [InlineData("https://orda.kz/")]
    [InlineData("https://orda.kz/?utm_source=rss")]
    [InlineData("https://orda.kz/news/2")]
    [InlineData("mailto:news@orda.kz")]
    public async Task Other_pages_and_front_pages_are_not_one_article(string link)
    {
        await TellAsync(First, Arrest, link: link == "https://orda.kz/news/2" ? Page.AbsoluteUri : link);
        await TellAsync("feed-2", Arrest, link: link);

        Assert.NotNull(await FlagAsync(First));
        Assert.Equal(link.StartsWith("https://orda.kz/?", StringComparison.Ordinal), await FlagAsync("feed-2") is null);
    }

    [Fact]
    public async Task A_source_that_gives_many_items_one_link_loses_none()
    {
        await VisitAsync(First, "Первое", "", _desk.Clock.GetUtcNow());
        await _desk.VisitAsync("feed-2", isBaseline: false, News("1", "Второе"), News("2", $"{Arrest} в Астане"), News("3", $"{Arrest} в Алматы"));
        await _desk.UnderstandAsync("feed-2");

        var flags = (await _desk.Flags.ListAsync(FlagState.New, after: null, 10, CancellationToken.None)).Flags;
        Assert.Equal(2, flags.Count);
        Assert.Equal(2, (await ReadAsync()).Parts.Count);
    }

    [Fact]
    public async Task What_one_source_tells_twice_under_one_link_are_two_items()
    {
        await _desk.VisitAsync(News("1", Arrest), News("2", $"{Arrest}, подробности"));
        await _desk.UnderstandAsync();

        Assert.Equal(2, (await _desk.Flags.ListAsync(FlagState.New, after: null, 10, CancellationToken.None)).Flags.Count);
    }

    [Theory]
    [InlineData(Arrest)]
    [InlineData("Задержан Мирас Кыранбеков")]
    public async Task A_decision_stays_when_another_source_says_no_more(string title)
    {
        await TellAsync(First, Arrest);
        await DismissAsync();

        await TellAsync("feed-2", title);

        Assert.Equal((FlagState.Dismissed, 2), ((await FlagAsync(First))!.State, (await FlagAsync(First))!.Sources));
    }

    [Fact]
    public async Task A_decision_is_asked_for_again_when_another_source_says_more()
    {
        await TellAsync(First, "Мирас Кыранбеков дал интервью");
        await DismissAsync();

        await TellAsync("feed-2", Arrest);

        Assert.Equal((FlagState.New, Severity.Critical), ((await FlagAsync(First))!.State, (await FlagAsync(First))!.Severity));
    }

    [Fact]
    public async Task A_telling_that_joins_while_the_item_is_being_understood_is_not_missed()
    {
        await VisitAsync("feed-2", Arrest, "", _desk.Clock.GetUtcNow(), understand: false);
        await VisitAsync(First, "Суд в Алматы", "", _desk.Clock.GetUtcNow(), understand: false);
        _before = async call =>
        {
            // The first one has read what is told and is about to end.
            if (call is { Table: "Items", Method: nameof(IEntityTable.MergeAsync) })
            {
                _before = _ => Task.CompletedTask;
                await _desk.UnderstandAsync("feed-2");
            }
        };

        await _desk.UnderstandAsync();
        await _desk.UnderstandAsync();

        Assert.Equal(Severity.Critical, (await FlagAsync(First))!.Severity);
        Assert.Empty(await PendingAsync());
    }

    [Fact]
    public async Task A_death_before_any_write_leaves_one_item_with_all_that_is_told()
    {
        var isDead = true;
        var dieBefore = 0;
        while (isDead)
        {
            dieBefore++;
            await DisposeAsync();
            await InitializeAsync();
            await VisitAsync(First, "Суд в Алматы", "", _desk.Clock.GetUtcNow(), understand: false);
            await VisitAsync("feed-2", Arrest, "", _desk.Clock.GetUtcNow(), understand: false);
            (isDead, var writes) = (false, 0);
            _before = call => (isDead |= call.IsWrite && ++writes == dieBefore) ? throw new InvalidOperationException("dead") : Task.CompletedTask;
            foreach (var source in (string[])[First, "feed-2"])
            {
                await Record.ExceptionAsync(() => _desk.UnderstandAsync(source));
            }

            _before = _ => Task.CompletedTask;
            foreach (var key in await PendingAsync())
            {
                await _desk.UnderstandAsync(key.SourceId);
            }

            var flags = (await _desk.Flags.ListAsync(FlagState.New, after: null, 10, CancellationToken.None)).Flags;
            var told = string.Create(CultureInfo.InvariantCulture, $"death before write {dieBefore}");
            Assert.Equal((1, 2, told), (flags.Count, flags[0].Sources, told));
            Assert.Equal((1, 0), ((await MailsAsync()).Count, (await PendingAsync()).Count));
        }

        Assert.InRange(dieBefore, 10, 40);
    }

    [Fact]
    public async Task What_retention_removes_it_removes_together_and_whoever_tells_it_later_tells_something_new()
    {
        await TellAsync(First, "Погода");
        await TellAsync("feed-2", "Погода");
        _desk.Clock.Advance(TimeSpan.FromDays(1000));
        await RetainAsync();
        await RetainAsync();

        Assert.Equal((null, null), (await GetAsync(First), await GetAsync("feed-2")));
        Assert.Equal((0, 0), (await CountAsync("Sightings"), await CountAsync("ArticleClaims")));
        await TellAsync("feed-3", "Погода");
        Assert.Equal(Key("feed-3"), (await GetAsync("feed-3"))!.KnownAs);
    }

    [Fact]
    public async Task As_long_as_the_item_is_evidence_its_sightings_are_kept()
    {
        await TellAsync(First, "Суд в Алматы");
        await TellAsync("feed-2", Arrest);
        _desk.Clock.Advance(TimeSpan.FromDays(1000));
        await RetainAsync();
        await RetainAsync();

        Assert.Equal(2, (await ReadAsync()).Parts.Count);
    }

    [Fact]
    public async Task Of_a_forgotten_person_no_sighting_and_no_version_speaks()
    {
        await TellAsync(First, "Суд в Алматы");
        await TellAsync("feed-2", Arrest);
        await TellAsync("feed-2", "Суд в Алматы, имя удалено");
        var person = (await _desk.Station.Get<WatchlistReader>().GetAsync(CancellationToken.None)).Persons.Single();

        await _desk.Station.Get<PersonForgetting>().ForgetAsync(person, new ForgetScope(Texts: true, Captures: true), "operator", _ => { }, CancellationToken.None);

        var rows = new List<string>();
        foreach (var table in (string[])["Items", "ItemTexts", "ItemVersions", "Mentions", "Flags"])
        {
            rows.AddRange(await _desk.Station.Get<ITables>().Open(table).EnumerateAllAsync(CancellationToken.None).SelectMany(row => row.Columns.Values.OfType<string>()).ToListAsync());
        }

        Assert.DoesNotContain(rows, text => text.Contains("Кыранбеков", StringComparison.OrdinalIgnoreCase));
    }

    private static ItemKey Key(string source) => NewsDesk.Key(source, "1");

    private IncomingItem News(string guid, string title, string text = "") => NewsDesk.Item(guid, title, text) with { Published = _desk.Clock.GetUtcNow(), Link = Page };

    private Task TellAsync(string source, string title, string text = "", string? link = null) => VisitAsync(source, title, text, _desk.Clock.GetUtcNow(), link: link);

    private async Task VisitAsync(string source, string title, string text, DateTimeOffset? published, bool isBaseline = false, string? link = null, bool understand = true)
    {
        await _desk.VisitAsync(source, isBaseline, News("1", title, text) with { Published = published, Link = link is null ? Page : new Uri(link) });
        await (understand ? _desk.UnderstandAsync(source) : Task.CompletedTask);
    }

    private async Task DismissAsync()
    {
        var flag = (await FlagAsync(First))!;
        await _desk.Flags.SaveAsync(flag with { State = FlagState.Dismissed, DecidedBy = "editor", DecidedAt = _desk.Clock.GetUtcNow() }, flag, CancellationToken.None);
    }

    private Task<Item?> GetAsync(string source) => _desk.Items.GetAsync(Key(source), CancellationToken.None);

    private Task<Flag?> FlagAsync(string source) => _desk.Flags.GetAsync(Key(source), CancellationToken.None);

    private async Task<Tellings> ReadAsync() => await _desk.Station.Get<Sightings>().ReadAsync((await GetAsync(First))!, CancellationToken.None);

    private async Task<IReadOnlyList<Mail>> MailsAsync() => (await _desk.Station.Get<Outbox>().ListAsync(after: null, take: 100, CancellationToken.None)).Mails;

    private async Task<IReadOnlyList<ItemKey>> PendingAsync() => await _desk.Items.ListPendingAsync(sourceId: null, CancellationToken.None).ToListAsync();

    private Task RetainAsync() => _desk.Station.Get<RetentionPass>().RunAsync(dryRun: false, from: null, (_, _, _) => Task.FromResult(true), CancellationToken.None);

    private ValueTask<int> CountAsync(string table) => _desk.Station.Get<ITables>().Open(table).EnumerateAllAsync(CancellationToken.None).CountAsync();
}
