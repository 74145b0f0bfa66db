using Monitoring.Blocking;
using Monitoring.Blocking.Probing;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking.Probing;

/// <summary>Tries and contrasts against real sockets: a server on loopback that hinders one name, as a filter does.</summary>
public sealed class CheckPlanTests : IDisposable
{
    private const string Neutral = "canary.test";
    private static readonly byte[] UnrecognizedName = [0x15, 3, 3, 0, 2, 2, 112];

    private readonly TestAuthority _authority = new();
    private readonly FakeResolver _names = new FakeResolver().Knows("site.test", "127.0.0.1").Knows(Neutral, "127.0.0.1");

    [Fact]
    public async Task A_connection_that_is_lost_once_is_made_again_and_the_first_try_is_told()
    {
        var asked = 0;
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadHeadAsync(stream, token);
            if (Interlocked.Increment(ref asked) == 1)
            {
                RawServer.Reset(stream);
                return;
            }

            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray(), token);
        });

        var measurement = await MeasureAsync("http", server);

        Assert.Null(measurement.Last.Failed);
        Assert.Equal((Layer.Http, Failure.ConnectionReset), (Assert.Single(measurement.Attempts).Failed, measurement.Attempts[0].Failure));
        Assert.Empty(measurement.Contrasts);
    }

    [Fact]
    public async Task A_request_that_is_always_reset_is_tried_three_times_and_a_harmless_host_is_asked_for()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            if ((await RawServer.ReadHeadAsync(stream, token)).Contains("Host: site.test", StringComparison.Ordinal))
            {
                RawServer.Reset(stream);
                return;
            }

            await stream.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), token);
        });

        var measurement = await MeasureAsync("http", server);

        var contrast = Assert.Single(measurement.Contrasts);
        Assert.Equal((ContrastKind.NeutralHost, Neutral, null, 404), (contrast.Kind, contrast.Name, contrast.Failure, contrast.Status));
        Assert.Equal((2, 4), (measurement.Attempts.Count, server.Connections));
    }

    [Fact]
    public async Task A_handshake_that_is_reset_at_one_name_is_contrasted_with_a_harmless_one_and_another_address()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            var hello = await RawServer.ReadClientHelloAsync(stream, token);
            if (hello.AsSpan().IndexOf("site.test"u8) >= 0)
            {
                RawServer.Reset(stream);
                return;
            }

            await stream.WriteAsync(UnrecognizedName, token);
        });

        var measurement = await MeasureAsync("https", server, elsewhere: "127.0.0.2");

        Assert.Equal((Layer.Tls, Failure.ConnectionReset), measurement.Last.Failed);
        Assert.Equal(
            [(ContrastKind.NeutralServerName, Neutral, Layer.Tls, Failure.SslFailedHandshake), (ContrastKind.SameServerNameElsewhere, "site.test", Layer.Tcp, Failure.ConnectionRefused)],
            measurement.Contrasts.Select(contrast => (contrast.Kind, contrast.Name, contrast.Failed!.Value, contrast.Failure)));
    }

    [Fact]
    public async Task Without_anything_to_contrast_with_nothing_more_is_asked()
    {
        await using var server = new RawServer((stream, _) =>
        {
            RawServer.Reset(stream);
            return Task.CompletedTask;
        });

        var measurement = await MeasureAsync("http", server, hasCanary: false);

        Assert.Equal((2, 0, 3), (measurement.Attempts.Count, measurement.Contrasts.Count, server.Connections));
        Assert.Equal(Failure.ConnectionReset, measurement.Last.Failed!.Value.Failure);
    }

    [Fact]
    public async Task All_tries_and_contrasts_share_one_budget_of_connections()
    {
        await using var server = new RawServer((stream, _) =>
        {
            RawServer.Reset(stream);
            return Task.CompletedTask;
        });

        var measurement = await MeasureAsync("http", server, connections: 2);

        Assert.Equal((1, 2), (measurement.Attempts.Count, server.Connections));
    }

    public void Dispose() => _authority.Dispose();

    private async Task<Measurement> MeasureAsync(string scheme, RawServer server, string? elsewhere = null, bool hasCanary = true, int connections = 20)
    {
        var options = new ProbeOptions { RetryPause = TimeSpan.FromMilliseconds(1), MaxConnections = connections };
        var time = TimeProvider.System;
        var line = new DirectLine(new Lookup(_names, AddressGuard.PublicAndLoopback, options, time), others: [], new SocketDialer(AddressGuard.PublicAndLoopback), options, time);
        var plan = new CheckPlan(new TlsProbe(TrustPolicy.Only(_authority.Root), options, time), new HttpProbe(options, time), options, time);
        var against = hasCanary ? new Against(Neutral, new Uri($"http://{Neutral}/"), () => Task.FromResult<IReadOnlyList<string>>(elsewhere is null ? [] : [elsewhere])) : null;
        var target = new Target("site-1", new Uri($"{scheme}://site.test:{server.Port}/"), "vantage-1", "AS64500");
        return (await plan.MeasureAsync(target, line, against, CancellationToken.None)).Measurement;
    }
}
