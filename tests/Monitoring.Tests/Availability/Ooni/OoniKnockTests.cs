using Monitoring.App.Hosting;
using Monitoring.Availability;
using Monitoring.Availability.Ooni;
using Monitoring.Fetching;
using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Work;
using static Monitoring.Tests.Support.OoniKit;

namespace Monitoring.Tests.Availability.Ooni;

public sealed class OoniKnockTests : IAsyncLifetime
{
    private const string Path = "/api/v1/aggregation";

    private readonly TestClock _clock = new();
    private readonly TempFolder _folder = new();
    private readonly List<string> _asked = [];
    private LoopbackWeb _web = null!;
    private Station _station = null!;

    public async Task InitializeAsync()
    {
        _web = await LoopbackWeb.StartAsync();
        _station = Open(isEnabled: true);
    }

    public async Task DisposeAsync()
    {
        await _station.DisposeAsync();
        await _web.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Off_by_default_and_then_nothing_is_asked()
    {
        await _station.DisposeAsync();
        _station = Open(isEnabled: false);
        await ListAsync(1);

        Assert.IsType<JobResult.NothingDue>(await KnockAsync());

        Assert.False(new OoniOptions().Enabled);
        Assert.Empty(_web.Requests);
    }

    [Fact]
    public async Task A_blocked_site_costs_three_questions_and_a_good_one_is_asked_for_once()
    {
        await ListAsync(2);
        Serve("site-1.kz");

        Assert.Equal(new JobResult.Done("2 domains of KZ, 1 likely blocked"), await KnockAsync());

        Assert.Equal(["probe_asn KZ site-1.kz,site-2.kz", "probe_cc  site-1.kz", "blocking_type KZ site-1.kz"], _asked);
        var report = (await LastAsync("site-1"))!;
        Assert.Equal((OoniSign.Likely, "KZ", "site-1.kz", new DateOnly(2026, 11, 15), new DateOnly(2026, 11, 22)), (report.Opinion.Sign, report.Country, report.Host, report.Since, report.Until));
        Assert.Equal((5, "http-failure", Counts(65, 60)), (report.Opinion.Networks, report.Opinion.Kind, report.Opinion.Counts));
        Assert.Equal(4, report.Opinion.Reasons.Count);
        Assert.StartsWith("https://explorer.ooni.org/chart/mat?test_name=web_connectivity&probe_cc=KZ&domain=site-1.kz&since=2026-11-15&until=2026-11-22", report.Explorer.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(OoniSign.Insufficient, (await LastAsync("site-2"))!.Opinion.Sign);
    }

    [Fact]
    public async Task All_sites_are_read_piece_by_piece_once_a_day()
    {
        await ListAsync(120);
        Serve();

        for (var knock = 0; knock < 6; knock++)
        {
            await KnockAsync();
            _clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal([50, 50, 20], _asked.Select(asked => asked.Split(',').Length));
        Assert.Equal(120, (await Task.WhenAll(Enumerable.Range(1, 120).Select(site => LastAsync($"site-{site}")))).OfType<OoniReport>().Count());

        _clock.Advance(TimeSpan.FromDays(1));
        await KnockAsync();
        Assert.Equal(4, _asked.Count);
    }

    [Fact]
    public async Task A_server_that_asks_for_patience_is_left_alone_for_so_long_and_nothing_is_lost()
    {
        await ListAsync(1);
        _web.On(Path, "", 429, "Retry-After: 3600");
        Assert.Equal(new JobResult.Done("asked to come later"), await KnockAsync());
        Serve("site-1.kz");
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.IsType<JobResult.NothingDue>(await KnockAsync());
        Assert.Null(await LastAsync("site-1"));

        _clock.Advance(TimeSpan.FromMinutes(2));
        await KnockAsync();

        Assert.Equal(OoniSign.Likely, (await LastAsync("site-1"))!.Opinion.Sign);
    }

    [Fact]
    public async Task A_used_up_quota_stores_nothing_half_known()
    {
        await ListAsync(1);
        Serve("site-1.kz", "X-RateLimit-Remaining", "0");

        await KnockAsync();

        Assert.Single(_asked);
        Assert.Null(await LastAsync("site-1"));
    }

    [Fact]
    public async Task A_piece_that_is_never_usable_does_not_keep_the_others()
    {
        await ListAsync(60);
        _web.On(Path, "<html>");
        for (var knock = 0; knock < 3; knock++)
        {
            Assert.Equal(new JobResult.Done("nothing usable: JSON is expected"), await KnockAsync());
            _clock.Advance(TimeSpan.FromMinutes(20));
        }

        Serve();
        await KnockAsync();

        Assert.Equal(10, Assert.Single(_asked).Split(',').Length);
    }

    [Fact]
    public async Task Somebody_else_at_the_host_is_waited_for()
    {
        await ListAsync(1);
        Serve("site-1.kz");
        await _station.Get<HostGate>().LeaveAsync("127.0.0.1", _clock.GetUtcNow() + TimeSpan.FromMinutes(1), CancellationToken.None);

        Assert.Equal(new JobResult.Done("asked to come later"), await KnockAsync());

        Assert.Empty(_asked);
    }

    [Fact]
    public async Task A_likely_blocked_site_is_checked_twice_as_often_until_the_opinion_is_old()
    {
        await ListAsync(2);
        Serve("site-1.kz");
        await KnockAsync();
        var read = _clock.GetUtcNow();
        var interval = _station.Get<AvailabilityOptions>().Interval;

        Assert.Equal((interval / 2, interval), (await PauseAsync("site-1"), await PauseAsync("site-2")));
        Assert.False(await _station.Get<OoniAgreement>().IsLikelyAsync("site-1", read.AddDays(4), CancellationToken.None));
    }

    [Fact]
    public async Task It_opens_no_episode()
    {
        await ListAsync(1);
        Serve("site-1.kz");
        await KnockAsync();

        Assert.Empty(await _station.Get<EpisodeStore>().ListAsync("site-1", after: null, take: 10, CancellationToken.None).ToListAsync());
        Assert.Empty(await _station.Get<ITables>().Open("Mails").EnumerateAllAsync(CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task Old_opinions_are_removed_and_the_others_stay()
    {
        await ListAsync(1);
        var store = _station.Get<OoniStore>();
        var day = new DateOnly(2026, 11, 22);
        for (var back = 0; back < 5; back++)
        {
            await store.PutAsync(new OoniReport("site-1", "KZ", "site-1.kz", day.AddDays(-back - 7), day.AddDays(-back), new OoniOpinion(OoniSign.NoSign, Counts(30), 2, null, [])), CancellationToken.None);
        }

        var before = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(3, await store.RemoveAsync("site-1", before, dryRun: true, CancellationToken.None));
        Assert.Equal(3, await store.RemoveAsync("site-1", before, dryRun: false, CancellationToken.None));
        Assert.Equal(0, await store.RemoveAsync("site-1", before, dryRun: false, CancellationToken.None));
        Assert.Equal(day, (await LastAsync("site-1"))!.Until);
    }

    private Station Open(bool isEnabled) => TestStation.Open(_folder, _clock, values: [("Ooni__Api", _web.Url("/").AbsoluteUri), ("Network__Resolver", "127.0.0.1:9"), .. isEnabled ? new[] { ("Ooni__Enabled", "true") } : []]);

    private Task ListAsync(int sites) => _station.ImportAsync(_folder, $$"""
        version: 1
        country: KZ
        vantages: [{ id: direct, name: direct, via: direct }]
        sites: [{{string.Join(", ", Enumerable.Range(1, sites).Select(site => $"{{ id: site-{site}, name: site {site}, url: \"https://site-{site}.kz/\" }}"))}}]
        """);

    private Task<JobResult> KnockAsync() => _station.Get<IEnumerable<IKnock>>().OfType<OoniKnock>().Single().RunAsync(CancellationToken.None);

    /// <summary>From a site's check, made now, to its next one.</summary>
    private async Task<TimeSpan?> PauseAsync(string site)
    {
        // New sites are spread over their first interval.
        await _station.Get<IEnumerable<IKnock>>().OfType<DueSitesKnock>().Single().RunAsync(CancellationToken.None);
        _clock.Advance(_station.Get<AvailabilityOptions>().Interval);
        await _clock.FinishAsync(_station.Get<IEnumerable<IWorkJob>>().OfType<CheckSiteJob>().Single().RunAsync(site, CancellationToken.None));
        var state = (await _station.Get<SiteStateStore>().GetAsync(site, CancellationToken.None))!;
        return state.NextCheck - state.LastCheck;
    }

    private Task<OoniReport?> LastAsync(string site) => _station.Get<OoniStore>().GetLastAsync(site, CancellationToken.None);

    /// <summary>An API to which one domain is blocked on five networks of one country, and unknown others are not.</summary>
    private void Serve(string? blocked = null, params string[] header) => _web.On(Path, async context =>
    {
        var query = context.Request.Query;
        _asked.Add($"{query["axis_x"]} {query["probe_cc"]} {query["domain"]}");
        if (header is [var name, var value])
        {
            context.Response.Headers[name] = value;
        }

        var rows = blocked is null || !query["domain"].ToString().Split(',').Contains(blocked) ? [] : query["axis_x"].ToString() switch
        {
            "probe_asn" => Enumerable.Range(1, 5).Select(network => Row(blocked, $"\"probe_asn\": {network}", Counts(13, 12))),
            "probe_cc" => Countries(30, Counts(100, 3)).Select(country => Row(blocked, $"\"probe_cc\": \"{country.Key}\"", country.Value)),
            _ => [Row(blocked, "\"blocking_type\": \"http-failure\"", Counts(60, 60)), Row(blocked, "\"blocking_type\": \"\"", Counts(5))],
        };
        var body = System.Text.Encoding.UTF8.GetBytes(Answer(rows));
        await context.Response.Body.WriteAsync(body);
    });
}
