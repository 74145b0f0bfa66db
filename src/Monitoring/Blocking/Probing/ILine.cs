using System.Net;

namespace Monitoring.Blocking.Probing;

/// <summary>A connection attempt: the stream if it succeeded, and what is noted of it in any case.</summary>
public sealed record LineConnection(Stream? Stream, TcpObservation Observation, string? VantageFailure);

/// <summary>How a vantage reaches the network: directly, or through a proxy. It records; nothing it meets is thrown.</summary>
public interface ILine
{
    /// <summary>The vantage's view of a name; null if this line leaves resolving to its far end.</summary>
    Task<DnsObservation?> ResolveAsync(string host, CancellationToken cancellationToken);

    /// <summary>What other resolvers, asked from here, say of a name; nothing from lines that cannot ask them.</summary>
    Task<IReadOnlyList<DnsObservation>> AskOthersAsync(string host, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DnsObservation>>([]);

    /// <summary>Connects to an address, or where the line resolves at its far end (<paramref name="address"/> null), to the name.</summary>
    Task<LineConnection> ConnectAsync(string host, IPAddress? address, int port, CancellationToken cancellationToken);
}
