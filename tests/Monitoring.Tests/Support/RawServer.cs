using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Monitoring.Tests.Support;

/// <summary>A TCP server on loopback that does to every connection what a test says, however rude that is.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _served = [];
    private readonly Func<NetworkStream, CancellationToken, Task> _serve;
    private readonly Task _loop;
    private int _connections;

    public RawServer(Func<NetworkStream, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndpoint;

    public int Port => Endpoint.Port;

    public int Connections => _connections;

    /// <summary>Heads of the requests that were answered with a fixed text.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    /// <summary>Reads a request's head, sends the text and closes.</summary>
    public static RawServer Answering(string answer) => Answering(Encoding.Latin1.GetBytes(answer));

    public static RawServer Answering(byte[] answer)
    {
        RawServer? server = null;
        server = new RawServer(async (stream, token) =>
        {
            server!.Heads.Enqueue(await ReadHeadAsync(stream, token));
            await stream.WriteAsync(answer, token);
        });
        return server;
    }

    /// <summary>Reads the first bytes, says so, and then nothing until the test ends.</summary>
    public static RawServer Silent(TaskCompletionSource asked) => new(async (stream, token) =>
    {
        await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, token);
        asked.TrySetResult();
        await stream.CopyToAsync(Stream.Null, token);
    });

    /// <summary>Speaks TLS, then serves what is inside.</summary>
    public static RawServer Encrypted(SslServerAuthenticationOptions options, Func<SslStream, CancellationToken, Task> serve) => new(async (stream, token) =>
    {
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(options, token);
        await serve(tls, token);
    });

    /// <summary>Closes so that the other side gets a reset.</summary>
    public static void Reset(NetworkStream stream)
    {
        stream.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        stream.Socket.Close();
    }

    /// <summary>All of a ClientHello: to end with unread bytes would be a reset.</summary>
    public static async Task<byte[]> ReadClientHelloAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[5];
        await stream.ReadExactlyAsync(head, cancellationToken);
        var rest = new byte[BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(3))];
        await stream.ReadExactlyAsync(rest, cancellationToken);
        return [.. head, .. rest];
    }

    public static async Task<string> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        await Task.WhenAll(_served);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _served.Add(ServeAsync(socket));
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test ends.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            await _serve(stream, _stop.Token);
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away.
        }
    }
}
