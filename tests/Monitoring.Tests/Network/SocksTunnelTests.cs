using System.Net;
using Monitoring.Blocking;
using Monitoring.Blocking.Probing;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Network;

/// <summary>SOCKS5 against a server on loopback that answers byte by byte what a test says.</summary>
public sealed class SocksTunnelTests
{
    private static readonly byte[] Welcome = [5, 0];
    private static readonly byte[] Done = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0];

    private readonly List<byte[]> _asked = [];

    [Fact]
    public async Task A_name_is_given_as_a_name_and_what_follows_belongs_to_the_tunnel()
    {
        await using var server = Answering(Welcome, [.. Done, .. "first bytes"u8]);

        var connection = await ConnectAsync(server, "site.test", address: null);

        Assert.Equal([[5, 1, 0], [5, 1, 0, 3, 9, .. "site.test"u8, 1, 187]], _asked);
        using var reader = new StreamReader(connection.Stream!);
        Assert.Equal("first bytes", await reader.ReadToEndAsync());
        Assert.Equal(("site.test:443", null), (connection.Observation.Endpoint, connection.Observation.Failure));
    }

    [Fact]
    public async Task An_address_is_given_as_an_address()
    {
        await using var server = Answering(Welcome, Done);
        await using var other = Answering(Welcome, Done);

        await ConnectAsync(server, "site.test", IPAddress.Parse("93.184.216.34"));
        await ConnectAsync(other, "site.test", IPAddress.Parse("2001:4860::1"));

        Assert.Equal([5, 1, 0, 1, 93, 184, 216, 34, 1, 187], _asked[1]);
        Assert.Equal([5, 1, 0, 4, 0x20, 1, 0x48, 0x60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 187], _asked[3]);
    }

    [Theory]
    [InlineData(1, Failure.ConnectionAborted, null)]
    [InlineData(2, Failure.ConnectionRefused, "proxy: SOCKS 2")]
    [InlineData(3, Failure.NetworkUnreachable, null)]
    [InlineData(4, Failure.HostUnreachable, null)]
    [InlineData(5, Failure.ConnectionRefused, null)]
    [InlineData(6, Failure.Timeout, null)]
    [InlineData(7, Failure.ConnectionRefused, "proxy: SOCKS 7")]
    [InlineData(8, Failure.ConnectionRefused, "proxy: SOCKS 8")]
    [InlineData(99, Failure.ConnectionRefused, "proxy: SOCKS 99")]
    public async Task Replies_are_named_as_OONI_names_what_they_stand_for(byte code, string failure, string? fault)
    {
        await using var server = Answering(Welcome, [5, code, 0, 1, 0, 0, 0, 0, 0, 0]);

        var connection = await ConnectAsync(server, "site.test", address: null);

        Assert.Null(connection.Stream);
        Assert.Equal((failure, fault), (connection.Observation.Failure, connection.VantageFailure));
    }

    [Fact]
    public async Task User_name_and_password_are_given_when_asked_for()
    {
        await using var server = Answering([5, 2], [1, 0], Done);

        var connection = await ConnectAsync(server, "site.test", address: null, "user:p%40ss@");

        Assert.NotNull(connection.Stream);
        Assert.Equal([[5, 2, 0, 2], [1, 4, .. "user"u8, 4, .. "p@ss"u8]], _asked.Take(2));
        await connection.Stream.DisposeAsync();
    }

    [Theory]
    [InlineData(new byte[] { 5, 255 }, null, "proxy: SOCKS sign-in")]
    [InlineData(new byte[] { 5, 2 }, new byte[] { 1, 1 }, "proxy: SOCKS sign-in")]
    [InlineData(new byte[] { 4, 0 }, null, "proxy: no SOCKS5")]
    [InlineData(new byte[] { (byte)'H', (byte)'T' }, null, "proxy: no SOCKS5")]
    [InlineData(new byte[] { 5, 0 }, new byte[] { 5, 0, 0, 9 }, "proxy: no SOCKS5")]
    [InlineData(new byte[] { 5, 0 }, new byte[] { 9, 0, 0, 1 }, "proxy: no SOCKS5")]
    public async Task A_proxy_that_turns_us_away_or_is_none_is_the_vantage_s_fault(byte[] first, byte[]? second, string fault)
    {
        await using var server = Answering(second is null ? [first] : [first, second]);

        Assert.Equal(fault, (await ConnectAsync(server, "site.test", address: null, "user:secret@")).VantageFailure);
    }

    [Theory]
    [InlineData(new byte[] { 5 })]
    [InlineData(new byte[] { })]
    public async Task A_proxy_that_hangs_up_is_the_end_of_the_connection(byte[] first)
    {
        await using var server = Answering(first);

        Assert.Equal(Failure.Eof, (await ConnectAsync(server, "site.test", address: null)).Observation.Failure);
    }

    [Fact]
    public async Task A_bound_name_of_any_length_is_skipped()
    {
        await using var server = Answering(Welcome, [5, 0, 0, 3, 255, .. Enumerable.Repeat((byte)'a', 255), 0, 80, .. "x"u8]);

        var connection = await ConnectAsync(server, "site.test", address: null);

        Assert.Equal('x', connection.Stream!.ReadByte());
        await connection.Stream.DisposeAsync();
    }

    private RawServer Answering(params byte[][] answers) => new(async (stream, token) =>
    {
        foreach (var answer in answers)
        {
            var buffer = new byte[1024];
            var length = await stream.ReadAsync(buffer, token);
            _asked.Add(buffer[..length]);
            await stream.WriteAsync(answer, token);
        }
    });

    private static async Task<LineConnection> ConnectAsync(RawServer server, string host, IPAddress? address, string user = "")
    {
        var proxy = new ProxyAddress(new Uri($"socks5h://{user}127.0.0.1:{server.Port}"), IsTrusted: true);
        var line = new ProxyLine(
            new SocksTunnel(new ProxyDialer(proxy, new FakeResolver(), new SocketDialer(AddressGuard.PublicOnly))), lookup: null, new ProbeOptions(), TimeProvider.System);
        return await line.ConnectAsync(host, address, 443, CancellationToken.None);
    }
}
