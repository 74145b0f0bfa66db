using Monitoring.Availability;
using Monitoring.Blocking;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Availability;

public sealed class EpisodeStoreTests : EngineContract
{
    private EpisodeStore Store => new EpisodeStore(Engine.Tables);

    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));

    [Fact]
    public async Task An_episode_comes_back_as_it_wasStored()
    {
        var episode = At(1) with { Closed = EpisodeWalk.At(9), Evidence = ["measurements/a", "measurements/b"] };
        await Store.PutAsync(episode, CancellationToken.None);

        var stored = (await Store.GetAsync("site-1", episode.Id, CancellationToken.None))!;

        Assert.Equal(
            ("vantage-1", episode.Opened, episode.Closed, "blocked.dns_bogon", Grade.Confirmed, "bd-7", Grade.Likely),
            (stored.VantageId, stored.Opened, stored.Closed, stored.Verdict.Class, stored.Verdict.Grade, stored.Verdict.Rule, stored.Grade));
        Assert.Equal(["10.10.34.34"], Assert.Single(stored.Verdict.Reasons).Values);
        Assert.Equal(["measurements/a", "measurements/b"], stored.Evidence);
    }

    [Fact]
    public async Task A_site_s_episodes_come_newest_first_page_by_page()
    {
        foreach (var minute in new[] { 2, 5, 1, 4, 3 })
        {
            await Store.PutAsync(At(minute), CancellationToken.None);
        }

        var first = await Store.ListAsync("site-1", after: null, take: 2, CancellationToken.None).ToListAsync();
        var rest = await Store.ListAsync("site-1", first[^1].Id, take: 10, CancellationToken.None).ToListAsync();

        Assert.Equal([5, 4], first.Select(episode => EpisodeWalk.MinuteOf(episode.Opened)));
        Assert.Equal([3, 2, 1], rest.Select(episode => EpisodeWalk.MinuteOf(episode.Opened)));
    }

    [Fact]
    public async Task Open_are_those_of_all_sites_that_have_not_ended()
    {
        await Store.PutAsync(At(1), CancellationToken.None);
        await Store.PutAsync(At(2) with { SiteId = "site-2" }, CancellationToken.None);
        await Store.PutAsync(At(1) with { Closed = EpisodeWalk.At(3) }, CancellationToken.None);

        Assert.Equal(["site-2"], await Store.ListOpenAsync(CancellationToken.None).Select(episode => episode.SiteId).ToListAsync());
    }

    [Fact]
    public async Task An_open_row_left_by_a_crash_is_passed_over()
    {
        var closed = At(1) with { Closed = EpisodeWalk.At(3) };
        await Store.PutAsync(closed, CancellationToken.None);
        await Engine.Tables.Open("EpisodesOpen").PutAsync(new("open", $"site-1.{closed.Id}"), CancellationToken.None);
        await Engine.Tables.Open("EpisodesOpen").PutAsync(new("open", $"site-1.{At(7).Id}"), CancellationToken.None);

        Assert.Empty(await Store.ListOpenAsync(CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task Two_vantages_may_be_in_trouble_since_the_same_moment()
    {
        await Store.PutAsync(At(1), CancellationToken.None);
        await Store.PutAsync(At(1) with { VantageId = "vantage-2" }, CancellationToken.None);

        Assert.Equal(2, await Store.ListOpenAsync(CancellationToken.None).CountAsync());
    }

    private static Episode At(int minute) => new()
    {
        SiteId = "site-1",
        VantageId = "vantage-1",
        Opened = EpisodeWalk.At(minute),
        Verdict = new Verdict("blocked.dns_bogon", Grade.Confirmed, "bd-7", [Reason.Of("reason.verdict", "10.10.34.34")]),
        Grade = Grade.Likely,
    };
}
