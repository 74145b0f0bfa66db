using System.Globalization;
using Monitoring.Items;
using Monitoring.Items.Stories;
using Monitoring.Retention;
using Monitoring.Retention.Forgetting;
using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Tests.Items.Stories;

/// <summary>Flagged items find their stories, whatever happens on the way.</summary>
public sealed class StoryFilingTests : IAsyncLifetime
{
    private const string First = NewsDesk.Source;
    private static readonly string[] Others = ["feed-2", "feed-3"];

    private Func<TableCall, Task> _before = _ => Task.CompletedTask;
    private NewsDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _desk = await NewsDesk.OpenAsync(call => _before(call));
        await _desk.ImportAsync(moreFeeds: string.Concat(Others.Select(id => $$""", { id: {{id}}, name: Лента {{id}}, url: "https://example.org/{{id}}" }""")));
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task A_copy_and_a_telling_in_another_language_join_the_story_of_the_first()
    {
        await TellAsync(First, StoryTexts.Russian);
        await TellAsync("feed-2", StoryTexts.Change(StoryTexts.Russian, everyNth: 7));
        await TellAsync("feed-3", StoryTexts.English);

        var story = (await StoryAsync(First))!;
        Assert.Equal(
            ["feed-1 First Original", "feed-2 NearCopy Reprint", "feed-3 SameMatter OwnTelling"],
            story.Told.Select(told => $"{told.Member.Item.SourceId} {told.Member.Join} {told.Role}"));
        foreach (var source in (string[])[First, .. Others])
        {
            Assert.Equal(new FlagStory(story.Id, 2), (await FlagAsync(source))!.Story);
        }
    }

    [Fact]
    public async Task An_item_without_flag_is_of_no_story()
    {
        await TellAsync(First, "Погода");

        Assert.Null(await StoryAsync(First));
        Assert.Equal((0, 0), (await CountAsync("StoryItems"), await CountAsync("StoryIndex")));
    }

    [Fact]
    public async Task Walked_twice_it_is_the_same()
    {
        await TellAsync(First, StoryTexts.Russian);
        await TellAsync("feed-2", StoryTexts.Russian);
        var before = await RowsAsync();

        foreach (var source in (string[])[First, "feed-2"])
        {
            await _desk.Items.ReopenAsync(Key(source), CancellationToken.None);
            await _desk.UnderstandAsync(source);
        }

        Assert.Equal(before, await RowsAsync());
    }

    [Fact]
    public async Task Another_event_has_another_story()
    {
        await TellAsync(First, StoryTexts.Russian);
        await TellAsync("feed-2", "Мирас Кыранбеков получил премию за серию репортажей о школах Павлодара.");

        Assert.NotEqual((await StoryAsync(First))!.Id, (await StoryAsync("feed-2"))!.Id);
    }

    [Fact]
    public async Task A_telling_that_grows_joins_when_it_can_be_known()
    {
        await TellAsync(First, StoryTexts.Russian);
        await TellAsync("feed-2", "Задержан Мирас Кыранбеков");
        Assert.NotEqual((await StoryAsync(First))!.Id, (await StoryAsync("feed-2"))!.Id);

        await TellAsync("feed-2", StoryTexts.Russian);

        Assert.Equal(2, (await StoryAsync(First))!.Members.Count);
        Assert.Equal(2, await CountAsync("Stories"));
    }

    [Fact]
    public async Task What_lost_its_flag_leaves_its_story()
    {
        await TellAsync(First, "Мирас Кыранбеков прочёл в Алматы лекцию о старых картах, пришли сто человек.");
        await _desk.ReplacePersonsAsync("persons: [{ id: person-9, name: Данияр Жексенбаев }]");
        await _desk.Items.ReopenAsync(Key(First), CancellationToken.None);
        await _desk.UnderstandAsync();

        Assert.Null(await FlagAsync(First));
        Assert.Equal((null, 0, 0), (await StoryAsync(First), await CountAsync("StoryItems"), await CountAsync("Stories")));
    }

    [Fact]
    public async Task What_was_taken_out_is_no_candidate_and_the_others_are_told()
    {
        await TellAsync(First, StoryTexts.Russian);
        await TellAsync("feed-2", StoryTexts.English);
        Assert.Equal(2, (await FlagAsync(First))!.Story!.Independent);

        await _desk.Station.Get<StoryFiling>().TakeOutAsync(Key("feed-2"), CancellationToken.None);

        Assert.Null(await StoryAsync("feed-2"));
        Assert.Single((await StoryAsync(First))!.Members);
        Assert.Equal(1, (await FlagAsync(First))!.Story!.Independent);
        await TellAsync("feed-3", StoryTexts.English);
        Assert.Equal(2, (await StoryAsync(First))!.Members.Count);
    }

