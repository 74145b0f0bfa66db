using Monitoring.Availability;
using Monitoring.Availability.Reports;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Availability.Reports;

public sealed class CheckDaysTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 22);
    private static readonly DateTimeOffset Midnight = CheckDay.Start(Day);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly SqliteEngine _engine = new(new TestClock());
    private readonly List<TableCall> _calls = [];
    private Func<TableCall, Task> _before = _ => Task.CompletedTask;
    private CheckHistory _history = null!;
    private CheckDays _days = null!;

    public Task InitializeAsync()
    {
        var tables = new HookedTables(_engine.Tables, call =>
        {
            lock (_calls)
            {
                _calls.Add(call);
            }

            return _before(call);
        });
        _history = new CheckHistory(tables);
        _days = new CheckDays(tables, _history);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task A_rolled_hour_has_checks_and_minutes_by_class_and_every_phase()
    {
        await AddAsync(0, "reachable", new PhaseTimes(10, 20, 30, 40));
        await AddAsync(10, "blocked.tls_reset", new PhaseTimes(10, 20, null, null));
        await AddAsync(20, "reachable");
        await RollAsync(last: 20, now: 65);

        var totals = Assert.Single(await ListAsync(now: 65)).Totals;
        Assert.Equal(
            [("blocked.tls_reset", 1, 10), ("reachable", 2, 30)],
            totals.Classes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value.Checks, pair.Value.Stood.TotalMinutes)));
        Assert.Equal([2, 2, 1, 1, 3], PhaseHistograms.Phases.Select(phase => totals.Phases[phase].Count));
    }

    [Fact]
    public async Task A_check_stands_until_the_next_one_and_at_most_twice_the_interval()
    {
        await AddAsync(0, "reachable");
        await AddAsync(15, "undecided");
        await AddAsync(120, "reachable");

        var totals = Assert.Single(await ListAsync(now: 125)).Totals;
        Assert.Equal((20, 20), (totals.Classes["reachable"].Stood.TotalMinutes, totals.Classes["undecided"].Stood.TotalMinutes)); // 15 + 5 to now; 20 of 105
    }

    [Fact]
    public async Task Rolling_costs_three_requests()
    {
        await AddAsync(0, "reachable");
        await RollAsync(last: 0, now: 61);
        await AddAsync(61, "reachable");
        _calls.Clear();

        await RollAsync(last: 61, now: 121);

        Assert.Equal(["CheckDays QueryAsync", "CheckHours QueryAsync", "CheckDays ReplaceAsync"], _calls.Select(call => $"{call.Table} {call.Method}"));
    }

    [Fact]
    public async Task Rolling_again_adds_nothing()
    {
        await AddAsync(0, "reachable");
        await AddAsync(50, "reachable");
        await RollAsync(last: 50, now: 61);
        await RollAsync(last: 50, now: 61);
        await RollAsync(last: 50, now: 62);

        Assert.Equal(2, Assert.Single(await ListAsync(now: 62)).Totals.Checks);
    }

    [Fact]
    public async Task What_is_not_rolled_yet_is_read_from_the_facts()
    {
        await AddAsync(0, "reachable");
        await RollAsync(last: 0, now: 61);
        await AddAsync(61, "undecided");

        Assert.Equal(["reachable", "undecided"], Assert.Single(await ListAsync(now: 65)).Totals.Classes.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_roll_that_was_lost_is_made_up_for_over_midnight_and_days_of_silence()
    {
        const int DayLength = 24 * 60;
        await AddAsync(DayLength - 90, "reachable");
        await AddAsync(DayLength - 5, "undecided");
        await AddAsync(DayLength + 5, "reachable");
        await AddAsync(DayLength + 65, "undecided");

        // Nothing was rolled for two days; then the check comes that does.
        await RollAsync(last: DayLength + 65, now: 3 * DayLength);

        Assert.Equal([2L, 2L], (await ListAsync(now: 3 * DayLength)).Select(day => day.Totals.Checks));
        Assert.Equal([Day, Day.AddDays(1)], (await ListAsync(now: 3 * DayLength)).Select(day => day.Day));
        _calls.Clear();
        await ListAsync(now: 3 * DayLength);
        Assert.Equal(2, _calls.Count);
    }

    [Fact]
    public async Task A_crash_between_two_days_leaves_nothing_out_and_counts_nothing_twice()
    {
        const int DayLength = 24 * 60;
        await AddAsync(DayLength - 30, "reachable");
        await AddAsync(DayLength + 30, "undecided");
        var adds = 0;
        _before = call => call.Method == "AddAsync" && ++adds == 2 ? throw new SimulatedCrashException() : Task.CompletedTask;
        await Assert.ThrowsAsync<SimulatedCrashException>(() => RollAsync(last: DayLength + 30, now: DayLength + 61));
        _before = _ => Task.CompletedTask;

        Assert.Equal([1L, 1L], (await ListAsync(now: DayLength + 61)).Select(day => day.Totals.Checks));
        await RollAsync(last: DayLength + 30, now: DayLength + 62);
        Assert.Equal([1L, 1L], (await ListAsync(now: DayLength + 62)).Select(day => day.Totals.Checks));
    }

    [Fact]
    public async Task Of_many_who_roll_the_same_hours_one_counts()
    {
        await AddAsync(0, "reachable");
        await AddAsync(30, "reachable");

        await Parallel.ForEachAsync(Enumerable.Range(0, 10), async (_, _) => await RollAsync(last: 30, now: 61));

        Assert.Equal(2, Assert.Single(await ListAsync(now: 61)).Totals.Checks);
    }

    [Fact]
    public async Task Any_day_rolled_at_any_hours_is_the_sum_of_its_facts()
    {
        var random = new Random(20261123);
        for (var round = 0; round < 5; round++)
        {
            var (site, whole, last) = ($"site-{round}", new CheckTotals(), Midnight);
            var times = Enumerable.Range(0, 120).Select(_ => random.Next(0, 2 * 24 * 60)).Distinct().Order().Select(minute => Midnight.AddMinutes(minute)).ToList();
            foreach (var (i, at) in times.Index())
            {
                if (i > 0 && (at.Hour != last.Hour || at.Day != last.Day) && random.Next(4) > 0)
                {
                    await _days.RollAsync(site, "vantage-1", last, at, Interval, CancellationToken.None);
                }

                var fact = new CheckFact(at, random.Next(2) == 0 ? "reachable" : "undecided", random.Next(1, 5000));
                await _history.AddAsync(site, "vantage-1", fact, CancellationToken.None);
                whole.Add(fact, i + 1 < times.Count ? times[i + 1] : Midnight.AddDays(2), Interval);
                last = at;
            }

            var listed = new CheckTotals();
            foreach (var day in await _days.ListAsync(site, "vantage-1", new ReportPeriod(Day, Day.AddDays(1)), Midnight.AddDays(2), Interval, CancellationToken.None))
            {
                listed.Add(day.Totals);
            }

            Assert.Equal(whole.Classes.OrderBy(pair => pair.Key, StringComparer.Ordinal), listed.Classes.OrderBy(pair => pair.Key, StringComparer.Ordinal));
            Assert.Equal(whole.Phases[Phase.Whole].ToString(), listed.Phases[Phase.Whole].ToString());
        }
    }

    private Task AddAsync(int minute, string verdictClass, PhaseTimes phases = default) =>
        _history.AddAsync("site-1", "vantage-1", new CheckFact(Midnight.AddMinutes(minute), verdictClass, 100) { Phases = phases }, CancellationToken.None);

    private Task RollAsync(int last, int now) =>
        _days.RollAsync("site-1", "vantage-1", Midnight.AddMinutes(last), Midnight.AddMinutes(now), Interval, CancellationToken.None);

    private Task<IReadOnlyList<CheckDay>> ListAsync(int now) =>
        _days.ListAsync("site-1", "vantage-1", new ReportPeriod(Day, Day.AddDays(2)), Midnight.AddMinutes(now), Interval, CancellationToken.None);
}
