using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Items;

/// <summary>How a rematch goes through the store: on from where it was stopped, by the present list, and nothing is lost beside others who write.</summary>
public sealed class RematchWalkTests : IAsyncLifetime
{
    private const string Arrest = "Дина Сапарова задержана";
    private const string Added = """persons: [{ id: person-1, name: Мирас Кыранбеков }, { id: person-2, name: Дина Сапарова }]""";
    private const string Renamed = """persons: [{ id: person-1, name: Мирас Кыранбеков, aliases: ["Мирас К."] }]""";
    private const string Emptied = "persons: []";
    private const string OldRules = "names-0+topics-0+list-0";

    private Func<TableCall, Task> _before = _ => Task.CompletedTask;
    private NewsDesk _desk = null!;

    public async Task InitializeAsync() => _desk = await NewsDesk.OpenAsync(call => _before(call));

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Stopped_it_goes_on_after_the_last_whole_batch()
    {
        await FillAsync(250);
        await ListAsync(Renamed);
        var places = 0;
        _before = call => call is { Table: "Rematch", Method: "PutAsync" } && ++places == 2 ? throw new StorageUnavailableException(StorageProblem.Full, "dead") : Task.CompletedTask;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => RunAsync());
        var texts = 0;
        _before = call => Task.FromResult(call is { Table: "ItemTexts" } ? Interlocked.Increment(ref texts) : 0);

        Assert.Equal(150, (await RunAsync()).Read);

