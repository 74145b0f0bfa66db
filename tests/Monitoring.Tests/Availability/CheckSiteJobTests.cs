using Monitoring.App.Hosting;
using Monitoring.Availability;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Availability;

public sealed class CheckSiteJobTests : IAsyncLifetime
{
    private const string Direct = "- { id: vantage-direct, name: direct, via: direct }";
    private const string Site = "- { id: site-1, name: Сайт, url: \"URL\", every: \"00:10:00\" }";

    private readonly TestClock _clock = new();
    private TempFolder _folder = null!;
    private LoopbackWeb _web = null!;
    private Station _station = null!;

    private CheckSiteJob Job => _station.Get<IEnumerable<IWorkJob>>().OfType<CheckSiteJob>().Single();

    public async Task InitializeAsync()
    {
        _folder = Create();
        _web = await LoopbackWeb.StartAsync();
        _web.On("/", $"<html><head><title>Новости</title></head><body>{new string('x', 2000)}</body></html>", 200, "Content-Type: text/html");
        _station = TestStation.Open(_folder, _clock);
    }

    public async Task DisposeAsync()
    {
        await _station.DisposeAsync();
        await _web.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_due_site_is_checked_and_due_again_one_interval_after_the_start()
    {
        await ImportAsync(Site, Direct);
        await BecomeDueAsync();
        var started = _clock.GetUtcNow();
        _web.On("/", async context =>
        {
            // A slow answer does not stretch the rhythm.
            _clock.Advance(TimeSpan.FromSeconds(2));
            await context.Response.CompleteAsync();
        });

        Assert.Equal(new JobResult.Done("1 vantages"), await RunAsync());

        var state = await StateAsync();
        Assert.Equal((started.AddMinutes(10), started, null), (state.NextCheck, state.LastCheck, state.QueuedUntil));
        Assert.Equal("reachable", (await _station.Get<VantageStateStore>().GetAsync("site-1", "vantage-direct", CancellationToken.None)).Verdict!.Class);
    }

    [Fact]
    public async Task A_repeated_message_checks_nothing()
    {
        await ImportAsync(Site, Direct);
        await BecomeDueAsync();
        await RunAsync();
        var asked = _web.Requests.Count;

        Assert.Equal(new JobResult.NothingDue(), await RunAsync());

        Assert.Equal(asked, _web.Requests.Count);
    }

    [Fact]
    public async Task A_site_that_was_taken_off_the_list_is_not_checked()
    {
        await ImportAsync(Site, Direct);
        await BecomeDueAsync();
        await ImportAsync("[]", Direct);
        var asked = _web.Requests.Count;

        Assert.Equal(new JobResult.NothingDue(), await RunAsync());

        Assert.Equal(asked, _web.Requests.Count);
    }

    [Fact]
    public async Task A_proxy_that_nobody_set_is_a_faulty_vantage_and_no_blocking()
    {
        await ImportAsync(Site, Direct + "\n  - { id: vantage-proxy, name: proxy, via: proxy }");
        for (var check = 0; check < 5; check++)
        {
            await BecomeDueAsync();
            Assert.Equal(new JobResult.Done("2 vantages"), await RunAsync());
        }

        Assert.Equal("vantage_fault", (await _station.Get<VantageStateStore>().GetAsync("site-1", "vantage-proxy", CancellationToken.None)).Verdict!.Class);
        Assert.Empty(await _station.Get<EpisodeStore>().ListOpenAsync(CancellationToken.None).ToListAsync());
    }

    private static TempFolder Create() => new();

    private Task<JobResult> RunAsync() => Job.RunAsync("site-1", CancellationToken.None);

    private async Task<SiteState> StateAsync() => (await _station.Get<SiteStateStore>().GetAsync("site-1", CancellationToken.None))!;

    /// <summary>The knock makes the site's row; then its time comes.</summary>
    private async Task BecomeDueAsync()
    {
        await _station.Get<IEnumerable<IKnock>>().OfType<DueSitesKnock>().Single().RunAsync(CancellationToken.None);
        var wait = (await StateAsync()).NextCheck - _clock.GetUtcNow();
        _clock.Advance(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }

    private Task ImportAsync(string sites, string vantages) => _station.ImportAsync(_folder, $"""
        version: 1
        sites:
          {sites.Replace("URL", _web.Url("/").AbsoluteUri, StringComparison.Ordinal)}
        vantages:
          {vantages}
        """);
}
