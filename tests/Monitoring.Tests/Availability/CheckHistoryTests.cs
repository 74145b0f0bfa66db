using Monitoring.Availability;
using Monitoring.Blocking;
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

    [Theory]
    [InlineData(9, 31, 62, 180)]
    [InlineData(9, 10_000, null, null)]
    [InlineData(null, 3, null, 0)] // through a proxy that resolves
    [InlineData(null, null, null, null)]
    public async Task The_phases_of_a_fact_come_back(int? dns, int? connect, int? tls, int? firstByte)
    {
        var fact = new CheckFact(Midnight, "reachable", 412) { Phases = new PhaseTimes(dns, connect, tls, firstByte) };
        await History.AddAsync("site-1", "vantage-1", fact, CancellationToken.None);

        Assert.Equal([fact], await ListAsync(Midnight, Midnight.AddDays(1)));
    }

    [Fact]
    public async Task Lines_of_earlier_versions_are_read_and_broken_ones_left_out()
    {
        var row = new Entity("site-1.vantage-1", "2026112207").Set("Facts0", "0500.000 reachable 412\nnonsense\n1000.250 reachable 500 1 2 - -\n");
        await Engine.Tables.Open("CheckHours").AddAsync(row, CancellationToken.None);

        Assert.Equal([(412, default), (500, new PhaseTimes(1, 2, null, null))], (await ListAsync(Midnight, Midnight.AddDays(1))).Select(fact => (fact.Milliseconds, fact.Phases)));
    }

    [Fact]
    public void Phases_are_those_of_the_last_hop_where_they_were_reached()
    {
        var seen = Some.Measurement();
        var hop = seen.Last with { Dns = new DnsObservation("system", ["192.0.2.1"], [], Failure: null, 8.6), Tcp = [new TcpObservation("192.0.2.1:443", Failure: null, ProxyStatus: null, 30.4)] };

        Assert.Equal(new PhaseTimes(9, 30, (int)hop.Tls!.Milliseconds, 100), PhaseTimes.Of(hop));
        Assert.Equal(new PhaseTimes(9, 30, null, null), PhaseTimes.Of(hop with { Tls = hop.Tls with { Failure = "connection_reset" }, Http = null }));
        Assert.Equal(default, PhaseTimes.Of(hop with { Dns = hop.Dns with { Failure = "generic_timeout_error" }, Tcp = [], Tls = null, Http = null }));
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
