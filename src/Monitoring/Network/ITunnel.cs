using System.Net;

namespace Monitoring.Network;

/// <summary>What a proxy said of one connection that it was asked for.</summary>
/// <param name="Failure">What the target met, an OONI failure string; null if the tunnel is open.</param>
/// <param name="Status">Of an HTTP proxy; null from others, and if it said no HTTP.</param>
/// <param name="Fault">What is our own fault or the proxy's, and says nothing of the target; null if the refusal may be about the target.</param>
public sealed record TunnelAnswer(string? Failure, int? Status, string? Fault);

/// <summary>Connections through a proxy, one each.</summary>
public interface ITunnel
{
    /// <summary>A connection to the proxy, with no tunnel yet.</summary>
    /// <exception cref="NetworkFailureException">The proxy cannot be reached.</exception>
    Task<Stream> DialAsync(CancellationToken cancellationToken);

    /// <summary>Asks for the tunnel; if there was no failure the stream is the target's.</summary>
    /// <param name="address">Null: the proxy resolves the host.</param>
    /// <exception cref="IOException">The connection ended.</exception>
    Task<TunnelAnswer> OpenAsync(Stream stream, string host, IPAddress? address, int port, CancellationToken cancellationToken);
}

/// <summary>Dials a proxy by its name or address.</summary>
/// <param name="resolver">Of the proxy's own name.</param>
public sealed class ProxyDialer(ProxyAddress proxy, IResolver resolver, IDialer dialer)
{
    public ProxyAddress Proxy => proxy;

    /// <exception cref="NetworkFailureException">The proxy cannot be reached.</exception>
    public async Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        var answer = await resolver.ResolveAsync(proxy.Address.IdnHost, cancellationToken);
        if (answer.Addresses.Count == 0)
        {
            throw new NetworkFailureException(answer.Failure ?? Failure.DnsNoAnswer);
        }

        var endpoint = new IPEndPoint(answer.Addresses[0], proxy.Address.Port);
        return await (proxy.IsTrusted ? dialer.ConnectTrustedAsync(endpoint, cancellationToken) : dialer.ConnectAsync(endpoint, cancellationToken));
    }
}
