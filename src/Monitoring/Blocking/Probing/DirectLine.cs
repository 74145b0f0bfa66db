using System.Net;
using Monitoring.Network;

namespace Monitoring.Blocking.Probing;

/// <summary>From the machine we run on.</summary>
/// <param name="others">Resolvers that are asked where the own one fails.</param>
internal sealed class DirectLine(Lookup lookup, IReadOnlyList<Lookup> others, IDialer dialer, ProbeOptions options, TimeProvider time) : ILine
{
    public async Task<DnsObservation?> ResolveAsync(string host, CancellationToken cancellationToken) => await lookup.ResolveAsync(host, cancellationToken);

    public async Task<IReadOnlyList<DnsObservation>> AskOthersAsync(string host, CancellationToken cancellationToken) =>
        await Task.WhenAll(others.Select(other => other.ResolveAsync(host, cancellationToken)));

    public async Task<LineConnection> ConnectAsync(string host, IPAddress? address, int port, CancellationToken cancellationToken)
    {
        var endpoint = new IPEndPoint(address ?? throw new ArgumentNullException(nameof(address)), port);
        var started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(options.TcpTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return new LineConnection(await dialer.ConnectAsync(endpoint, both.Token), Observe(Failure: null), VantageFailure: null);
        }
        catch (Exception failure) when (failure is NetworkFailureException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new LineConnection(Stream: null, Observe(FailureClassifier.Classify(failure)), VantageFailure: null);
        }

        TcpObservation Observe(string? Failure) => new(endpoint.ToString(), Failure, ProxyStatus: null, time.GetElapsedTime(started).TotalMilliseconds);
    }
}
