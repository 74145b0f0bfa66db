using System.Net;
using Monitoring.Network;

namespace Monitoring.Blocking.Probing;

/// <summary>
/// Through a proxy: every connection is a tunnel. With a resolver of the vantage's own network, or a SOCKS proxy that leaves names to us, names are
/// resolved here and the tunnel goes to the address; without, the proxy resolves.
/// </summary>
internal sealed class ProxyLine(ITunnel proxy, Lookup? lookup, ProbeOptions options, TimeProvider time) : ILine
{
    public async Task<DnsObservation?> ResolveAsync(string host, CancellationToken cancellationToken) =>
        lookup is null ? null : await lookup.ResolveAsync(host, cancellationToken);

    public async Task<LineConnection> ConnectAsync(string host, IPAddress? address, int port, CancellationToken cancellationToken)
    {
        var target = HttpTunnel.TargetOf(host, address, port);
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
            var answer = await proxy.OpenAsync(tunnel, host, address, port, both.Token);
            if (answer.Failure is null)
            {
                return new LineConnection(tunnel, Observe(failure: null, answer.Status), VantageFailure: null);
            }

            await tunnel.DisposeAsync();
            return new LineConnection(Stream: null, Observe(answer.Failure, answer.Status), answer.Fault);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            await tunnel.DisposeAsync();
            return new LineConnection(Stream: null, Observe(FailureClassifier.Classify(failure), status: null), VantageFailure: null);
        }

        TcpObservation Observe(string? failure, int? status) => new(target, failure, status, time.GetElapsedTime(started).TotalMilliseconds);
    }
}
