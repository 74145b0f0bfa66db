using System.Net;
using System.Net.Sockets;

namespace Monitoring.Network;

/// <summary>Opens TCP connections: the seam to the outside world.</summary>
public interface IDialer
{
    /// <summary>Connects to an address that the guard was asked about.</summary>
    /// <exception cref="NetworkFailureException">The guard refuses the address (<c>dns_bogon_error</c>), or the connection failed.</exception>
    Task<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken);

    /// <summary>Connects to an address from settings, which the guard does not judge.</summary>
    /// <inheritdoc cref="ConnectAsync"/>
    Task<Stream> ConnectTrustedAsync(IPEndPoint endpoint, CancellationToken cancellationToken);
}

/// <summary>Real sockets, and the guard before each of them.</summary>
public sealed class SocketDialer(AddressGuard guard) : IDialer
{
    public Task<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken) =>
        guard.Allows(endpoint.Address) ? ConnectTrustedAsync(endpoint, cancellationToken) : throw new NetworkFailureException(Failure.DnsBogon);

    public async Task<Stream> ConnectTrustedAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw new NetworkFailureException(FailureClassifier.Classify(failure), failure);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }
}
