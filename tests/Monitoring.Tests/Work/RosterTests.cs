using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Work;

public sealed class RosterTests : EngineContract
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, DateTimeOffset> _rows = [];
    private int _looks;

    private DueIndex Index => new(Engine.Tables);

    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));

    [Fact]
    public async Task Every_listed_subject_gets_its_row_and_its_hint()
    {
        await UpdateAsync("1", Now, "a", "b");

        Assert.Equal([("a", Now), ("b", Now)], _rows.Select(row => (row.Key, row.Value)));
        Assert.Equal(["a", "b"], await HintsAsync(Now));
    }

    [Fact]
    public async Task The_same_version_is_not_looked_at_again_for_a_day()
    {
        await UpdateAsync("1", Now, "a");

        await UpdateAsync("1", Now.AddDays(1).AddTicks(-1), "a", "b");
        Assert.Equal((1, false), (_looks, _rows.ContainsKey("b")));

        await UpdateAsync("1", Now.AddDays(1), "a", "b");
        Assert.Equal((3, true), (_looks, _rows.ContainsKey("b")));
    }

    [Fact]
    public async Task Another_version_is_looked_at_at_once()
    {
        await UpdateAsync("1", Now, "a");

        await UpdateAsync("2", Now.AddMinutes(1), "a", "b");

        Assert.Equal([("a", Now), ("b", Now.AddMinutes(1))], _rows.Select(row => (row.Key, row.Value)));
    }

    [Fact]
    public async Task A_subject_that_lost_its_place_finds_it_again()
    {
        _rows["lost"] = Now.AddHours(-5);

        await UpdateAsync("1", Now, "lost");

        Assert.Equal(["lost"], await HintsAsync(Now));
        Assert.Equal(Now.AddHours(-5), _rows["lost"]);
    }

    [Fact]
    public async Task A_subject_that_is_due_later_is_left_alone()
    {
        _rows["later"] = Now.AddMinutes(1);

        await UpdateAsync("1", Now, "later");

        Assert.Empty(await HintsAsync(Now.AddHours(1)));
    }

    [Fact]
    public async Task The_hint_is_written_before_the_row()
    {
        var index = Index;
        var atAdd = -1;
        var roster = new RosterOf("feed", (_, _) => Task.FromResult<DateTimeOffset?>(null), async (_, _, token) => atAdd = await index.ReadAsync("feed", Now, token).CountAsync(token));

        await new Roster(Engine.Tables, index).UpdateAsync(roster, "1", ["a"], Now, CancellationToken.None);

        Assert.Equal(1, atAdd);
    }

    [Fact]
    public async Task An_update_that_failed_half_way_is_repeated()
    {
        var failing = new RosterOf("feed", NextAsync, (id, at, _) => id == "b" ? throw new InvalidOperationException() : AddAsync(id, at));
        await Assert.ThrowsAsync<InvalidOperationException>(() => new Roster(Engine.Tables, Index).UpdateAsync(failing, "1", ["a", "b"], Now, CancellationToken.None));

        await UpdateAsync("1", Now.AddMinutes(1), "a", "b");

        Assert.Equal(["a", "b"], _rows.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["a", "b"], (await HintsAsync(Now.AddMinutes(1))).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Kinds_are_kept_apart()
    {
        await UpdateAsync("1", Now, "a");
        var pages = new RosterOf("page", NextAsync, (id, at, _) => AddAsync(id, at));

        await new Roster(Engine.Tables, Index).UpdateAsync(pages, "1", ["b"], Now, CancellationToken.None);

        Assert.True(_rows.ContainsKey("b"));
        Assert.Equal(["a"], await HintsAsync(Now));
    }

    private Task UpdateAsync(string version, DateTimeOffset now, params string[] ids) =>
        new Roster(Engine.Tables, Index).UpdateAsync(new RosterOf("feed", NextAsync, (id, at, _) => AddAsync(id, at)), version, ids, now, CancellationToken.None);

    private Task<DateTimeOffset?> NextAsync(string id, CancellationToken cancellationToken)
    {
        _looks++;
        return Task.FromResult(_rows.TryGetValue(id, out var next) ? next : (DateTimeOffset?)null);
    }

    private Task AddAsync(string id, DateTimeOffset at)
    {
        _rows.Add(id, at);
        return Task.CompletedTask;
    }

    private async Task<IReadOnlyList<string>> HintsAsync(DateTimeOffset now) =>
        await Index.ReadAsync("feed", now, CancellationToken.None).Select(entry => entry.Id).ToListAsync();
}
