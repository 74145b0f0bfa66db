using Monitoring.Availability;
using Monitoring.Blocking;
using Monitoring.Blocking.Probing;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Availability.Vantages;

/// <summary>Two vantages in Kazakhstan and one in Kyrgyzstan; rounds of checks as letters of <see cref="EpisodeWalk"/>, one for each vantage, five minutes apart.</summary>
public sealed class IncidentWatchTests : IAsyncLifetime
{
    private static readonly Vantage[] Vantages =
    [
        RecordingKit.Proxy with { Id = "kz-1", Name = "first", Network = "AS64501", Country = "KZ" },
        RecordingKit.Proxy with { Id = "kz-2", Name = "second", Network = "AS64502", Country = "KZ" },
        RecordingKit.Proxy with { Id = "kg-1", Name = "third", Network = "AS64503", Country = "KG" },
    ];

    private RecordingKit _kit = null!;

    public Task InitializeAsync()
    {
        _kit = RecordingKit.Create();
        _kit.List = new WatchlistSnapshot("1", [RecordingKit.Site, .. Vantages, People.Reader() with { Countries = ["KZ"] }]);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _kit.DisposeAsync();

    [Fact]
    public async Task A_vantage_at_fault_is_told_once_and_once_when_it_works_again()
    {
        await RoundsAsync("vOO vOO vOO vOO OOO OOO OOO OOO");

        Assert.Equal(["[KZ] Vantage at fault: first (AS64501)", "[KZ] Vantage works again: first (AS64501), after 30 min"], await _kit.SubjectsAsync());
    }

    [Fact]
    public async Task A_country_whose_vantages_all_fail_is_told_in_place_of_them_and_holds_its_sites()
    {
        Assert.Equal(["", "", "KZ", "KZ", "KZ", "KZ", ""], await RoundsAsync("vvO vvO vvO vvO OOO OOO OOO"));

        Assert.Equal(["[KZ] Cut off: 2 of 2 vantages in KZ fail together", "[KZ] No longer cut off: vantages in KZ work again, after 30 min"], await _kit.SubjectsAsync());
        Assert.Empty((await _kit.Incidents.ListAsync(CancellationToken.None)).Outages);
    }

    [Fact]
    public async Task A_vantage_that_stays_broken_after_the_country_is_back_is_told_by_itself()
    {
        await RoundsAsync("vvO vvO vvO vOO vOO vOO vOO");

        Assert.Equal(
            ["[KZ] Cut off: 2 of 2 vantages in KZ fail together", "[KZ] No longer cut off: vantages in KZ work again, after 25 min", "[KZ] Vantage at fault: first (AS64501)"],
            (await _kit.SubjectsAsync()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Mails", "AddAsync")]
    [InlineData("Incidents", "AddAsync")]
    [InlineData("Incidents", "ReplaceAsync")]
    public async Task An_outage_cut_off_by_a_crash_is_told_once(string table, string method)
    {
        await RoundsAsync("vvO vvO");
        _kit.DieBefore(table, method);
        await Assert.ThrowsAsync<SimulatedCrashException>(() => RoundsAsync("vvO"));

        await RoundsAsync("vvO vvO");

        Assert.Equal(["[KZ] Cut off: 2 of 2 vantages in KZ fail together"], await _kit.SubjectsAsync());
    }

    [Fact]
    public async Task A_vantage_that_works_leaves_no_row_and_neither_does_one_that_is_no_longer_listed()
    {
        await RoundsAsync("OOO vOO");
        Assert.Equal(["kz-1"], (await _kit.Incidents.ListAsync(CancellationToken.None)).Vantages.Keys);

        _kit.List = new WatchlistSnapshot("2", [RecordingKit.Site, .. Vantages[1..], People.Reader()]);
        await _kit.Watch.NoteAsync([], _kit.List, TimeSpan.FromMinutes(1), _kit.Clock.GetUtcNow(), CancellationToken.None);

        Assert.Empty((await _kit.Incidents.ListAsync(CancellationToken.None)).Vantages);
    }

    /// <returns>For each round the countries cut off.</returns>
    private async Task<IReadOnlyList<string>> RoundsAsync(string rounds)
    {
        var cutOff = new List<string>();
        foreach (var round in rounds.Split(' '))
        {
            var at = _kit.Clock.GetUtcNow();
            _kit.Clock.Advance(TimeSpan.FromMinutes(5));
            var seen = Some.Measurement() with { Started = at };
            var checks = round.Select((sign, i) => new SiteCheck(Vantages[i], new Probed(seen, []), new CheckFacts(seen, seen), EpisodeWalk.VerdictOf(sign))).ToList();
            cutOff.Add(string.Join(' ', await _kit.Watch.NoteAsync(checks, _kit.List, TimeSpan.FromMinutes(1), at, CancellationToken.None)));
        }

        return cutOff;
    }
}
