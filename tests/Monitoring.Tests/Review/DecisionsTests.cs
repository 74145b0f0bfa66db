using Monitoring.Items;
using Monitoring.Review;
using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Review;

public sealed class DecisionsTests : EngineContract
{
    private static readonly ItemKey Item = new("feed-1", "item-1");

    private FlagStore Flags => new(Engine.Tables);

    private ItemStore Items => new(Engine.Tables);

    private AuditLog Audit => new(Engine.Tables, Clock);

    private Decisions Decisions => new(Flags, Items, Engine.Queue, Audit, Clock);

    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));

    [Fact]
    public async Task A_confirmed_flag_names_editor_time_and_note()
    {
        await AddFlagAsync();

        Assert.Equal(DecisionResult.Done, await Decisions.ConfirmAsync(Item, "editor-1", "два источника", CancellationToken.None));

        var flag = await FlagAsync();
        Assert.Equal((FlagState.Confirmed, "editor-1", Clock.GetUtcNow(), "два источника"), (flag.State, flag.DecidedBy, flag.DecidedAt, flag.Note));
    }

    [Fact]
    public async Task A_dismissed_flag_leaves_the_queue_and_keeps_the_reason()
    {
        await AddFlagAsync();

        Assert.Equal(DecisionResult.Done, await Decisions.DismissAsync(Item, "editor-1", "a namesake", CancellationToken.None));

        Assert.Empty((await Flags.ListAsync(FlagState.New, null, 10, CancellationToken.None)).Flags);
        Assert.Equal("a namesake", Assert.Single((await Flags.ListAsync(FlagState.Dismissed, null, 10, CancellationToken.None)).Flags).Note);
    }

    [Fact]
    public async Task Undoing_lets_the_flag_wait_again_as_if_nobody_had_decided()
    {
        await AddFlagAsync();
        await Decisions.DismissAsync(Item, "editor-1", "a namesake", CancellationToken.None);

        Assert.Equal(DecisionResult.Done, await Decisions.UndoAsync(Item, "editor-2", "it is the same person", CancellationToken.None));

        var flag = Assert.Single((await Flags.ListAsync(FlagState.New, null, 10, CancellationToken.None)).Flags);
        Assert.Equal((FlagState.New, null, null, null), (flag.State, flag.DecidedBy, flag.DecidedAt, flag.Note));
    }

    [Fact]
    public async Task Every_decision_stands_in_the_audit_log_newest_first()
    {
        await AddFlagAsync();
        await Decisions.ConfirmAsync(Item, "editor-1", note: null, CancellationToken.None);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Decisions.UndoAsync(Item, "editor-2", "too early", CancellationToken.None);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Decisions.DismissAsync(Item, "editor-1", "a namesake", CancellationToken.None);

        Assert.Equal(
            [("editor-1", "dismissed", "a namesake", true, 2), ("editor-2", "undone", "too early", true, 1), ("editor-1", "confirmed", null, true, 0)],
            (await EntriesAsync()).Select(entry => (entry.Who, entry.What, entry.Note, entry.Applied, EpisodeWalk.MinuteOf(entry.At))));
    }

    [Fact]
    public async Task The_same_decision_again_changes_and_notes_nothing()
    {
        await AddFlagAsync();
        await Decisions.ConfirmAsync(Item, "editor-1", "first", CancellationToken.None);

        Assert.Equal(DecisionResult.AlreadySo, await Decisions.ConfirmAsync(Item, "editor-2", "second", CancellationToken.None));

        Assert.Equal(("editor-1", "first"), ((await FlagAsync()).DecidedBy, (await FlagAsync()).Note));
        Assert.Single(await EntriesAsync());
    }

    [Fact]
    public async Task An_unknown_item_is_not_found_and_leaves_no_entry()
    {
        Assert.Equal(DecisionResult.NotFound, await Decisions.ConfirmAsync(Item, "editor-1", note: null, CancellationToken.None));

        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task Of_two_editors_at_once_the_second_is_told_and_the_first_decision_stands()
    {
        await AddFlagAsync();
        var isFirst = true;
        var late = new Decisions(
            new FlagStore(new HookedTables(Engine.Tables, async call =>
            {
                if (call is { Table: "Flags", Method: nameof(IEntityTable.ReplaceAsync) } && isFirst)
                {
                    isFirst = false;
                    await Decisions.ConfirmAsync(Item, "editor-1", "mine", CancellationToken.None);
                }
            })),
            Items,
            Engine.Queue,
            Audit,
            Clock);

        Assert.Equal(DecisionResult.ChangedMeanwhile, await late.DismissAsync(Item, "editor-2", "no", CancellationToken.None));

        Assert.Equal((FlagState.Confirmed, "editor-1", "mine"), ((await FlagAsync()).State, (await FlagAsync()).DecidedBy, (await FlagAsync()).Note));
        Assert.Empty((await Flags.ListAsync(FlagState.Dismissed, null, 10, CancellationToken.None)).Flags);
        Assert.Equal([("editor-1", true), ("editor-2", false)], (await EntriesAsync()).Select(entry => (entry.Who, entry.Applied)).Order());
    }

    [Fact]
    public async Task Many_editors_at_once_leave_one_decision_and_one_applied_entry()
    {
        await AddFlagAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => Decisions.ConfirmAsync(Item, $"editor-{number}", null, CancellationToken.None))));

        Assert.Single(results, DecisionResult.Done);
        Assert.Equal((await FlagAsync()).DecidedBy, Assert.Single(await EntriesAsync(), entry => entry.Applied).Who);
    }

    [Fact]
    public async Task A_decision_cut_off_leaves_a_trace_of_what_was_asked_for()
    {
        await AddFlagAsync();
        var dying = new Decisions(
            new FlagStore(new HookedTables(Engine.Tables, call => call.IsWrite ? throw new SimulatedCrashException() : Task.CompletedTask)), Items, Engine.Queue, Audit, Clock);

        await Assert.ThrowsAsync<SimulatedCrashException>(() => dying.ConfirmAsync(Item, "editor-1", "yes", CancellationToken.None));

        Assert.Equal(FlagState.New, (await FlagAsync()).State);
        var entry = Assert.Single(await EntriesAsync());
        Assert.Equal(("editor-1", "confirmed", "yes", false), (entry.Who, entry.What, entry.Note, entry.Applied));
    }

    [Fact]
    public async Task Items_have_histories_of_their_own()
    {
        await Audit.BeginAsync("feed-1.item-2", "editor-1", "confirmed", note: null, CancellationToken.None);

        Assert.Empty(await EntriesAsync());
    }

    private async Task<Flag> FlagAsync() => (await Flags.GetAsync(Item, CancellationToken.None))!;

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync() => await Audit.ListAsync(Item.ToString(), CancellationToken.None).ToListAsync();

    private async Task AddFlagAsync()
    {
        var flag = new Flag
        {
            Item = Item,
            Severity = Severity.High,
            Subjects = [new FlagSubject(FindingKind.Person, "person-1", "Мирас Кыранбеков")],
            Title = "Редактор задержан",
            At = Clock.GetUtcNow(),
            Passage = new MarkedText("Редактор задержан", []),
            Reasons = [],
            UnderstoodBy = "1",
        };
        await Flags.SaveAsync(flag, before: null, CancellationToken.None);
    }
}
