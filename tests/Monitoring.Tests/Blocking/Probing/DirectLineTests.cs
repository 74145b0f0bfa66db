using System.Net;
using System.Net.Sockets;
using Monitoring.Blocking;
using Monitoring.Blocking.Probing;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking.Probing;

public sealed class DirectLineTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task A_connection_is_noted_with_its_endpoint()
    {
        await using var server = RawServer.Answering("hello");

        var connection = await Line(new SocketDialer(AddressGuard.PublicAndLoopback)).ConnectAsync("site.test", IPAddress.Loopback, server.Port, CancellationToken.None);

        await using var stream = connection.Stream;
        Assert.Equal(new TcpObservation($"127.0.0.1:{server.Port}", Failure: null, ProxyStatus: null, 0), connection.Observation);
        Assert.Null(connection.VantageFailure);
        Assert.NotNull(stream);
    }

    [Fact]
    public async Task A_closed_port_refuses()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var connection = await Line(new SocketDialer(AddressGuard.PublicAndLoopback))
            .ConnectAsync("site.test", IPAddress.Loopback, ((IPEndPoint)closed.LocalEndPoint!).Port, CancellationToken.None);

        Assert.Equal((null, Failure.ConnectionRefused, null), (connection.Stream, connection.Observation.Failure, connection.VantageFailure));
    }

    [Fact]
    public async Task An_address_that_does_not_answer_times_out_after_ten_seconds()
    {
        var connecting = Line(new FakeDialer().Fails("192.0.2.7", FakeDialer.Silence)).ConnectAsync("site.test", IPAddress.Parse("192.0.2.7"), 443, CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(new TcpObservation("192.0.2.7:443", Failure.Timeout, ProxyStatus: null, 10_000), (await connecting).Observation);
    }

    [Fact]
    public async Task An_address_that_the_guard_refuses_is_not_dialled()
    {
        await using var server = RawServer.Answering("hello");

        var connection = await Line(new SocketDialer(AddressGuard.PublicOnly)).ConnectAsync("site.test", IPAddress.Loopback, server.Port, CancellationToken.None);

        Assert.Equal((null, Failure.DnsBogon), (connection.Stream, connection.Observation.Failure));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task An_IPv6_endpoint_is_noted_in_brackets()
    {
        var dialer = new FakeDialer().Fails("2001:4860::1", Failure.NetworkUnreachable);

        var connection = await Line(dialer).ConnectAsync("site.test", IPAddress.Parse("2001:4860::1"), 443, CancellationToken.None);

        Assert.Equal(("[2001:4860::1]:443", Failure.NetworkUnreachable), (connection.Observation.Endpoint, connection.Observation.Failure));
    }

    [Fact]
    public async Task Our_own_end_is_not_noted_as_the_site_s()
    {
        using var stop = new CancellationTokenSource();
        var connecting = Line(new FakeDialer().Fails("192.0.2.7", FakeDialer.Silence)).ConnectAsync("site.test", IPAddress.Parse("192.0.2.7"), 443, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Fact]
    public async Task Bogons_among_the_addresses_are_told_apart()
    {
        var resolver = new FakeResolver().Knows("site.test", "93.184.216.34", "10.10.34.34", "93.184.216.34", "::1");

        var seen = await Line(new FakeDialer(), resolver).ResolveAsync("site.test", CancellationToken.None);

        Assert.Equal(["93.184.216.34", "10.10.34.34", "::1"], seen!.Addresses);
        Assert.Equal(["10.10.34.34", "::1"], seen.Bogons);
        Assert.Equal(("fake", null), (seen.Resolver, seen.Failure));
    }

    [Fact]
    public async Task A_name_s_failure_is_noted()
    {
        var seen = await Line(new FakeDialer(), new FakeResolver().Fails("site.test", Failure.DnsServfail)).ResolveAsync("site.test", CancellationToken.None);

        Assert.Equal(Failure.DnsServfail, seen!.Failure);
        Assert.Empty(seen.Addresses);
    }

    [Fact]
    public async Task A_resolver_that_does_not_answer_times_out_after_four_seconds()
    {
        var resolving = Line(new FakeDialer(), new FakeResolver().IsSilentAt("site.test")).ResolveAsync("site.test", CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(4));

        var seen = await resolving;
        Assert.Equal((Failure.Timeout, 4000.0), (seen!.Failure, seen.Milliseconds));
    }

    private DirectLine Line(IDialer dialer, IResolver? resolver = null)
    {
        var options = new ProbeOptions();
        return new DirectLine(new Lookup(resolver ?? new FakeResolver(), AddressGuard.PublicOnly, options, _clock), others: [], dialer, options, _clock);
    }
}
