using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Monitoring.Blocking;
using Monitoring.Blocking.Probing;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking.Probing;

public sealed class ProxyLineTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task A_tunnel_is_asked_for_by_name()
    {
        await using var proxy = RawServer.Answering("HTTP/1.1 200 Connection established\r\n\r\n");

        var connection = await ConnectAsync(proxy, "site.test", address: null, 443);

        Assert.Equal(["CONNECT site.test:443 HTTP/1.1\r\nHost: site.test:443\r\n\r\n"], proxy.Heads);
        Assert.Equal(new TcpObservation("site.test:443", Failure: null, ProxyStatus: 200, 0), connection.Observation);
        Assert.Null(connection.VantageFailure);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7:8443")]
    [InlineData("2001:4860::1", "[2001:4860::1]:8443")]
    public async Task A_tunnel_is_asked_for_by_address_if_the_vantage_resolved_it(string address, string target)
    {
        await using var proxy = RawServer.Answering("HTTP/1.1 200 OK\r\n\r\n");

        await ConnectAsync(proxy, "site.test", IPAddress.Parse(address), 8443);

        Assert.Equal([$"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n"], proxy.Heads);
    }

    [Fact]
    public async Task An_IPv6_literal_stands_in_brackets()
    {
        await using var proxy = RawServer.Answering("HTTP/1.1 200 OK\r\n\r\n");

        var connection = await ConnectAsync(proxy, new Uri("https://[2001:4860::1]/").IdnHost, address: null, 443);

        Assert.Equal("[2001:4860::1]:443", connection.Observation.Endpoint);
        Assert.StartsWith("CONNECT [2001:4860::1]:443 ", Assert.Single(proxy.Heads), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_follows_the_answer_at_once_belongs_to_the_tunnel()
    {
        await using var proxy = RawServer.Answering("HTTP/1.1 200 OK\r\nVia: 1.1 proxy\r\n\r\nfirst bytes");

        var connection = await ConnectAsync(proxy, "site.test", address: null, 25);

        using var reader = new StreamReader(connection.Stream!);
        Assert.Equal("first bytes", await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData("407 Proxy Authentication Required", 407, Failure.ConnectionRefused, "proxy: HTTP 407")]
    [InlineData("429 Too Many Requests", 429, Failure.ConnectionRefused, "proxy: HTTP 429")]
    [InlineData("403 Forbidden", 403, Failure.ConnectionRefused, null)]
    [InlineData("500 Internal Server Error", 500, Failure.ConnectionRefused, null)]
    [InlineData("502 Bad Gateway", 502, Failure.HostUnreachable, null)]
    [InlineData("503 Service Unavailable", 503, Failure.HostUnreachable, null)]
    [InlineData("504 Gateway Timeout", 504, Failure.Timeout, null)]
    [InlineData("302 Found", 302, Failure.ConnectionRefused, null)]
    public async Task A_refusal_is_named_and_one_that_is_about_us_is_the_vantage_s_fault(string line, int status, string failure, string? fault)
    {
        await using var proxy = RawServer.Answering($"HTTP/1.1 {line}\r\nContent-Length: 0\r\n\r\n");

        var connection = await ConnectAsync(proxy);

        Assert.Null(connection.Stream);
        Assert.Equal((failure, status, fault), (connection.Observation.Failure, connection.Observation.ProxyStatus, connection.VantageFailure));
    }

    [Theory]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n", 200)] // old proxies
    [InlineData("HTTP/1.1 200\r\n\r\n", 200)] // without words
    [InlineData("HTTP/1.1 201 Created\r\n\r\n", 201)]
    public async Task Every_kind_of_yes_is_a_tunnel(string answer, int status)
    {
        await using var proxy = RawServer.Answering(answer);

        var connection = await ConnectAsync(proxy);

        Assert.Equal((null, status), (connection.Observation.Failure, connection.Observation.ProxyStatus));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n\r\n")]
    [InlineData("\u0005\u0000\u0000\u0001 not for us \r\n\r\n")] // another kind of proxy
    [InlineData("HTTP/2 200\r\n\r\n")]
    [InlineData("HTTP/1.1 yes OK\r\n\r\n")]
    [InlineData("HTTP/1.1 -200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 99999999999 OK\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    public async Task What_speaks_no_HTTP_is_no_proxy_and_the_vantage_s_fault(string answer)
    {
        await using var proxy = RawServer.Answering(answer);

        var connection = await ConnectAsync(proxy);

        Assert.Null(connection.Stream);
        Assert.Equal((Failure.Eof, null, "proxy: no HTTP"), (connection.Observation.Failure, connection.Observation.ProxyStatus, connection.VantageFailure));
    }

    [Fact]
    public async Task A_head_without_end_is_read_for_16_KiB_and_is_the_vantage_s_fault()
    {
        await using var proxy = RawServer.Answering("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X-Filler: 0123456789\r\n", 2000)));

        var connection = await ConnectAsync(proxy);

        Assert.Equal((Failure.Eof, "proxy: no HTTP"), (connection.Observation.Failure, connection.VantageFailure));
    }

    [Fact]
    public async Task An_end_instead_of_an_answer_may_be_about_the_site()
    {
        await using var proxy = RawServer.Answering("");

        var connection = await ConnectAsync(proxy);

        Assert.Equal((Failure.Eof, null, null), (connection.Observation.Failure, connection.Observation.ProxyStatus, connection.VantageFailure));
    }

    [Fact]
    public async Task A_reset_instead_of_an_answer_may_be_about_the_site()
    {
        await using var proxy = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadHeadAsync(stream, token);
            RawServer.Reset(stream);
        });

        var connection = await ConnectAsync(proxy);

        Assert.Equal((Failure.ConnectionReset, null), (connection.Observation.Failure, connection.VantageFailure));
    }

    [Fact]
    public async Task A_proxy_that_is_long_about_its_answer_times_out()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var proxy = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadHeadAsync(stream, token);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nX-"u8.ToArray(), token);
            asked.TrySetResult();
            await stream.CopyToAsync(Stream.Null, token);
        });

        var connecting = ConnectAsync(proxy);
        await asked.Task;
        _clock.Advance(TimeSpan.FromSeconds(10));

        var connection = await connecting;
        Assert.Equal((Failure.Timeout, null), (connection.Observation.Failure, connection.VantageFailure));
    }

    [Fact]
    public async Task A_proxy_whose_port_is_closed_is_the_vantage_s_fault()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var connection = await ConnectAsync(new Uri($"http://{closed.LocalEndPoint}/"), new FakeResolver());

        Assert.Equal((null, Failure.ConnectionRefused, "proxy: connection_refused"), (connection.Stream, connection.Observation.Failure, connection.VantageFailure));
    }

    [Fact]
    public async Task A_proxy_whose_name_does_not_exist_is_the_vantage_s_fault()
    {
        var connection = await ConnectAsync(new Uri("http://proxy.test:3128/"), new FakeResolver());

        Assert.Equal((Failure.DnsNxdomain, "proxy: dns_nxdomain_error"), (connection.Observation.Failure, connection.VantageFailure));
    }

    [Fact]
    public async Task A_proxy_that_does_not_take_our_call_is_the_vantage_s_fault()
    {
        var line = new ProxyLine(new HttpTunnel(new ProxyDialer(new ProxyAddress(new Uri("http://192.0.2.7:3128/"), IsTrusted: false), new FakeResolver(), new FakeDialer().Fails("192.0.2.7", FakeDialer.Silence))), lookup: null, new ProbeOptions(), _clock);

        var connecting = line.ConnectAsync("site.test", address: null, 443, CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("proxy: generic_timeout_error", (await connecting).VantageFailure);
    }

    [Theory]
    [InlineData(false, "proxy: dns_bogon_error", 0)] // from the watch list
    [InlineData(true, null, 1)] // from settings
    public async Task A_proxy_in_our_own_network_is_only_dialled_if_the_settings_name_it(bool isTrusted, string? fault, int connections)
    {
        await using var proxy = RawServer.Answering("HTTP/1.1 200 OK\r\n\r\n");
        var address = new ProxyAddress(new Uri($"http://127.0.0.1:{proxy.Port}/"), isTrusted);

        var connection = await new ProxyLine(new HttpTunnel(new ProxyDialer(address, new FakeResolver(), new SocketDialer(AddressGuard.PublicOnly))), lookup: null, new ProbeOptions(), _clock)
            .ConnectAsync("site.test", address: null, 443, CancellationToken.None);

        Assert.Equal(fault, connection.VantageFailure);
        Assert.Equal(connections, proxy.Connections);
    }

    [Fact]
    public async Task Credentials_go_to_the_proxy_and_into_nothing_else()
    {
        await using var proxy = RawServer.Answering("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n");

        var connection = await ConnectAsync(new Uri($"http://user:p%40ss%3Aword@127.0.0.1:{proxy.Port}/"), new FakeResolver());

        var sent = Convert.ToBase64String(Encoding.UTF8.GetBytes("user:p@ss:word"));
        Assert.Contains($"\r\nProxy-Authorization: Basic {sent}\r\n", Assert.Single(proxy.Heads), StringComparison.Ordinal);
        Assert.DoesNotContain("user", JsonSerializer.Serialize(connection.Observation) + connection.VantageFailure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_resolver_of_its_own_the_line_leaves_names_to_the_proxy()
    {
        var line = new ProxyLine(new HttpTunnel(new ProxyDialer(new ProxyAddress(new Uri("http://127.0.0.1:1/"), IsTrusted: true), new FakeResolver().Knows("site.test", "192.0.2.7"), new FakeDialer())), lookup: null, new ProbeOptions(), _clock);

        Assert.Null(await line.ResolveAsync("site.test", CancellationToken.None));
    }

    private Task<LineConnection> ConnectAsync(RawServer proxy, string host = "site.test", IPAddress? address = null, int port = 443) =>
        ConnectAsync(new Uri($"http://127.0.0.1:{proxy.Port}/"), new FakeResolver(), host, address, port);

    private async Task<LineConnection> ConnectAsync(Uri proxy, IResolver resolver, string host = "site.test", IPAddress? address = null, int port = 443) =>
        await new ProxyLine(new HttpTunnel(new ProxyDialer(new ProxyAddress(proxy, IsTrusted: false), resolver, new SocketDialer(AddressGuard.PublicAndLoopback))), lookup: null, new ProbeOptions(), _clock)
            .ConnectAsync(host, address, port, CancellationToken.None);
}
