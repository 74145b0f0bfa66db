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
        Assert.Equal((2, true), (_looks, _rows.ContainsKey("b")));
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
        var roster = new RosterOf("feed", ReadAsync, async (_, _, token) => atAdd = await index.ReadAsync("feed", Now, token).CountAsync(token));

        await new Roster(Engine.Tables, index).UpdateAsync(roster, "1", ["a"], Now, CancellationToken.None);

        Assert.Equal(1, atAdd);
    }

    [Fact]
    public async Task An_update_that_failed_half_way_is_repeated()
    {
        await FailAsync("1", Now, failAt: "b", "a", "b");

        await UpdateAsync("1", Now.AddMinutes(1), "a", "b");

        Assert.Equal(["a", "b"], _rows.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["a", "b"], (await HintsAsync(Now.AddMinutes(1))).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_long_update_that_died_goes_on_where_it_was()
    {
        var ids = Ids(1_050);
        await FailAsync("1", Now, failAt: ids[730], ids);
        Assert.Equal((8, 700), (_looks, _rows.Count));

        await UpdateAsync("1", Now.AddMinutes(1), ids);

        Assert.Equal((12, 1_050), (_looks, _rows.Count));
        Assert.Equal(ids, (await HintsAsync(Now.AddMinutes(1))).Distinct().Order(StringComparer.Ordinal));
        await UpdateAsync("1", Now.AddMinutes(2), ids);
        Assert.Equal(12, _looks);
    }

    [Fact]
    public async Task What_died_with_an_older_list_begins_anew()
    {
        var ids = Ids(250);
        await FailAsync("1", Now, failAt: ids[230], ids);

        await UpdateAsync("2", Now.AddMinutes(1), ["a-source-listed-before-the-others", .. ids]);

        Assert.Equal(251, _rows.Count);
        Assert.Equal(251, (await HintsAsync(Now.AddMinutes(1))).Distinct().Count());
    }

    /// <summary>Hints of yesterday may be passed over, so what died yesterday cannot count on them.</summary>
    [Fact]
    public async Task What_died_a_day_ago_begins_anew()
    {
        var ids = Ids(250);
        await FailAsync("1", Now, failAt: ids[230], ids);

        await UpdateAsync("1", Now.AddDays(1), ids);

        Assert.Equal(250, (await Index.ReadAsync("feed", Now.AddDays(1), CancellationToken.None).Where(entry => entry.Slot == Now.AddDays(1)).CountAsync()));
    }

    [Fact]
    public async Task The_day_to_the_next_pass_counts_from_the_beginning_of_the_last()
    {
        var ids = Ids(250);
        await FailAsync("1", Now, failAt: ids[230], ids);
        await UpdateAsync("1", Now.AddHours(10), ids);
        var looks = _looks;

        await UpdateAsync("1", Now.AddDays(1), ids);

        Assert.Equal(looks + 3, _looks);
    }

    [Fact]
    public async Task Kinds_are_kept_apart()
    {
        await UpdateAsync("1", Now, "a");
        var pages = new RosterOf("page", ReadAsync, AddAsync);

        await new Roster(Engine.Tables, Index).UpdateAsync(pages, "1", ["b"], Now, CancellationToken.None);

        Assert.True(_rows.ContainsKey("b"));
        Assert.Equal(["a"], await HintsAsync(Now));
    }

    private static string[] Ids(int count) => [.. Enumerable.Range(0, count).Select(number => $"source-{number:D5}")];

    private Task UpdateAsync(string version, DateTimeOffset now, params string[] ids) => UpdateAsync(version, now, AddAsync, ids);

    private Task UpdateAsync(string version, DateTimeOffset now, Func<IReadOnlyList<string>, DateTimeOffset, CancellationToken, Task> addAsync, string[] ids) =>
        new Roster(Engine.Tables, Index).UpdateAsync(new RosterOf("feed", ReadAsync, addAsync), version, ids, now, CancellationToken.None);

    private Task FailAsync(string version, DateTimeOffset now, string failAt, params string[] ids) => Assert.ThrowsAsync<InvalidOperationException>(
        () => UpdateAsync(version, now, (added, at, token) => added.Contains(failAt) ? throw new InvalidOperationException() : AddAsync(added, at, token), ids));

    private IAsyncEnumerable<(string Id, DateTimeOffset Next)> ReadAsync(string from, string? before, CancellationToken cancellationToken)
    {
        _looks++;
        return _rows
            .Where(row => string.CompareOrdinal(row.Key, from) >= 0 && (before is null || string.CompareOrdinal(row.Key, before) < 0))
            .Select(row => (row.Key, row.Value)).ToAsyncEnumerable();
    }

    private Task AddAsync(IReadOnlyList<string> ids, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            _rows.Add(id, at);
        }

        return Task.CompletedTask;
    }

    private async Task<IReadOnlyList<string>> HintsAsync(DateTimeOffset now) =>
        await Index.ReadAsync("feed", now, CancellationToken.None).Select(entry => entry.Id).ToListAsync();
}
