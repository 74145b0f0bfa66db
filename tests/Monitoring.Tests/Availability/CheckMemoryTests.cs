using Monitoring.Availability;
using Monitoring.Blocking;
using Monitoring.Blocking.Analysis;
using Monitoring.Network;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Availability;

/// <summary>What earlier rounds teach: a site's page, how long handshakes took, what a vantage met at other sites.</summary>
public sealed class CheckMemoryTests : EngineContract
{
    private static readonly Measurement Intercepted = Some.Measurement().Certificate(Failure.SslUnknownAuthority).SignedBy("CN=Somebody");
    private static readonly Measurement Control = Some.Measurement() with { VantageId = "direct" };

    private VantageStateStore States => new(new LimitedTables(Engine.Tables));

    private NeighbourhoodStore Neighbourhoods => new(new LimitedTables(Engine.Tables));

    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));

    [Fact]
    public async Task Sites_that_showed_the_same_issuer_are_counted_without_the_site_itself()
    {
        foreach (var site in new[] { "site-1", "site-2", "site-3", "site-3" })
        {
            await MeetAsync(site, "CN=Somebody");
        }

        Assert.Equal(2, (await GetAsync("site-1")).Issuers["CN=Somebody"]);
        Assert.Equal(3, (await GetAsync("site-9")).Issuers["CN=Somebody"]);
        Assert.Empty((await Neighbourhoods.GetAsync("vantage-2", "site-1", Some.Time, CancellationToken.None)).Issuers);
    }

    [Fact]
    public async Task What_was_met_is_forgotten_after_a_day_and_replaced_by_what_is_met_now()
    {
        await MeetAsync("site-2", "CN=Old");
        await MeetAsync("site-2", "CN=New");

        Assert.Equal(["CN=New"], (await GetAsync("site-1")).Issuers.Keys);
        Assert.Empty((await Neighbourhoods.GetAsync("vantage-1", "site-1", Some.Time.AddHours(25), CancellationToken.None)).Issuers);
    }

    [Fact]
    public async Task A_vantage_in_trouble_at_every_site_fits_a_row()
    {
        for (var i = 0; i < 200; i++)
        {
            await Neighbourhoods.AddAsync("vantage-1", $"site-{i}", [new Sighting(SightingKind.Issuer, new string('x', 119)), new Sighting(SightingKind.Body, new string('y', 5000))], Some.Time, CancellationToken.None);
        }

        var met = await GetAsync("site-199");

        Assert.InRange(met.Issuers[new string('x', 119)], Neighbourhood.Many, 150);
        Assert.Empty(met.Bodies);
    }

    [Fact]
    public async Task A_check_gets_the_profile_the_times_and_where_it_can_matter_the_neighbourhood()
    {
        await States.SaveAsync(State("direct") with { Profile = new PageProfile([], ["Новости"], 1, 2), SiteHandshakes = [100, 110] }, CancellationToken.None);
        await States.SaveAsync(State("vantage-1") with { SiteHandshakes = [3000, 4000], CanaryHandshakes = [200] }, CancellationToken.None);
        await MeetAsync("site-2", "CN=Somebody");
        var memory = await new CheckMemory(States, Neighbourhoods).RecallAsync("site-1", CancellationToken.None);

        var good = await memory.CompleteAsync(new CheckFacts(Some.Measurement(), Control) { Canaries = [Some.Measurement()] }, CancellationToken.None);
        var bad = await memory.CompleteAsync(new CheckFacts(Intercepted, Control), CancellationToken.None);

        Assert.Equal(["Новости"], good.Profile!.Titles);
        Assert.Equal([3000, 4000, 20], good.Handshakes.Site);
        Assert.Equal([200, 20], good.Handshakes.Canary);
        Assert.Equal([100, 110, 20], good.Handshakes.Control);
        Assert.Same(Neighbourhood.Empty, good.Neighbourhood);
        Assert.Equal(1, bad.Neighbourhood.Issuers["CN=Somebody"]);
    }

    [Fact]
    public async Task A_state_s_memory_comes_back()
    {
        var state = State("direct") with { Profile = PageProfile.Learn(null, Some.Page()), SiteHandshakes = [20, 4000], CanaryHandshakes = [7] };

        await States.SaveAsync(state, CancellationToken.None);

        var stored = await States.GetAsync("site-1", "direct", CancellationToken.None);
        Assert.Equal(state.Profile, stored.Profile);
        Assert.Equal(state.SiteHandshakes, stored.SiteHandshakes);
        Assert.Equal(state.CanaryHandshakes, stored.CanaryHandshakes);
    }

    [Fact]
    public void A_profile_knows_eight_titles_and_forgets_the_oldest()
    {
        var profile = Enumerable.Range(0, 20).Aggregate((PageProfile?)null, (known, day) => PageProfile.Learn(known, Some.Page(title: $"Day {day}", length: 1000 + day)))!;

        Assert.Equal((8, "Day 12", 1000, 1019), (profile.Titles.Count, profile.Titles[0], profile.LeastLength, profile.MostLength));
    }

    private static VantageState State(string vantage) => new() { SiteId = "site-1", VantageId = vantage };

    private Task MeetAsync(string site, string issuer) =>
        Neighbourhoods.AddAsync("vantage-1", site, [new Sighting(SightingKind.Issuer, issuer)], Some.Time, CancellationToken.None);

    private Task<Neighbourhood> GetAsync(string site) => Neighbourhoods.GetAsync("vantage-1", site, Some.Time.AddMinutes(5), CancellationToken.None);
}
