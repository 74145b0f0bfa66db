using System.Net;
using Monitoring.Network;

namespace Monitoring.Fetching;

/// <summary>What a connection showed about itself while it was made.</summary>
internal sealed class ConnectionFacts
{
    public static readonly HttpRequestOptionsKey<ConnectionFacts> Key = new("connection");

    /// <summary>The server's address; of a tunnel the one that was asked for.</summary>
    public IPAddress? Peer { get; set; }

    public string? TlsLeafSha256 { get; set; }
}

/// <summary>
/// Connects to the addresses of a name in order; the failure of the last one is the failure of the request. Through a tunnel the name is resolved here
/// too, so that the guard judges the address before the proxy dials it in its own network.
/// </summary>
internal sealed class Connector(IResolver resolver, IDialer dialer, AddressGuard guard, HttpTunnel? tunnel)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var answer = await resolver.ResolveAsync(context.DnsEndPoint.Host, cancellationToken);
        var failure = new NetworkFailureException(answer.Failure ?? Failure.DnsNoAnswer);
        foreach (var address in answer.Addresses)
        {
            try
            {
                var endpoint = new IPEndPoint(address, context.DnsEndPoint.Port);
                var stream = await (tunnel is null ? dialer.ConnectAsync(endpoint, cancellationToken) : OpenTunnelAsync(tunnel, endpoint, cancellationToken));
                if (context.InitialRequestMessage.Options.TryGetValue(ConnectionFacts.Key, out var facts))
                {
                    facts.Peer = address;
                }

                return stream;
            }
            catch (NetworkFailureException next)
            {
                failure = next;
            }
        }

        throw failure;
    }

    private async Task<Stream> OpenTunnelAsync(HttpTunnel through, IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        if (!guard.Allows(endpoint.Address))
        {
            throw new NetworkFailureException(Failure.DnsBogon);
        }

        Stream stream;
        try
        {
            stream = await through.DialAsync(cancellationToken);
        }
        catch (NetworkFailureException unreachable)
        {
            throw new NetworkFailureException($"proxy: {unreachable.Failure}");
        }

        try
        {
            var status = await through.OpenAsync(stream, endpoint.ToString(), cancellationToken);
            return status is >= 200 and < 300 ? stream : throw new NetworkFailureException(HttpTunnel.Fault(status) ?? HttpTunnel.Named(status));
        }
        catch (Exception failed)
        {
            await stream.DisposeAsync();
            if (failed is IOException and not NetworkFailureException)
            {
                throw new NetworkFailureException(FailureClassifier.Classify(failed), failed);
            }

            throw;
        }
    }
}
