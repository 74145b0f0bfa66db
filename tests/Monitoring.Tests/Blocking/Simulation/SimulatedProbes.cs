using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Monitoring.Blocking;
using Monitoring.Blocking.Probing;
using Monitoring.Network;

namespace Monitoring.Tests.Blocking.Simulation;

/// <summary>A connection of the simulation: it only knows where it leads.</summary>
internal sealed class SimulatedStream(SimulatedNetwork network, string address) : MemoryStream
{
    public SimulatedNetwork Network => network;

    public string Address => address;
}

/// <summary>A vantage's line into the simulated network. What takes time takes it on the scenario's clock.</summary>
internal sealed class SimulatedLine(SimulatedNetwork network, TimeProvider time) : ILine
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    public Task<DnsObservation?> ResolveAsync(string host, CancellationToken cancellationToken) => Task.FromResult<DnsObservation?>(
        network.Conditions.Line is LineKind.Direct or LineKind.SocksLocalDns ? network.Resolve(host, "system", network.Conditions.Dns) : null);

    public Task<IReadOnlyList<DnsObservation>> AskOthersAsync(string host, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DnsObservation>>(
        network.Conditions.Line is LineKind.Direct ? [network.Resolve(host, "udp 9.9.9.9:53", network.Conditions.PublicDns)] : []);

    public async Task<LineConnection> ConnectAsync(string host, IPAddress? address, int port, CancellationToken cancellationToken)
    {
        // At the far end of a proxy the vantage's own resolver answers.
        var far = address?.ToString() ?? (network.Resolve(host, "far", network.Conditions.Dns).Addresses is [var first, ..] ? first : null);
        var target = address is null ? string.Create(CultureInfo.InvariantCulture, $"{host}:{port}") : new IPEndPoint(address, port).ToString();
        if (network.Conditions.Proxy is { } status)
        {
            return new LineConnection(null, new TcpObservation(target, HttpTunnel.Named(status), status, 5), HttpTunnel.Fault(status));
        }

        var failure = network.Conditions.Refuses.GetValueOrDefault(host) ?? (far is null ? Failure.HostUnreachable : network.ConnectionFailure(far));
        if (failure is null)
        {
            return new LineConnection(new SimulatedStream(network, far!), new TcpObservation(target, null, StatusOf(null), 10), null);
        }

        await Wait.ForAsync(failure, ConnectTimeout, time, cancellationToken);
        return new LineConnection(null, new TcpObservation(target, failure, StatusOf(failure), failure is Failure.Timeout ? ConnectTimeout.TotalMilliseconds : 10), null);
    }

    private int? StatusOf(string? failure) => network.Conditions.Line is not LineKind.HttpProxy ? null : failure switch
    {
        null => 200,
        Failure.Timeout => 504,
        _ => 502,
    };
}

internal sealed class SimulatedTls(TimeProvider time) : ITlsProbe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public async Task<(Stream? Stream, TlsObservation Observation)> HandshakeAsync(Stream stream, string host, CancellationToken cancellationToken)
    {
        var connection = (SimulatedStream)stream;
        var met = connection.Network.Handshake(host, connection.Address);
        if (met.Failure is { } failure)
        {
            await Wait.ForAsync(failure, Timeout, time, cancellationToken);
            return (null, new TlsObservation(host, failure, null, [], met.Milliseconds));
        }

        var leaf = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(connection.Network.Leaf(host, connection.Address))));
        var now = time.GetUtcNow();
        var certificate = new CertificateFacts(leaf, $"CN={host}", met.Issuer, now.AddDays(-30), now.AddDays(30)) { RsaExponent = met.RsaExponent, Extensions = met.Extensions };

        // A vantage whose clock is wrong takes good certificates for ones of another time.
        var fault = met.Certificate ?? (Math.Abs(connection.Network.Conditions.ClockHours) > 24 ? Failure.SslInvalidCertificate : null);
        return (stream, new TlsObservation(host, null, fault, [certificate], met.Milliseconds));
    }
}

internal sealed class SimulatedHttp(TimeProvider time) : IHttpProbe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    public async Task<(HttpObservation Observation, byte[] Body)> GetAsync(Stream stream, Uri url, CancellationToken cancellationToken)
    {
        var connection = (SimulatedStream)stream;
        var page = connection.Network.Get(url.IdnHost, connection.Address);
        if (page.Failure is { } failure)
        {
            await Wait.ForAsync(failure, Timeout, time, cancellationToken);
        }

        var came = page.Failure is null || page.Length > 0;
        var headers = (page.Headers ?? new Dictionary<string, string>()).Append(new("Content-Type", "text/html")).Append(new("Content-Length", "1"));
        if (page.Location is { } location)
        {
            headers = headers.Append(new("Location", location));
        }

        // The date is the server's own: a vantage whose clock is wrong sees it another.
        headers = headers.Append(new("Date", time.GetUtcNow().AddHours(-connection.Network.Conditions.ClockHours).ToString("r", CultureInfo.InvariantCulture)));
        var length = came ? Math.Min(page.Length, 512 * 1024) : 0;
        var observation = new HttpObservation(
            page.Failure,
            page.Failure is null ? page.Status : null,
            [.. headers],
            came && page.Failure is null ? page.Title : null,
            length,
            page.Length > 512 * 1024,
            length == 0 ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{page.Title}{page.Length}"))),
            page.FirstByte,
            page.FirstByte + 100)
        {
            Structure = page.Structure,
        };
        return (observation, Encoding.UTF8.GetBytes(page.Body));
    }
}

internal static class Wait
{
    /// <summary>A failure that is a silence takes as long as we wait for it.</summary>
    public static Task ForAsync(string failure, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken) =>
        failure is Failure.Timeout ? Task.Delay(timeout, time, cancellationToken) : Task.CompletedTask;
}
