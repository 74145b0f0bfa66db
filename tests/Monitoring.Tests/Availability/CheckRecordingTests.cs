using Monitoring.Blocking;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Availability;

public sealed class CheckRecordingTests : IAsyncLifetime
{
    private RecordingKit _kit = null!;

    public Task InitializeAsync()
    {
        _kit = RecordingKit.Create();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _kit.DisposeAsync();

    [Fact]
    public async Task The_third_blocked_check_opens_an_episode_named_after_the_first()
    {
        await _kit.CheckAsync("Oddd");

        var episode = Assert.Single(await _kit.Episodes.ListOpenAsync(CancellationToken.None).ToListAsync());
        Assert.Equal((EpisodeWalk.At(1), "blocked.dns_nxdomain", Grade.Likely), (episode.Opened, episode.Verdict.Class, episode.Grade));
        Assert.Equal(episode.Id, (await _kit.StateAsync()).EpisodeId);
    }

    [Fact]
    public async Task Good_checks_end_the_episode_at_the_first_of_them()
    {
        await _kit.CheckAsync("OdddOOO");

        Assert.Equal("1-4", await _kit.EpisodesAsync());
        Assert.Empty(await _kit.Episodes.ListOpenAsync(CancellationToken.None).ToListAsync());
        Assert.Null((await _kit.StateAsync()).EpisodeId);
    }

    [Fact]
    public async Task Opening_changing_and_closing_are_each_told_once()
    {
        await _kit.CheckAsync("dddddPPOOOO");

        Assert.Equal(
            [
                "[KZ] Signs of blocking: Сайт & Co from AS64500 (DNS)",
                "[KZ] Blocked: Сайт & Co from AS64500 (block page)",
                "[KZ] Reachable again: Сайт & Co from AS64500, after 7 min",
            ],
            await _kit.SubjectsAsync());
    }

    [Fact]
    public async Task One_odd_check_is_told_to_nobody()
    {
        await _kit.CheckAsync("OOdOOOdO?rvO");

        Assert.Empty(await _kit.SubjectsAsync());
        Assert.Equal("", await _kit.EpisodesAsync());
    }

    [Fact]
    public async Task Every_check_stands_in_the_history()
    {
        await _kit.CheckAsync("Od?");

        var facts = await _kit.History.ListAsync("site-1", "vantage-1", EpisodeWalk.At(0), EpisodeWalk.At(60), CancellationToken.None).ToListAsync();
        Assert.Equal(["0 reachable", "1 blocked.dns_nxdomain", "2 undecided"], facts.Select(fact => $"{EpisodeWalk.MinuteOf(fact.At)} {fact.Class}"));
    }

    [Fact]
    public async Task Of_good_checks_the_first_of_each_day_is_kept_in_full()
    {
        await _kit.CheckAsync("OO");
        _kit.Clock.Advance(TimeSpan.FromDays(1));
        await _kit.CheckAsync("OO");

        Assert.Equal(
            ["measurements/site-1/vantage-1/20261122t030000.0000000.json.gz", "measurements/site-1/vantage-1/20261123t030200.0000000.json.gz"],
            await KeptAsync(EpisodeWalk.At(0), EpisodeWalk.At(1), EpisodeWalk.At(1442), EpisodeWalk.At(1443)));
    }

    [Fact]
    public async Task Every_check_that_is_not_good_and_the_good_one_after_it_are_kept()
    {
        await _kit.CheckAsync("Odd?OO");

        Assert.Equal([0, 1, 2, 3, 4], (await KeptAsync([.. Enumerable.Range(0, 6).Select(EpisodeWalk.At)])).Select(name => int.Parse(name[41..43], null)));
    }

    [Fact]
    public async Task Pages_are_kept_of_checks_that_are_not_good_only()
    {
        await _kit.CheckAsync("OOdOr");

        var captured = await _kit.Captures.ListAsync("site-1", take: 10, CancellationToken.None).ToListAsync();
        Assert.Equal([2, 4], captured.Select(capture => EpisodeWalk.MinuteOf(capture.At)).Order());
    }

    [Fact]
    public async Task An_episode_names_the_measurements_that_opened_changed_and_closed_it()
    {
        await _kit.CheckAsync("dddPPO");
        await _kit.CheckAsync("OO");

        var episode = await _kit.Episodes.ListAsync("site-1", null, 1, CancellationToken.None).FirstAsync();
        Assert.Equal(["02", "04"], episode.Evidence.Select(name => name[41..43]));
    }

    [Fact]
    public async Task Fifty_changes_leave_the_first_measurement_and_the_last_ones()
    {
        await _kit.CheckAsync("DD" + string.Concat(Enumerable.Repeat("PPDD", 30)) + "OOO");

        var episode = await _kit.Episodes.ListAsync("site-1", null, 1, CancellationToken.None).FirstAsync();
        Assert.Equal(50, episode.Evidence.Count);
        Assert.EndsWith("t030100.0000000.json.gz", episode.Evidence[0], StringComparison.Ordinal);
        Assert.EndsWith("t050100.0000000.json.gz", episode.Evidence[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_state_of_a_vantage_comes_back_as_it_was_saved()
    {
        await _kit.CheckAsync("OdD");

        var state = await _kit.StateAsync();
        Assert.Equal(("blocked.dns_nxdomain", Grade.Confirmed, "bd-1"), (state.Verdict!.Class, state.Verdict.Grade, state.Verdict.Rule));
        Assert.Equal([null, "dns", "dns"], state.Window.Select(outcome => outcome.Family));
        Assert.Equal([EpisodeWalk.At(0), EpisodeWalk.At(1), EpisodeWalk.At(2)], state.Window.Select(outcome => outcome.At));
        Assert.Equal((EpisodeWalk.At(2), 500, "20261122"), (state.LastCheck, state.Milliseconds, state.GoodKeptOn));
    }

    [Fact]
    public async Task Of_two_who_save_one_state_the_second_is_told_that_it_changed()
    {
        var (first, second) = (await _kit.StateAsync(), await _kit.StateAsync());

        Assert.Equal(SaveResult.Saved, await _kit.States.SaveAsync(first, CancellationToken.None));
        Assert.Equal(SaveResult.ChangedMeanwhile, await _kit.States.SaveAsync(second, CancellationToken.None));
    }

    private async Task<IReadOnlyList<string>> KeptAsync(params DateTimeOffset[] times)
    {
        var names = times.Select(time => $"measurements/site-1/vantage-1/{Keys.Time(time).ToLowerInvariant()}.json.gz");
        return await names.ToAsyncEnumerable().Where(async (name, token) => await _kit.Measurements.GetAsync(name, token) is not null).ToListAsync();
    }
}
