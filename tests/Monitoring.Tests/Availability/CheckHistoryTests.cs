using Monitoring.Availability;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Availability;

public sealed class CheckHistoryTests : EngineContract
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    private CheckHistory History => new CheckHistory(Engine.Tables);

    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));

    [Fact]
    public async Task A_fact_comes_back_to_the_millisecond()
    {
        var fact = new CheckFact(Midnight.AddHours(7).AddMilliseconds(3_599_999), "blocked.tls_reset", 1234);
        await History.AddAsync("site-1", "vantage-1", fact, CancellationToken.None);

        Assert.Equal([fact], await ListAsync(Midnight, Midnight.AddDays(1)));
    }

    [Fact]
    public async Task Facts_come_oldest_first_over_hours_days_and_years()
    {
        var newYear = new DateTimeOffset(2026, 12, 31, 23, 59, 0, TimeSpan.Zero);
        foreach (var minutes in Enumerable.Range(0, 5))
        {
            await History.AddAsync("site-1", "vantage-1", new CheckFact(newYear.AddMinutes(minutes * 30), "reachable", minutes), CancellationToken.None);
        }

        Assert.Equal([0, 1, 2, 3, 4], (await ListAsync(newYear, newYear.AddDays(1))).Select(fact => fact.Milliseconds));
    }

    [Fact]
    public async Task A_period_begins_and_ends_with_the_facts_at_its_ends()
    {
        foreach (var minute in Enumerable.Range(0, 10))
        {
            await History.AddAsync("site-1", "vantage-1", new CheckFact(Midnight.AddMinutes(minute), "reachable", minute), CancellationToken.None);
        }

        Assert.Equal([3, 4, 5], (await ListAsync(Midnight.AddMinutes(3), Midnight.AddMinutes(5))).Select(fact => fact.Milliseconds));
    }

    [Fact]
    public async Task A_time_of_another_zone_stands_in_its_hour_of_utc()
    {
        var almaty = new DateTimeOffset(2026, 11, 22, 2, 30, 0, TimeSpan.FromHours(5));
        await History.AddAsync("site-1", "vantage-1", new CheckFact(almaty, "reachable", 1), CancellationToken.None);

        Assert.Equal([almaty.ToUniversalTime()], (await ListAsync(almaty, almaty)).Select(fact => fact.At));
    }

    [Fact]
    public async Task Sites_and_vantages_have_histories_of_their_own()
    {
        await History.AddAsync("site-1", "vantage-2", new CheckFact(Midnight, "reachable", 1), CancellationToken.None);
        await History.AddAsync("site-2", "vantage-1", new CheckFact(Midnight, "reachable", 2), CancellationToken.None);

        Assert.Empty(await ListAsync(Midnight, Midnight.AddDays(1)));
    }

    [Fact]
    public async Task Writers_at_the_same_moment_lose_nothing()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 20), async (i, token) =>
            await History.AddAsync("site-1", "vantage-1", new CheckFact(Midnight.AddSeconds(i), "reachable", i), token));

        Assert.Equal(Enumerable.Range(0, 20), (await ListAsync(Midnight, Midnight.AddHours(1))).Select(fact => fact.Milliseconds).Order());
    }

    [Fact]
    public async Task An_hour_of_wild_checks_runs_over_into_more_columns_and_stays_within_a_row()
    {
        var history = new CheckHistory(new LimitedTables(Engine.Tables));
        var verdict = "blocked." + new string('x', 2000);
        foreach (var second in Enumerable.Range(0, 200))
        {
            await history.AddAsync("site-1", "vantage-1", new CheckFact(Midnight.AddSeconds(second), verdict, second), CancellationToken.None);
        }

        // Twelve columns of fourteen long facts; the others are left out.
        Assert.Equal(Enumerable.Range(0, 168), (await ListAsync(Midnight, Midnight.AddHours(1))).Select(fact => fact.Milliseconds));
    }

    private ValueTask<List<CheckFact>> ListAsync(DateTimeOffset from, DateTimeOffset to) =>
        History.ListAsync("site-1", "vantage-1", from, to, CancellationToken.None).ToListAsync();
}
