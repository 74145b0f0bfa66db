using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Monitoring.App.Demo;
using Monitoring.Blocking;
using Monitoring.Blocking.Probing;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking.Probing;

public sealed class SiteProbeTests : IDisposable
{
    private readonly DemoAuthority _authority = new(TimeProvider.System.GetUtcNow());
    private readonly FakeResolver _names = new FakeResolver().Knows("site.test", "127.0.0.1").Knows("www.site.test", "127.0.0.1");
    private readonly TestClock _clock = new();

    [Fact]
    public async Task A_page_is_one_hop_with_all_its_layers()
    {
        await using var web = await LoopbackWeb.StartAsync(_authority.For("site.test"));
        web.On("/", "<title>Жаңалық</title>", 200, "Content-Type: text/html");

        var probed = await MeasureAsync(web.Url("/", "site.test", "https"));

        var hop = Assert.Single(probed.Measurement.Hops);
        Assert.Equal(["127.0.0.1"], hop.Dns!.Addresses);
        Assert.Equal([new TcpObservation($"127.0.0.1:{web.Port}", null, null, 0)], hop.Tcp);
        Assert.Equal(("site.test", null, null), (hop.Tls!.ServerName, hop.Tls.Failure, hop.Tls.CertificateFailure));
        Assert.Equal((200, "Жаңалық", null), (hop.Http!.Status, hop.Http.Title, hop.Http.Failure));
        Assert.Null(hop.Failed);
    }

    [Fact]
    public async Task What_was_measured_is_named_and_dated()
    {
        await using var web = await LoopbackWeb.StartAsync();

        var measurement = (await MeasureAsync(web.Url("/", "site.test"))).Measurement;

        Assert.Equal(("site-1", "vantage-1", "AS64500", _clock.GetUtcNow(), Measurement.CurrentVersion), (measurement.SiteId, measurement.VantageId, measurement.Network, measurement.Started, measurement.Version));
    }

    [Fact]
    public async Task Redirects_are_followed_hop_by_hop_from_http_to_https()
    {
        await using var secure = await LoopbackWeb.StartAsync(_authority.For("www.site.test"));
        secure.On("/ru/", "", 302, "Location: main?a=1");
        await using var web = await LoopbackWeb.StartAsync();
        web.On("/", "", 301, $"Location: https://www.site.test:{secure.Port}/ru/");

        var hops = (await MeasureAsync(web.Url("/", "site.test"))).Measurement.Hops;

        Assert.Equal([$"http://site.test:{web.Port}/", $"https://www.site.test:{secure.Port}/ru/"], hops.Take(2).Select(hop => hop.Url.AbsoluteUri));
        Assert.Equal([301, 302, 404], hops.Select(hop => hop.Http!.Status!.Value));
        Assert.Equal([false, true, true], hops.Select(hop => hop.Tls is not null));
        Assert.All(hops, hop => Assert.NotNull(hop.Dns));
    }

