using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Items;

public sealed class FlagStoreTests : IAsyncLifetime
{
    private SqliteEngine _engine = null!;
    private FlagStore _flags = null!;

    public Task InitializeAsync()
    {
        _engine = Create();
        _flags = new FlagStore(new LimitedTables(_engine.Tables));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task New_flags_come_most_severe_first_and_then_newest_first()
    {
        await AddAsync("a", Severity.Medium, hour: 3);
        await AddAsync("b", Severity.Critical, hour: 1);
        await AddAsync("c", Severity.Medium, hour: 4);
        await AddAsync("d", Severity.Critical, hour: 2);
        await AddAsync("e", Severity.Info, hour: 9);

        Assert.Equal("d b c a e", await NamesAsync(FlagState.New, page: 10));
    }

    [Fact]
    public async Task The_highest_priority_comes_first_and_flags_made_before_there_were_any_before_all()
    {
        await AddAsync("low", Severity.Critical, hour: 1, points: 200);
        await AddAsync("high", Severity.Medium, hour: 1, points: 560);
        await AddAsync("newer", Severity.Info, hour: 2, points: 200);
        await AddAsync("before", Severity.Info, hour: 1);

        Assert.Equal("before high newer low", await NamesAsync(FlagState.New, page: 10));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Pages_of_any_size_give_every_flag_once_in_order(int page)
    {
        for (var i = 0; i < 7; i++)
        {
            await AddAsync(FormattableString.Invariant($"f{i}"), Severity.High, hour: 0); // all of one moment
        }

        Assert.Equal("f0 f1 f2 f3 f4 f5 f6", await NamesAsync(FlagState.New, page));
    }

    [Fact]
    public async Task A_decided_flag_leaves_the_queue_of_new_ones_and_the_last_decided_comes_first()
    {
        var (a, b) = (await AddAsync("a", Severity.Info, hour: 1), await AddAsync("b", Severity.Critical, hour: 2));
        await DecideAsync(b, hour: 5);
        await DecideAsync(a, hour: 6);

        Assert.Equal("", await NamesAsync(FlagState.New, page: 10));
        Assert.Equal("a b", await NamesAsync(FlagState.Confirmed, page: 10));
    }

    [Fact]
    public async Task A_flag_whose_severity_changes_stands_in_the_queue_once()
    {
        var a = await AddAsync("a", Severity.Info, hour: 1);
        await AddAsync("b", Severity.High, hour: 1);

        await _flags.SaveAsync(a with { Severity = Severity.Critical }, a, CancellationToken.None);

        Assert.Equal("a b", await NamesAsync(FlagState.New, page: 10));
        Assert.Equal(2, await _flags.CountAsync(FlagState.New, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Of_two_who_save_at_once_the_second_is_told_and_leaves_no_queue_row()
    {
        var a = await AddAsync("a", Severity.Info, hour: 1);
        await DecideAsync(a, hour: 2);

        Assert.Equal(SaveResult.ChangedMeanwhile, await _flags.SaveAsync(a with { Severity = Severity.Critical }, a, CancellationToken.None));
        Assert.Equal(("", "a"), (await NamesAsync(FlagState.New, page: 10), await NamesAsync(FlagState.Confirmed, page: 10)));
        Assert.Equal(0, await _flags.CountAsync(FlagState.New, 10, CancellationToken.None));
    }

    [Fact]
    public async Task A_queue_row_that_a_crash_left_is_passed_over()
    {
        var crash = false;
        var flags = new FlagStore(new HookedTables(_engine.Tables, call => crash && call is { Table: "Flags", IsWrite: true } ? throw new SimulatedCrashException() : Task.CompletedTask));
        var a = await AddAsync("a", Severity.Info, hour: 1);
        crash = true;
        await Assert.ThrowsAsync<SimulatedCrashException>(() => flags.SaveAsync(a with { Severity = Severity.Critical }, a, CancellationToken.None));

        Assert.Equal("a", await NamesAsync(FlagState.New, page: 10));
        Assert.Equal(Severity.Info, (await _flags.GetAsync(a.Item, CancellationToken.None))!.Severity);
    }

    private static SqliteEngine Create() => new(new TestClock());

    private async Task<Flag> AddAsync(string name, Severity severity, int hour, int points = 0)
    {
        var flag = new Flag
        {
            Item = new ItemKey("feed-1", name),
            Severity = severity,
            Priority = points == 0 ? [] : [new PriorityPart(Reason.Of("reason.priority.person"), points)],
            Subjects = [new FlagSubject(FindingKind.Person, "person-1", "Мирас")],
            Title = name,
            At = Some.Time.AddHours(hour),
            Passage = MarkedText.Of("Мирас", 0, 5, [new Mark(0, 5)]),
            Reasons = [Reason.Of("reason.undated")],
            UnderstoodBy = "rules",
        };
        Assert.Equal(SaveResult.Saved, await _flags.SaveAsync(flag, before: null, CancellationToken.None));
        return (await _flags.GetAsync(flag.Item, CancellationToken.None))!;
    }

    private Task<SaveResult> DecideAsync(Flag flag, int hour) => _flags.SaveAsync(
        flag with { State = FlagState.Confirmed, DecidedBy = "editor", DecidedAt = Some.Time.AddHours(hour) }, flag, CancellationToken.None);

    private async Task<string> NamesAsync(FlagState state, int page)
    {
        var names = new List<string>();
        for (string? after = null; ;)
        {
            var (flags, next) = await _flags.ListAsync(state, after, page, CancellationToken.None);
            Assert.InRange(flags.Count, 0, page);
            names.AddRange(flags.Select(flag => flag.Title));
            if (next is null)
            {
                return string.Join(' ', names);
            }

            after = next;
        }
    }
}