        Assert.Equal(50, texts);
        Assert.Equal(0, (await RunAsync())[Rematched.Unchanged]);
    }

    [Fact]
    public async Task It_tells_how_far_it_is()
    {
        await FillAsync(150);
        await ListAsync(Added);
        var notes = new List<(int Done, int All, int Read)>();

        await _desk.Station.Get<Rematch>().RunAsync(new RematchScope(), (done, all, read) => notes.Add((done, all, read)), CancellationToken.None);

        Assert.Equal([(0, 1, 0), (0, 1, 100), (0, 1, 150)], notes);
    }

    [Fact]
    public async Task A_list_that_changes_on_the_way_has_the_last_word()
    {
        await FillAsync(150);
        await ListAsync(Renamed);
        var isChanged = false;
        _before = call =>
        {
            var changes = !isChanged && call is { Table: "Rematch", Method: "PutAsync" };
            isChanged |= changes;
            return changes ? ListAsync(Added) : Task.CompletedTask;
        };

        await RunAsync();

        Assert.Equal(150, await _desk.Flags.ListOfSourceAsync(new ItemKey(NewsDesk.Source, "0"), new ItemKey(NewsDesk.Source, "z"), CancellationToken.None).CountAsync(Names));
        Assert.Null(await AgeAsync());
    }

    [Fact]
    public async Task What_a_sighting_says_is_found_though_the_source_of_its_item_left_the_list()
    {
        await _desk.ImportAsync(moreFeeds: """, { id: feed-2, name: Лента 2, url: "https://example.org/feed-2" }""");
        await TellAsync("feed-2", "Суд в Алматы", "Подробности позже.");
        await TellAsync(NewsDesk.Source, "Суд в Алматы", $"{Arrest}.");
        Assert.True((await _desk.GetAsync("1"))!.IsSighting);
        await ListAsync(Added);

        Assert.Equal(1, (await RunAsync())[Rematched.Changed]);

        Assert.True(Names((await _desk.Flags.GetAsync(NewsDesk.Key("feed-2", "1"), CancellationToken.None))!));
        Assert.Equal(0, (await RunAsync())[Rematched.Changed]);
    }

    [Fact]
    public async Task Other_rules_that_find_the_same_touch_no_flag()
    {
        await TellAsync(NewsDesk.Source, "Мирас Кыранбеков задержан");
        foreach (var table in (string[])["Items", "Flags"])
        {
            await AgeRowAsync(table);
        }

        var writes = new List<string>();
        _before = call =>
        {
            writes.AddRange(call.IsWrite ? [call.Table] : []);
            return Task.CompletedTask;
        };

        Assert.Equal(1, (await RunAsync())[Rematched.Unchanged]);

        Assert.Equal(["Items", "Mentions", "Rematch"], writes.Distinct().Order(StringComparer.Ordinal));
        Assert.NotEqual(OldRules, (await _desk.GetAsync("1"))!.UnderstoodBy);
    }

    [Fact]
    public async Task A_text_that_changes_at_the_same_moment_keeps_its_own_findings()
    {
        await TellAsync(NewsDesk.Source, "Мирас Кыранбеков выступил");
        await ListAsync(Renamed);
        var isChanged = false;
        _before = call =>
        {
            var changes = !isChanged && call is { Table: "Mentions", Method: "BatchAsync" };
            isChanged |= changes;
            return changes ? TellAsync(NewsDesk.Source, "Погода") : Task.CompletedTask;
        };

        await RunAsync();

        Assert.True(isChanged);
        Assert.Empty(await _desk.Station.Get<FindingStore>().ListAsync(NewsDesk.Key("1"), CancellationToken.None));
        Assert.Empty(await _desk.PendingAsync());
    }

    [Fact]
    public async Task Killed_while_it_withdraws_a_flag_that_the_list_then_wants_again_it_waits_for_review()
    {
        var isDead = true;
        for (var dieBefore = 1; isDead; dieBefore++)
        {
            await DisposeAsync();
            await InitializeAsync();
            await TellAsync(NewsDesk.Source, "Мирас Кыранбеков дал интервью");
            await ListAsync(Emptied);
            (isDead, var writes) = (false, 0);
            _before = call =>
            {
                isDead |= call.IsWrite && Interlocked.Increment(ref writes) == dieBefore;
                return isDead ? throw new StorageUnavailableException(StorageProblem.Full, "dead") : Task.CompletedTask;
            };
            await Record.ExceptionAsync(() => RunAsync());
            _before = _ => Task.CompletedTask;

            await ListAsync(Renamed);
            await RunAsync();
            await _desk.UnderstandAsync();

            Assert.Single((await _desk.Flags.ListAsync(FlagState.New, after: null, 10, CancellationToken.None)).Flags);
            Assert.Empty(await _desk.PendingAsync());
        }
    }

    [Fact]
    public async Task Items_are_outdated_from_a_change_of_the_list_to_the_end_of_a_rematch_of_all()
    {
        Assert.Null(await AgeAsync());
        await TellAsync(NewsDesk.Source, Arrest);
        Assert.Null(await AgeAsync());

        await ListAsync(Added);
        Assert.Equal(new OutdatedItems(Since: null), await AgeAsync());
        await RunAsync(new RematchScope(Since: _desk.Clock.GetUtcNow()));
        await RunAsync(new RematchScope(DryRun: true));
        await ListAsync(Renamed);
        Assert.Equal(new OutdatedItems(Since: null), await AgeAsync());

        var ended = _desk.Clock.GetUtcNow();
        await RunAsync();
        Assert.Null(await AgeAsync());
        await ListAsync(Added);
        Assert.Equal(new OutdatedItems(ended), await AgeAsync());
    }

    private static bool Names(Flag flag) => flag.Subjects.Any(subject => subject.Id == "person-2");

    private Task<RematchReport> RunAsync(RematchScope? scope = null) =>
        _desk.Station.Get<Rematch>().RunAsync(scope ?? new RematchScope(), (_, _, _) => { }, CancellationToken.None);

    private Task<OutdatedItems?> AgeAsync() => _desk.Station.Get<StoredItemsAge>().GetAsync(CancellationToken.None);

    private Task ListAsync(string persons) => _desk.ReplacePersonsAsync(persons);

    private async Task FillAsync(int count)
    {
        await _desk.VisitAsync([.. Enumerable.Range(0, count).Select(i => NewsDesk.Item($"{i}", $"Дина Сапарова выступила {i}"))]);
        await _desk.UnderstandAsync();
    }

    /// <summary>The item <c>1</c> of a source; all sources give it the same address.</summary>
    private async Task TellAsync(string source, string title, string text = "")
    {
        await _desk.VisitAsync(source, isBaseline: false, NewsDesk.Item("1", title, text) with { Published = _desk.Clock.GetUtcNow() });
        await _desk.UnderstandAsync(source);
    }

    private async Task AgeRowAsync(string table)
    {
        var rows = _desk.Station.Get<ITables>().Open(table);
        var row = (await rows.GetAsync(NewsDesk.Key("1").Row, columns: null, CancellationToken.None))!;
        await rows.ReplaceAsync(row.Set("UnderstoodBy", OldRules), CancellationToken.None);
    }
}