    [Theory]
    [InlineData("/next", "/next")]
    [InlineData("next?a=b", "/dir/next?a=b")]
    [InlineData("?a=b", "/dir/page?a=b")]
    [InlineData("../up", "/up")]
    [InlineData("//site.test:{port}/next", "/next")]
    public async Task A_relative_redirect_is_resolved(string location, string expected)
    {
        await using var web = await LoopbackWeb.StartAsync();
        web.On("/dir/page", "", 302, "Location: " + location.Replace("{port}", web.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

        var hops = (await MeasureAsync(web.Url("/dir/page", "site.test"))).Measurement.Hops;

        Assert.Equal(expected, hops[^1].Url.PathAndQuery);
        Assert.Equal(hops[0].Url.Authority, hops[^1].Url.Authority);
    }

    [Fact]
    public async Task Ten_redirects_are_followed_and_no_more()
    {
        await using var web = await LoopbackWeb.StartAsync();
        web.On("/", "", 302, "Location: /");

        var measurement = (await MeasureAsync(web.Url("/", "site.test"))).Measurement;

        Assert.Equal((11, 11), (measurement.Hops.Count, web.Requests.Count));
        Assert.Equal(302, measurement.Last.Http!.Status);
        Assert.Null(measurement.Last.Failed);
    }

    [Fact]
    public async Task A_redirect_to_a_bogon_is_noted_and_not_dialled()
    {
        await using var web = await LoopbackWeb.StartAsync();
        web.On("/", "", 302, "Location: http://inside.test/");
        _names.Knows("inside.test", "169.254.169.254", "10.0.0.1");
        var dialer = new FakeDialer();

        var last = (await MeasureAsync(web.Url("/", "site.test"), dialer: dialer)).Measurement.Last;

        Assert.Equal(["169.254.169.254", "10.0.0.1"], last.Dns!.Bogons);
        Assert.Equal((Layer.Dns, Failure.DnsBogon), last.Failed);
        Assert.Equal([IPAddress.Loopback], dialer.Dialled.Select(endpoint => endpoint.Address));
    }

    [Fact]
    public async Task A_bogon_among_public_addresses_is_passed_over()
    {
        _names.Knows("mixed.test", "10.10.34.34", "127.0.0.1");
        await using var web = await LoopbackWeb.StartAsync();
        var dialer = new FakeDialer();

        var measurement = (await MeasureAsync(web.Url("/", "mixed.test"), dialer: dialer)).Measurement;

        Assert.Equal([IPAddress.Loopback], dialer.Dialled.Select(endpoint => endpoint.Address));
        Assert.Equal(404, measurement.Last.Http!.Status);
    }

    [Fact]
    public async Task Three_addresses_are_tried_of_both_families_in_turn()
    {
        _names.Knows("many.test", "2001:4860::1", "2001:4860::2", "2001:4860::3", "93.184.216.34", "93.184.216.35");
        var dialer = new FakeDialer().Fails("2001:4860::1", Failure.NetworkUnreachable).Fails("93.184.216.34", Failure.Timeout).Fails("2001:4860::2", Failure.NetworkUnreachable);

        var last = (await MeasureAsync(new Uri("http://many.test/"), dialer: dialer)).Measurement.Last;

        Assert.Equal(["[2001:4860::1]:80", "93.184.216.34:80", "[2001:4860::2]:80"], last.Tcp.Select(attempt => attempt.Endpoint));
        Assert.Equal((Layer.Tcp, Failure.Timeout), last.Failed); // that IPv6 is unreachable says nothing of the site
    }

    [Fact]
    public async Task The_first_address_that_connects_is_taken()
    {
        await using var web = await LoopbackWeb.StartAsync();
        _names.Knows("many.test", "2001:4860::1", "93.184.216.34");

        var last = (await MeasureAsync(web.Url("/", "many.test"), dialer: new FakeDialer().Fails("2001:4860::1", Failure.NetworkUnreachable))).Measurement.Last;

        Assert.Equal([Failure.NetworkUnreachable, null], last.Tcp.Select(attempt => attempt.Failure));
        Assert.Null(last.Failed);
    }

    [Fact]
    public async Task When_all_connections_are_used_up_the_way_ends_with_the_redirect()
    {
        await using var web = await LoopbackWeb.StartAsync();
        web.On("/", "", 302, "Location: /");

        var measurement = (await MeasureAsync(web.Url("/", "site.test"), new ProbeOptions { MaxConnections = 3 })).Measurement;

        Assert.Equal((3, 3), (web.Requests.Count, measurement.Hops.Count));
        Assert.Equal((302, null), (measurement.Last.Http!.Status, measurement.Last.Failed)); // what was not tried has not failed
    }

    [Fact]
    public async Task A_name_that_does_not_exist_ends_the_way()
    {
        var last = (await MeasureAsync(new Uri("http://nowhere.test/"))).Measurement.Last;

        Assert.Equal((Layer.Dns, Failure.DnsNxdomain), last.Failed);
        Assert.Empty(last.Tcp);
    }

    [Fact]
    public async Task Pages_are_handed_on_with_body_and_peer_for_evidence()
    {
        await using var web = await LoopbackWeb.StartAsync(_authority.For("site.test"));
        web.On("/", "", 302, "Location: /block");
        web.On("/block", "Доступ ограничен", 200, "Content-Type: text/html");

        var probed = await MeasureAsync(web.Url("/", "site.test", "https"));

        Assert.Equal([302, 200], probed.Pages.Select(page => page.Status));
        Assert.Equal("Доступ ограничен", Encoding.UTF8.GetString(probed.Pages[1].Body.Span));
        Assert.Equal((IPAddress.Loopback, probed.Measurement.Last.Tls!.Chain[0].Sha256), (probed.Pages[1].Peer, probed.Pages[1].TlsLeafSha256));
    }

    [Fact]
    public async Task A_measurement_is_the_same_when_it_is_read_again()
    {
        await using var secure = await LoopbackWeb.StartAsync(_authority.For("www.site.test"));
        await using var web = await LoopbackWeb.StartAsync();
        web.On("/", "", 301, $"Location: https://www.site.test:{secure.Port}/%D2%9B?a=%22b%22");
        secure.On("/қ", "<title>\"Қала\" &lt;b&gt; 😀</title>", 200, "X-Odd: \"quoted\" <b>");
        var measurement = (await MeasureAsync(web.Url("/", "site.test"))).Measurement with { VantageFailure = "proxy: HTTP 429" };

        var json = JsonSerializer.Serialize(measurement);
        var again = JsonSerializer.Deserialize<Measurement>(json);

        Assert.Equivalent(measurement, again, strict: true);
        Assert.Equal(json, JsonSerializer.Serialize(again));
    }

    public void Dispose() => _authority.Dispose();

    private Task<Probed> MeasureAsync(Uri url, ProbeOptions? options = null, IDialer? dialer = null) =>
        ProbeKit.Direct(_names, dialer ?? new SocketDialer(AddressGuard.PublicAndLoopback), TrustPolicy.Only(_authority.Root), _clock, options).Invoke(url);
}
