using System.Globalization;
using System.Net;
using Monitoring.Network;

namespace Monitoring.Blocking.Probing;

/// <summary>
/// Through an HTTP proxy: every connection is a CONNECT tunnel (RFC 9110 section 9.3.6). With a resolver of the vantage's own network names are
/// resolved by it and the tunnel goes to the address; without, the proxy resolves.
/// </summary>
internal sealed class ProxyLine(HttpTunnel proxy, Lookup? lookup, ProbeOptions options, TimeProvider time) : ILine
{
    public async Task<DnsObservation?> ResolveAsync(string host, CancellationToken cancellationToken) =>
        lookup is null ? null : await lookup.ResolveAsync(host, cancellationToken);

    public async Task<LineConnection> ConnectAsync(string host, IPAddress? address, int port, CancellationToken cancellationToken)
    {
        var target = address is null && !IPAddress.TryParse(host, out address) ? string.Create(CultureInfo.InvariantCulture, $"{host}:{port}") : new IPEndPoint(address, port).ToString();
        var started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(options.TcpTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        Stream? tunnel = null;
        try
        {
            tunnel = await proxy.DialAsync(both.Token);
        }
        catch (Exception failure) when (failure is NetworkFailureException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            var why = FailureClassifier.Classify(failure);
            return new LineConnection(Stream: null, Observe(why, status: null), VantageFailure: $"proxy: {why}");
        }

        try
        {
            var status = await proxy.OpenAsync(tunnel, target, both.Token);
            if (status is >= 200 and < 300)
            {
                return new LineConnection(tunnel, Observe(failure: null, status), VantageFailure: null);
            }

            await tunnel.DisposeAsync();
            return new LineConnection(Stream: null, Observe(HttpTunnel.Named(status), status), HttpTunnel.Fault(status));
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            await tunnel.DisposeAsync();
            return new LineConnection(Stream: null, Observe(FailureClassifier.Classify(failure), status: null), VantageFailure: null);
        }

        TcpObservation Observe(string? failure, int? status) => new(target, failure, status, time.GetElapsedTime(started).TotalMilliseconds);
    }
}
