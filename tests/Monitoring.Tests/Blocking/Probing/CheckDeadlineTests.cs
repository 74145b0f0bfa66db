using System.Globalization;
using Monitoring.App.Demo;
using Monitoring.Blocking;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking.Probing;

/// <summary>The whole check has its own deadline; the layer that is at work then is the one that timed out.</summary>
public sealed class CheckDeadlineTests
{
    private readonly TestClock _clock = new();
    private readonly FakeResolver _names = new FakeResolver().Knows("site.test", "127.0.0.1").Knows("silent.test", "93.184.216.34").IsSilentAt("unknown.test");
    private readonly FakeDialer _dialer = new FakeDialer().Fails("93.184.216.34", FakeDialer.Silence);

    [Fact]
    public async Task While_the_name_is_asked_for_it_is_DNS()
    {
        var measuring = MeasureAsync(new Uri("https://unknown.test/"));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((Layer.Dns, Failure.Timeout), (await measuring).Last.Failed);
    }

    [Fact]
    public async Task While_the_connection_is_made_it_is_TCP()
    {
        var measuring = MeasureAsync(new Uri("https://silent.test/"));
        _clock.Advance(TimeSpan.FromSeconds(1));

        var last = (await measuring).Last;
        Assert.Equal((Layer.Tcp, Failure.Timeout), last.Failed);
        Assert.Equal([new TcpObservation("93.184.216.34:443", Failure.Timeout, null, 1000)], last.Tcp);
    }

    [Fact]
    public async Task While_hands_are_shaken_it_is_TLS()
    {
        var last = await TimedOutAsync("https");

        Assert.Equal((Layer.Tls, Failure.Timeout), last.Failed);
        Assert.Equal("site.test", last.Tls!.ServerName);
    }

    [Fact]
    public async Task While_the_page_is_awaited_it_is_HTTP() => Assert.Equal((Layer.Http, Failure.Timeout), (await TimedOutAsync("http")).Failed);

    [Fact]
    public async Task While_the_proxy_is_asked_it_is_TCP_by_name()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var proxy = RawServer.Silent(asked);
        var options = Options();
        var line = new Monitoring.Blocking.Probing.ProxyLine(
            new HttpTunnel(new ProxyDialer(new ProxyAddress(new Uri($"http://127.0.0.1:{proxy.Port}/"), IsTrusted: true), _names, new SocketDialer(AddressGuard.PublicOnly))), lookup: null, options, _clock);

        var measuring = ProbeKit.Over(line, TrustPolicy.System, _clock, options).Invoke(new Uri("https://site.test/"));
        await asked.Task;
        _clock.Advance(TimeSpan.FromSeconds(1));

        var measurement = (await measuring).Measurement;
        Assert.Equal((Layer.Tcp, Failure.Timeout), measurement.Last.Failed);
        Assert.Equal("site.test:443", measurement.Last.Tcp[0].Endpoint);
        Assert.Null(measurement.VantageFailure);
    }

    [Fact]
    public async Task Hops_before_it_stay_as_they_were_seen()
    {
        await using var web = await LoopbackWeb.StartAsync();
        web.On("/", "", 302, "Location: https://unknown.test/");
        var measuring = MeasureAsync(web.Url("/", "site.test"));
        while (!measuring.IsCompleted)
        {
            // The first hop takes real time on real sockets, and none on this clock: time moves when nothing else does.
            await Task.Yield();
            if (web.Requests.Count == 1 && _names.Asked.Contains("unknown.test"))
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        var hops = (await measuring).Hops;
        Assert.Equal([302, null], hops.Select(hop => hop.Http?.Status));
        Assert.Equal((Layer.Dns, Failure.Timeout), hops[^1].Failed);
    }

    private static ProbeOptions Options() => new() { CheckTimeout = TimeSpan.FromSeconds(1) };

    private async Task<Hop> TimedOutAsync(string scheme)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = RawServer.Silent(asked);
        var measuring = MeasureAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"{scheme}://site.test:{server.Port}/")));
        await asked.Task;
        _clock.Advance(TimeSpan.FromSeconds(1));
        return (await measuring).Last;
    }

    private async Task<Measurement> MeasureAsync(Uri url)
    {
        using var authority = new DemoAuthority(TimeProvider.System.GetUtcNow());
        return (await ProbeKit.Direct(_names, _dialer, TrustPolicy.Only(authority.Root), _clock, Options()).Invoke(url)).Measurement;
    }
}