    [Fact]
    public async Task Who_waits_in_vain_for_the_turn_of_a_worker_that_died_files_all_the_same_and_waits_no_more()
    {
        Assert.NotNull(await _desk.Station.Get<ILeases>().TryAcquireAsync("stories", "dead", ILeases.Longest, CancellationToken.None));
        var started = _desk.Clock.GetUtcNow();

        await _desk.Clock.FinishAsync(TellAsync(First, StoryTexts.Russian));
        var waited = _desk.Clock.GetUtcNow() - started;
        await TellAsync("feed-2", StoryTexts.English);

        Assert.InRange(waited, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
        Assert.Equal(started + waited, _desk.Clock.GetUtcNow());
        Assert.Equal(2, (await FlagAsync(First))!.Story!.Independent);
    }

    [Fact]
    public async Task Once_the_turn_was_had_again_others_are_waited_for_again()
    {
        var leases = _desk.Station.Get<ILeases>();
        var other = (await leases.TryAcquireAsync("stories", "other", ILeases.Longest, CancellationToken.None))!;
        await _desk.Clock.FinishAsync(TellAsync(First, StoryTexts.Russian));
        await other.ReleaseAsync(CancellationToken.None);
        await TellAsync("feed-2", StoryTexts.English);
        Assert.NotNull(await leases.TryAcquireAsync("stories", "other", ILeases.Longest, CancellationToken.None));
        var started = _desk.Clock.GetUtcNow();

        await _desk.Clock.FinishAsync(TellAsync("feed-3", StoryTexts.English));

        Assert.InRange(_desk.Clock.GetUtcNow() - started, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Who_lost_the_turn_without_noticing_decides_again_with_what_the_other_filed()
    {
        using var turn = new StoryTurn(new MemoryLeases(_desk.Clock), () => "other", _desk.Clock);
        var tables = _desk.Station.Get<ITables>();
        var other = new StoryFiling(new StoryStore(tables), new StoryIndex(tables), _desk.Flags, turn, _desk.Clock);
        _before = async call =>
        {
            if (call is { Table: "StoryIndex", Method: nameof(IEntityTable.AddAsync) })
            {
                _before = _ => Task.CompletedTask;
                await other.FileAsync(Item("feed-2", StoryTexts.Russian), CancellationToken.None);
            }
        };

        await TellAsync(First, StoryTexts.Russian);

        Assert.Equal(2, (await StoryAsync("feed-2"))!.Members.Count);
        Assert.Equal((await StoryAsync(First))!.Id, (await StoryAsync("feed-2"))!.Id);
    }

    [Fact]
    public async Task The_flags_of_a_large_story_are_told_of_its_growth_in_steps()
    {
        var told = 0;
        _before = call => Task.FromResult(told += call.Table == "Flags" ? 1 : 0);
        var filing = _desk.Station.Get<StoryFiling>();
        var last = (FlagStory?)null;
        for (var i = 1; i <= 60; i++)
        {
            var source = string.Create(CultureInfo.InvariantCulture, $"feed-{i}");
            last = await filing.FileAsync(Item(source, $"В Алматы задержали журналиста Мираса Кыранбекова. {StoryTexts.Own(i)}") with { Acts = ["DETENTION"] }, CancellationToken.None);
        }

        Assert.Equal((60, 50), ((await StoryAsync("feed-60"))!.Independent, last!.Independent));
        Assert.Equal(1 + 2 + 3 + 4 + 9 + 19 + 49, told);
    }

    [Fact]
    public async Task A_death_before_any_write_leaves_one_story()
    {
        var (isDead, dieBefore) = (true, 0);
        while (isDead)
        {
            dieBefore++;
            await DisposeAsync();
            await InitializeAsync();
            (isDead, var writes) = (false, 0);
            _before = call => (isDead |= call.IsWrite && ++writes == dieBefore) ? throw new InvalidOperationException("dead") : Task.CompletedTask;
            var filing = _desk.Station.Get<StoryFiling>();
            var items = (StoryItem[])[Item(First, StoryTexts.Russian), Item("feed-2", StoryTexts.Change(StoryTexts.Russian, everyNth: 7)), Item("feed-3", StoryTexts.English)];
            foreach (var item in items)
            {
                await Record.ExceptionAsync(() => filing.FileAsync(item, CancellationToken.None));
            }

            _before = _ => Task.CompletedTask;
            foreach (var item in items)
            {
                await filing.FileAsync(item, CancellationToken.None);
            }

            var told = string.Create(CultureInfo.InvariantCulture, $"death before write {dieBefore}");
            var stories = await Task.WhenAll(items.Select(item => StoryAsync(item.Key.SourceId)));
            Assert.Equal((1, 3, 3, told), (stories.DistinctBy(story => story!.Id).Count(), stories[0]!.Members.Count, await CountAsync("Stories"), told));
        }

        Assert.InRange(dieBefore, 9, 20);
    }

    [Fact]
    public async Task Retention_empties_the_index_but_its_newest_row_and_leaves_the_stories()
    {
        await TellAsync(First, StoryTexts.Russian);
        await TellAsync("feed-2", StoryTexts.Russian);
        _desk.Clock.Advance(TimeSpan.FromDays(9));
        await RetainAsync();

        Assert.Equal((1, 2), (await CountAsync("StoryIndex"), (await StoryAsync(First))!.Members.Count));
        Assert.DoesNotContain(await _desk.Station.Get<ITables>().Open("StoryItems").EnumerateAllAsync(CancellationToken.None).ToListAsync(), row => row.Key.Partition == First && row.GetBytes("Sketch") is not null);
        await TellAsync("feed-3", StoryTexts.Russian);
        Assert.Equal(2, await CountAsync("StoryIndex"));
        Assert.NotEqual((await StoryAsync(First))!.Id, (await StoryAsync("feed-3"))!.Id);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 2)] // an item that concerns somebody else too stays, without the name
    public async Task Of_a_forgotten_person_no_story_speaks(bool isAboutOthers, int rows)
    {
        await _desk.ReplacePersonsAsync("persons: [{ id: person-1, name: Мирас Кыранбеков }, { id: person-2, name: Данияр Жексенбаев }]");
        await TellAsync(First, StoryTexts.Russian + (isAboutOthers ? " Рядом стоял Данияр Жексенбаев." : ""));
        var person = (await _desk.Station.Get<WatchlistReader>().GetAsync(CancellationToken.None)).Persons.Single(person => person.Id == "person-1");

        await _desk.Station.Get<PersonForgetting>().ForgetAsync(person, new ForgetScope(Texts: true, Captures: true), "operator", _ => { }, CancellationToken.None);

        Assert.DoesNotContain(await RowsAsync(), row => row.Contains("Кыранбеков", StringComparison.OrdinalIgnoreCase) || row.Contains("person-1", StringComparison.Ordinal));
        Assert.Equal(rows, await CountAsync("StoryItems") + await CountAsync("Stories"));
    }

    private static ItemKey Key(string source) => NewsDesk.Key(source, "1");

    private StoryItem Item(string source, string text) => new()
    {
        Key = Key(source),
        Title = "",
        Text = text,
        Language = text == StoryTexts.English ? "en" : "ru",
        Persons = ["person-1"],
        Publisher = source,
        PublisherName = source,
        FirstSeen = _desk.Clock.GetUtcNow(),
    };

    private async Task<JobResult> TellAsync(string source, string text)
    {
        var item = NewsDesk.Item("1", text.Split('.')[0], text) with { Published = _desk.Clock.GetUtcNow(), Link = new Uri($"https://example.org/{source}/1") };
        await _desk.VisitAsync(source, isBaseline: false, item);
        return await _desk.UnderstandAsync(source);
    }

    private Task<Story?> StoryAsync(string source) => _desk.Station.Get<StoryStore>().OfItemAsync(Key(source), CancellationToken.None);

    private Task<Flag?> FlagAsync(string source) => _desk.Flags.GetAsync(Key(source), CancellationToken.None);

    private async Task<IReadOnlyList<ItemKey>> PendingAsync() => await _desk.Items.ListPendingAsync(sourceId: null, CancellationToken.None).ToListAsync();

    private Task RetainAsync() => _desk.Station.Get<RetentionPass>().RunAsync(dryRun: false, from: null, (_, _, _) => Task.FromResult(true), CancellationToken.None);

    private ValueTask<int> CountAsync(string table) => _desk.Station.Get<ITables>().Open(table).EnumerateAllAsync(CancellationToken.None).CountAsync();

    private async Task<IReadOnlyList<string>> RowsAsync()
    {
        var rows = new List<string>();
        foreach (var table in (string[])["StoryItems", "Stories", "StoryIndex"])
        {
            rows.AddRange(await _desk.Station.Get<ITables>().Open(table).EnumerateAllAsync(CancellationToken.None)
                .Select(row => $"{table} {row.Key} {string.Join(' ', row.Columns.OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => column.Value is byte[] bytes ? Convert.ToHexString(bytes) : column.Value))}")
                .ToListAsync());
        }

        return rows;
    }
}
