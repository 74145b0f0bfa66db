using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using Monitoring.Blocking;
using Monitoring.Blocking.Probing;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking.Probing;

public sealed class TlsProbeTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestClock _clock = new();

    [Fact]
    public async Task A_good_certificate_has_no_failure_and_leaves_its_chain()
    {
        var options = _authority.For("site.test");
        await using var server = RawServer.Encrypted(options, SayHelloAsync);

        var seen = await HandshakeAsync(server, "site.test");

        Assert.Equal((null, null), (seen.Failure, seen.CertificateFailure));
        Assert.Equal(["CN=site.test", "CN=Test Intermediate", "CN=Test Root"], seen.Chain.Select(certificate => certificate.Subject));
        Assert.Equal(["CN=Test Intermediate", "CN=Test Root", "CN=Test Root"], seen.Chain.Select(certificate => certificate.Issuer));
    }

    [Fact]
    public async Task The_leaf_is_noted_by_hash_and_days()
    {
        var options = _authority.For("site.test");
        await using var server = RawServer.Encrypted(options, SayHelloAsync);

        var leaf = (await HandshakeAsync(server, "site.test")).Chain[0];

        var sent = options.ServerCertificateContext!.TargetCertificate;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(sent.RawData)), leaf.Sha256);
        Assert.Equal((sent.NotBefore.ToUniversalTime(), sent.NotAfter.ToUniversalTime()), (leaf.NotBefore.UtcDateTime, leaf.NotAfter.UtcDateTime));
    }

    [Theory]
    [InlineData(60_000, null)]
    [InlineData(1_000_000, Failure.SslFailedHandshake)]
    public async Task A_certificate_of_any_size_ends_in_an_observation(int padding, string? failure)
    {
        await using var server = RawServer.Encrypted(_authority.For("site.test", padding: padding), SayHelloAsync);

        var seen = await HandshakeAsync(server, "site.test");

        Assert.Equal(failure, seen.Failure);
    }

    [Fact]
    public async Task No_handshake_resumes_an_earlier_one_so_each_sees_the_server_s_own_chain()
    {
        const ushort preSharedKey = 41;
        await using var server = RawServer.Encrypted(_authority.For("site.test"), SayHelloAsync);
        var hellos = new List<byte[]>();
        await using var wire = new RawServer(async (stream, token) =>
        {
            hellos.Add(await RawServer.ReadClientHelloAsync(stream, token));
            using var inner = await ConnectAsync(server);
            await inner.GetStream().WriteAsync(hellos[^1], token);
            await Task.WhenAny(inner.GetStream().CopyToAsync(stream, token), stream.CopyToAsync(inner.GetStream(), token));
        });

        await HandshakeAsync(wire, "site.test");
        var again = await HandshakeAsync(wire, "site.test");

        Assert.Equal(3, again.Chain.Count);
        Assert.Equal(2, hellos.Count);
        Assert.DoesNotContain(preSharedKey, Extensions(hellos[1]));
    }

    [Fact]
    public async Task An_authority_that_is_not_trusted_is_unknown_and_its_chain_is_noted()
    {
        using var foreign = new TestAuthority("Foreign");
        await using var server = RawServer.Encrypted(foreign.For("site.test"), SayHelloAsync);

        var seen = await HandshakeAsync(server, "site.test");

        Assert.Equal((null, Failure.SslUnknownAuthority), (seen.Failure, seen.CertificateFailure));
        Assert.Equal(["CN=site.test", "CN=Foreign Intermediate"], seen.Chain.Select(certificate => certificate.Subject).Take(2));
    }

    [Theory]
    [InlineData("site.test", "other.test", 0, Failure.SslInvalidHostname)] // a good certificate of another name
    [InlineData("site.test", "site.test", 1, Failure.SslInvalidCertificate)] // expired since yesterday
    [InlineData("site.test", "other.test", 1, Failure.SslInvalidHostname)] // both: the name is graver than the date
    [InlineData("site.test", "SITE.test", 0, null)] // names have no case
    [InlineData("xn--80akpk1e.test", "xn--80akpk1e.test", 0, null)] // IDN, as the probe asks
    [InlineData("*.site.test", "www.site.test", 0, null)]
    [InlineData("*.site.test", "site.test", 0, Failure.SslInvalidHostname)]
    public async Task What_is_wrong_with_a_certificate_is_named(string issuedFor, string asked, int daysExpired, string? expected)
    {
        await using var server = RawServer.Encrypted(_authority.For(issuedFor, daysExpired > 0 ? TimeSpan.FromDays(daysExpired) : null), SayHelloAsync);

        var seen = await HandshakeAsync(server, asked);

        Assert.Equal((null, expected), (seen.Failure, seen.CertificateFailure));
        Assert.Equal(asked, seen.ServerName);
    }

    [Fact]
    public async Task An_unknown_authority_is_graver_than_name_and_date()
    {
        using var foreign = new TestAuthority("Foreign");
        await using var server = RawServer.Encrypted(foreign.For("other.test", expiredSince: TimeSpan.FromDays(1)), SayHelloAsync);

        Assert.Equal(Failure.SslUnknownAuthority, (await HandshakeAsync(server, "site.test")).CertificateFailure);
    }

    [Fact]
    public async Task The_stream_carries_what_is_said_inside()
    {
        await using var server = RawServer.Encrypted(_authority.For("site.test"), SayHelloAsync);
        using var client = await ConnectAsync(server);

        var (stream, _) = await Probe().HandshakeAsync(client.GetStream(), "site.test", CancellationToken.None);

        await using (stream)
        {
            using var reader = new StreamReader(stream!);
            Assert.Equal("hello", await reader.ReadToEndAsync());
        }
    }

    [Fact]
    public async Task A_reset_after_the_ClientHello_is_a_reset()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadClientHelloAsync(stream, token);
            RawServer.Reset(stream);
        });

        Assert.Equal(Failure.ConnectionReset, (await HandshakeAsync(server, "site.test")).Failure);
    }

    [Fact]
    public async Task An_end_after_the_ClientHello_is_an_eof()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadClientHelloAsync(stream, token);
        });

        Assert.Equal(Failure.Eof, (await HandshakeAsync(server, "site.test")).Failure);
    }

    [Fact]
    public async Task Silence_after_the_ClientHello_times_out()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = RawServer.Silent(asked);

        var handshake = HandshakeAsync(server, "site.test");
        await asked.Task;
        _clock.Advance(TimeSpan.FromSeconds(10));

        var seen = await handshake;
        Assert.Equal((Failure.Timeout, 10_000.0), (seen.Failure, seen.Milliseconds));
        Assert.Empty(seen.Chain);
    }

    [Fact]
    public async Task A_server_that_speaks_plain_HTTP_fails_the_handshake()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadClientHelloAsync(stream, token);
            await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), token);
        });

        Assert.Equal(Failure.SslFailedHandshake, (await HandshakeAsync(server, "site.test")).Failure);
    }

    [Fact]
    public async Task A_server_without_a_common_protocol_fails_the_handshake()
    {
        var options = _authority.For("site.test");
        options.ApplicationProtocols = [new SslApplicationProtocol("other/1")];
        await using var server = RawServer.Encrypted(options, SayHelloAsync);

        Assert.Equal(Failure.SslFailedHandshake, (await HandshakeAsync(server, "site.test")).Failure);
    }

    [Fact]
    public async Task Our_own_end_is_not_noted_as_the_site_s()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = RawServer.Silent(asked);
        using var client = await ConnectAsync(server);
        using var stop = new CancellationTokenSource();

        var handshake = Probe().HandshakeAsync(client.GetStream(), "site.test", stop.Token);
        await asked.Task;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => handshake);
    }

    public void Dispose() => _authority.Dispose();

    private static async Task SayHelloAsync(SslStream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("hello"u8.ToArray(), cancellationToken);
        await stream.ShutdownAsync();
        await stream.CopyToAsync(Stream.Null, cancellationToken);
    }

    /// <summary>The types of a ClientHello's extensions.</summary>
    private static List<ushort> Extensions(byte[] hello)
    {
        var at = 5 + 4 + 2 + 32;
        at += 1 + hello[at];
        at += 2 + BinaryPrimitives.ReadUInt16BigEndian(hello.AsSpan(at));
        at += 1 + hello[at];
        var types = new List<ushort>();
        for (at += 2; at < hello.Length; at += 4 + BinaryPrimitives.ReadUInt16BigEndian(hello.AsSpan(at + 2)))
        {
            types.Add(BinaryPrimitives.ReadUInt16BigEndian(hello.AsSpan(at)));
        }

        return types;
    }

    private static async Task<TcpClient> ConnectAsync(RawServer server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Endpoint);
        return client;
    }

    private TlsProbe Probe() => new(TrustPolicy.Only(_authority.Root), new ProbeOptions(), _clock);

    /// <summary>One handshake, and all that is said inside, so that session tickets arrive too.</summary>
    private async Task<TlsObservation> HandshakeAsync(RawServer server, string host)
    {
        using var client = await ConnectAsync(server);
        var (stream, observation) = await Probe().HandshakeAsync(client.GetStream(), host, CancellationToken.None);
        if (stream is not null)
        {
            await using (stream)
            {
                await stream.CopyToAsync(Stream.Null);
            }
        }

        Assert.Equal(stream is null, observation.Failure is not null);
        return observation;
    }
}
