using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Work;

public sealed class DueIndexTests : EngineContract
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 30, TimeSpan.Zero);

    private DueIndex Index => new(Engine.Tables);

    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));

    [Fact]
    public async Task Nothing_is_due_before_the_index_was_begun()
    {
        Assert.Empty(await ReadAsync(Now));
    }

    [Fact]
    public async Task A_hint_is_found_from_its_minute_on()
    {
        await Index.BeginAsync("feed", Now, CancellationToken.None);
        await Index.PutAsync("feed", "source-1", Now.AddMinutes(10).AddSeconds(20), CancellationToken.None);

        Assert.Empty(await ReadAsync(Now.AddMinutes(9).AddSeconds(29)));
        var hint = Assert.Single(await ReadAsync(Now.AddMinutes(9).AddSeconds(30)));
        Assert.Equal(("feed", "source-1", new DateTimeOffset(2026, 11, 22, 3, 10, 0, TimeSpan.Zero)), (hint.Kind, hint.Id, hint.Slot));
    }

    [Fact]
    public async Task A_hint_is_found_after_a_day_of_downtime()
    {
        await Index.BeginAsync("feed", Now, CancellationToken.None);
        await Index.PutAsync("feed", "source-1", Now, CancellationToken.None);

        Assert.Equal("source-1", Assert.Single(await ReadAsync(Now.AddHours(25))).Id);
    }

    [Fact]
    public async Task After_half_a_year_of_downtime_the_roster_finds_it_and_old_slots_are_passed_over()
    {
        var queries = 0;
        var tables = new HookedTables(Engine.Tables, call =>
        {
            queries += call.Method == nameof(IEntityTable.QueryAsync) ? 1 : 0;
            return Task.CompletedTask;
        });
        var index = new DueIndex(tables);
        var roster = new Roster(tables, index);
        var subjects = new RosterOf("feed", (_, _, _) => new[] { ("source-1", Now) }.ToAsyncEnumerable(), (_, _, _) => Task.CompletedTask);
        await roster.UpdateAsync(subjects, "1", ["source-1"], Now, CancellationToken.None);
        var later = Now.AddDays(181);

        await roster.UpdateAsync(subjects, "1", ["source-1"], later, CancellationToken.None);

        Assert.Equal("source-1", Assert.Single(await index.ReadAsync("feed", later, CancellationToken.None).ToListAsync()).Id);
        Assert.InRange(queries, 1, 25 * 60 + 1);
    }

    [Fact]
    public async Task Hints_come_slot_by_slot()
    {
        await Index.BeginAsync("feed", Now, CancellationToken.None);
        await Index.PutAsync("feed", "b", Now.AddMinutes(2), CancellationToken.None);
        await Index.PutAsync("feed", "c", Now.AddMinutes(1), CancellationToken.None);
        await Index.PutAsync("feed", "a", Now.AddMinutes(2), CancellationToken.None);

        Assert.Equal(["c", "a", "b"], (await ReadAsync(Now.AddMinutes(5))).Select(entry => entry.Id));
    }

    [Fact]
    public async Task Kinds_do_not_see_each_others_hints()
    {
        await Index.BeginAsync("feed", Now, CancellationToken.None);
        await Index.BeginAsync("page", Now, CancellationToken.None);
        await Index.PutAsync("page", "source-1", Now, CancellationToken.None);

        Assert.Empty(await ReadAsync(Now));
    }

    [Fact]
    public async Task A_removed_hint_is_not_found_and_removing_it_again_does_no_harm()
    {
        await Index.BeginAsync("feed", Now, CancellationToken.None);
        await Index.PutAsync("feed", "source-1", Now, CancellationToken.None);
        var hint = Assert.Single(await ReadAsync(Now));

        await Index.RemoveAsync([hint], CancellationToken.None);
        await Index.RemoveAsync([hint], CancellationToken.None);

        Assert.Empty(await ReadAsync(Now));
    }

    [Fact]
    public async Task A_hint_written_again_since_it_was_read_is_not_removed()
    {
        await Index.BeginAsync("feed", Now, CancellationToken.None);
        await Index.PutAsync("feed", "source-1", Now, CancellationToken.None);
        var read = Assert.Single(await ReadAsync(Now));
        await Index.PutAsync("feed", "source-1", Now.AddSeconds(5), CancellationToken.None);

        await Index.RemoveAsync([read], CancellationToken.None);

        Assert.Single(await ReadAsync(Now));
    }

    [Fact]
    public async Task Beginning_again_does_not_move_the_cursor()
    {
        await Index.BeginAsync("feed", Now, CancellationToken.None);
        await Index.PutAsync("feed", "source-1", Now, CancellationToken.None);

        await Index.BeginAsync("feed", Now.AddDays(1), CancellationToken.None);

        Assert.Single(await ReadAsync(Now.AddDays(1)));
    }

    [Theory]
    [InlineData(-180, true)] // the overlap: a writer whose clock is three minutes behind
    [InlineData(-120, true)]
    [InlineData(-240, false)] // emptied
    public async Task After_a_pass_slots_within_the_overlap_are_read_again(int seconds, bool isFound)
    {
        await Index.BeginAsync("feed", Now.AddHours(-1), CancellationToken.None);
        await Index.AdvanceAsync("feed", Now, CancellationToken.None);

        await Index.PutAsync("feed", "source-1", Now.AddSeconds(seconds), CancellationToken.None);

        Assert.Equal(isFound, (await ReadAsync(Now)).Count == 1);
    }

    [Fact]
    public async Task The_offset_of_a_time_does_not_change_its_slot()
    {
        await Index.BeginAsync("feed", Now, CancellationToken.None);

        await Index.PutAsync("feed", "source-1", Now.ToOffset(TimeSpan.FromHours(5)), CancellationToken.None);
        await Index.PutAsync("feed", "source-1", Now, CancellationToken.None);

        Assert.Equal(DueIndex.Floor(Now), Assert.Single(await ReadAsync(Now)).Slot);
    }

    [Theory]
    [InlineData("2026-11-22T03:00:00.0000000+00:00", 0)]
    [InlineData("2026-11-22T03:00:59.9999999+00:00", 0)]
    [InlineData("2026-11-22T08:01:30.0000000+05:00", 1)]
    public void A_slot_is_a_minute_of_utc(string time, int minute)
    {
        var slot = DueIndex.Floor(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal((new DateTimeOffset(2026, 11, 22, 3, minute, 0, TimeSpan.Zero), TimeSpan.Zero), (slot, slot.Offset));
    }

    private async Task<IReadOnlyList<DueEntry>> ReadAsync(DateTimeOffset now) => await Index.ReadAsync("feed", now, CancellationToken.None).ToListAsync();
}
