using Monitoring.Availability.Telling;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Availability.Telling;

/// <summary>What people get at once while episodes open, last and close. Letters of <see cref="EpisodeWalk"/>, a minute apart from 08:00 in Almaty.</summary>
public sealed class EpisodeTellingTests : IAsyncLifetime
{
    private const string Opened = "[KZ] Signs of blocking: Сайт & Co from AS64500 (DNS)";

    private RecordingKit _kit = null!;

    public Task InitializeAsync()
    {
        _kit = RecordingKit.Create();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _kit.DisposeAsync();

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(5.9, 0)]
    [InlineData(6, 1)]
    [InlineData(23.9, 1)]
    [InlineData(24, 2)]
    [InlineData(47.9, 2)]
    [InlineData(48, 3)]
    public void Reminders_are_due_after_six_hours_a_day_and_then_daily(double hours, int due) => Assert.Equal(due, Reminders.Due(TimeSpan.FromHours(hours)));

    [Fact]
    public async Task An_open_episode_is_brought_back_to_mind_once_each_time()
    {
        await _kit.CheckAsync("ddd");
        _kit.Clock.Advance(TimeSpan.FromHours(6));
        await _kit.CheckAsync("ddd");
        _kit.Clock.Advance(TimeSpan.FromHours(18));
        await _kit.CheckAsync("ddd");

        Assert.Equal(
            [
                Opened,
                "[KZ] Still signs of blocking: Сайт & Co from AS64500 (DNS), for 6 h 3 min",
                "[KZ] Still signs of blocking: Сайт & Co from AS64500 (DNS), for 24 h 6 min",
            ],
            await _kit.SubjectsAsync());
    }

    [Fact]
    public async Task In_a_maintenance_window_trouble_is_recorded_and_told_to_nobody()
    {
        await _kit.CheckAsync("dddOOO", Site("08:00", "08:10"));

        Assert.Equal("0-3", await _kit.EpisodesAsync());
        Assert.Empty(await _kit.SubjectsAsync());
    }

    [Fact]
    public async Task Trouble_that_outlasts_the_window_is_told_then()
    {
        await _kit.CheckAsync("ddddd", Site("08:00", "08:04"));

        Assert.Equal([Opened], await _kit.SubjectsAsync());
    }

    [Fact]
    public async Task A_site_that_is_reachable_again_in_a_window_is_told_if_its_trouble_was()
    {
        await _kit.CheckAsync("dddOOO", Site("08:03", "08:30"));

        Assert.Equal([Opened, "[KZ] Reachable again: Сайт & Co from AS64500, after 3 min"], await _kit.SubjectsAsync());
    }

    [Fact]
    public async Task While_a_country_is_cut_off_its_sites_alerts_are_held()
    {
        _kit.CutOff.Add("KZ");
        await _kit.CheckAsync("dddd");
        Assert.Empty(await _kit.SubjectsAsync());

        _kit.CutOff.Clear();
        await _kit.CheckAsync("d");

        Assert.Equal([Opened], await _kit.SubjectsAsync());
    }

    [Fact]
    public async Task A_site_that_goes_to_and_fro_is_told_once_as_such_and_then_in_digests_only()
    {
        await _kit.CheckAsync("dddOOOdddOOOdddOOOddd");

        Assert.Equal(
            [
                Opened,
                "[KZ] Reachable again: Сайт & Co from AS64500, after 3 min",
                Opened,
                "[KZ] Reachable again: Сайт & Co from AS64500, after 3 min",
                "[KZ] Intermittent: Сайт & Co from AS64500",
            ],
            await _kit.SubjectsAsync());
    }

    [Fact]
    public async Task Trouble_that_stays_when_it_is_steady_again_is_told_at_once()
    {
        await _kit.CheckAsync("dddOOOdddOOOddd");
        var before = (await _kit.SubjectsAsync()).Count;
        _kit.Clock.Advance(TimeSpan.FromHours(25));
        await _kit.CheckAsync("dd");

        Assert.Equal([Opened], (await _kit.SubjectsAsync()).Skip(before));
    }

    [Fact]
    public async Task Six_sites_that_one_mechanism_befalls_are_two_mails_and_one_of_the_wave()
    {
        var sites = Enumerable.Range(1, 6).Select(number => RecordingKit.Site with { Id = $"site-{number}", Name = $"Site {number}" }).ToList();
        _kit.List = new WatchlistSnapshot("1", [.. sites, RecordingKit.Proxy, People.Reader()]);
        foreach (var site in sites)
        {
            await _kit.CheckAsync("ddd", site);
        }

        var singly = await _kit.SubjectsAsync();
        await WatchAsync();
        await WatchAsync();

        Assert.Equal(["[KZ] Signs of blocking: Site 1 from AS64500 (DNS)", "[KZ] Signs of blocking: Site 2 from AS64500 (DNS)"], singly);
        Assert.Equal(["[KZ] Signs of blocking of 6 sites together, from AS64500 (DNS)"], (await _kit.SubjectsAsync()).Skip(2));
    }

    private Task WatchAsync() => _kit.Watch.NoteAsync([], _kit.List, TimeSpan.FromMinutes(1), _kit.Clock.GetUtcNow(), CancellationToken.None);

    private static Site Site(string from, string to) => RecordingKit.Site with
    {
        Maintenance = [new MaintenanceWindow.Weekly(DayOfWeek.Sunday, TimeOnly.Parse(from, null), TimeOnly.Parse(to, null), "Asia/Almaty")],
    };
}
