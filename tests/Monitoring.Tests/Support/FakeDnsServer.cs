using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Monitoring.Network.Dns;

namespace Monitoring.Tests.Support;

/// <summary>A DNS server on loopback that sends for each question the datagrams a test says.</summary>
internal sealed class FakeDnsServer : IAsyncDisposable
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public FakeDnsServer(Func<DnsMessage, IEnumerable<byte[]>> answer) : this((question, _) => answer(question))
    {
    }

    /// <param name="answer">Is given the asker's address too.</param>
    public FakeDnsServer(Func<DnsMessage, IPEndPoint, IEnumerable<byte[]>> answer)
    {
        _loop = ServeAsync(answer);
    }

    public IPEndPoint Endpoint => (IPEndPoint)_socket.Client.LocalEndPoint!;

    public ConcurrentQueue<DnsMessage> Questions { get; } = new();

    public static FakeDnsServer Answering(Func<DnsMessage, DnsMessage> answer) => new(question => [answer(question).Write()]);

    /// <summary>Waits until it was asked so often.</summary>
    public async Task WasAskedAsync(int times)
    {
        while (Questions.Count < times)
        {
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(Func<DnsMessage, IPEndPoint, IEnumerable<byte[]>> answer)
    {
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(_stop.Token);
                var question = DnsMessage.Read(received.Buffer)!;
                Questions.Enqueue(question);
                foreach (var datagram in answer(question, received.RemoteEndPoint))
                {
                    await _socket.SendAsync(datagram, received.RemoteEndPoint, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test ends.
        }
    }
}
