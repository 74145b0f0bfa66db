using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Monitoring.Network.Dns;

/// <summary>
/// Asks one named server over UDP (RFC 1035), and over TCP for what is longer than a datagram (RFC 7766), for IPv4 and IPv6 addresses. The server's
/// address comes from settings or a vantage and is not judged by the guard.
/// </summary>
/// <param name="timeout">For a question with its one repetition, which is sent after half of it.</param>
public sealed class UdpResolver(IPEndPoint server, TimeSpan timeout, TimeProvider time) : IResolver
{
    private const int Attempts = 2;

    /// <summary>A datagram beyond what we asked for is read too: whoever sends it is measured, not trusted.</summary>
    private const int BufferBytes = 4096;

    private const int MaxFurtherAnswers = 16;

    private static readonly SocketDialer Dialer = new(AddressGuard.PublicOnly);

    public string Name => $"udp {server}";

    /// <summary>How long other answers are awaited after the first. Default zero: not at all. The caller's cancellation ends it, and the first answer stands.</summary>
    public TimeSpan ListenOn { get; init; } = TimeSpan.Zero;

    /// <summary>Ids of questions. They must not be guessed (RFC 5452).</summary>
    public Func<ushort> NewId { get; init; } = () => (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);

    public Task<ResolverAnswer> ResolveAsync(string host, CancellationToken cancellationToken) =>
        DnsLookup.ResolveAsync(host, (name, type) => AskAsync(name, type, cancellationToken));

    private async Task<ResolverAnswer> AskAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // A new id and a new port: an answer that comes to the first question now would look like somebody else's.
            var question = new DnsMessage(NewId(), IsResponse: false, ResponseCode: 0, name, type, []);
            using var deadline = new CancellationTokenSource(timeout / Attempts, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            try
            {
                return await ExchangeAsync(question, both.Token, cancellationToken);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Nothing came: once more, or a time-out.
            }
            catch (Exception failure) when (failure is SocketException or IOException)
            {
                // A refused port says that no resolver listens there; that is no statement about the name.
                return ResolverAnswer.Failed(FailureClassifier.Classify(failure));
            }
        }

        return ResolverAnswer.Failed(Failure.Timeout);
    }

    private async Task<ResolverAnswer> ExchangeAsync(DnsMessage question, CancellationToken untilDeadline, CancellationToken cancellationToken)
    {
        // A connected socket takes datagrams of the server's address and port only.
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, untilDeadline);
        await socket.SendAsync(question.Write(), untilDeadline);
        var (answer, bytes) = await ReceiveAsync(socket, question, untilDeadline);
        if (answer.IsTruncated)
        {
            return await AskOverTcpAsync(question, untilDeadline);
        }

        var first = DnsLookup.Judge(answer, bytes.Length);
        return ListenOn > TimeSpan.Zero ? first with { FurtherAnswers = await ListenAsync(socket, question, bytes, cancellationToken) } : first;
    }

    /// <summary>Waits for an answer; datagrams that answer something else are passed over.</summary>
    private static async Task<(DnsMessage Answer, byte[] Bytes)> ReceiveAsync(Socket socket, DnsMessage question, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancellationToken);
            if (DnsMessage.Read(buffer.AsSpan(0, length)) is { } answer && answer.Answers(question))
            {
                return (answer, buffer[..length]);
            }
        }
    }

    /// <summary>What else answers the question. A datagram equal to the first was doubled on the way, which says nothing.</summary>
    private async Task<List<ResolverAnswer>> ListenAsync(Socket socket, DnsMessage question, byte[] first, CancellationToken cancellationToken)
    {
        var further = new List<ResolverAnswer>();
        using var end = new CancellationTokenSource(ListenOn, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            while (further.Count < MaxFurtherAnswers)
            {
                var (answer, bytes) = await ReceiveAsync(socket, question, both.Token);
                if (!bytes.AsSpan().SequenceEqual(first))
                {
                    further.Add(DnsLookup.Judge(answer, bytes.Length));
                }
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException)
        {
            // The time is over. There is an answer: nothing that happens now is a failure.
        }

        return further;
    }

    private async Task<ResolverAnswer> AskOverTcpAsync(DnsMessage question, CancellationToken cancellationToken)
    {
        await using var stream = await Dialer.ConnectTrustedAsync(server, cancellationToken);
        var sent = question.Write();
        var length = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)sent.Length);
        await stream.WriteAsync((byte[])[.. length, .. sent], cancellationToken);
        await stream.ReadExactlyAsync(length, cancellationToken);
        var received = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(received, cancellationToken);
        return DnsLookup.Judge(question, received);
    }
}
