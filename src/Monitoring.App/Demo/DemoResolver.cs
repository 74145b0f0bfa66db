using System.Net;
using System.Net.Sockets;
using Monitoring.Network.Dns;

namespace Monitoring.App.Demo;

/// <summary>A DNS server on loopback: every <c>.test</c> name leads to 127.0.0.1, but for those it lies about; others do not exist.</summary>
internal sealed class DemoResolver : IAsyncDisposable
{
    private const int NoSuchName = 3;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyDictionary<string, IPAddress> _lies;
    private readonly Task _loop;

    public DemoResolver(IReadOnlyDictionary<string, IPAddress> lies)
    {
        _lies = lies;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Endpoint = (IPEndPoint)_socket.LocalEndPoint!;
        _loop = AnswerAsync(_stop.Token);
    }

    public IPEndPoint Endpoint { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task AnswerAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[1500];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), cancellationToken);
                if (DnsMessage.Read(buffer.AsSpan(0, received.ReceivedBytes)) is { IsResponse: false } question)
                {
                    await _socket.SendToAsync(Answer(question).Write(), received.RemoteEndPoint, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The demo ends.
        }
    }

    private DnsMessage Answer(DnsMessage question)
    {
        var exists = question.Name.EndsWith(".test", StringComparison.OrdinalIgnoreCase);
        IReadOnlyList<IPAddress> addresses = exists && question.Type is DnsType.A ? [_lies.GetValueOrDefault(question.Name) ?? IPAddress.Loopback] : [];
        return question with { IsResponse = true, ResponseCode = exists ? 0 : NoSuchName, Addresses = addresses };
    }
}
