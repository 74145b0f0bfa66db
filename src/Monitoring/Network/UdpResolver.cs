using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Monitoring.Network;

/// <summary>Asks one named server over UDP (RFC 1035), for IPv4 and IPv6 addresses. The server's address comes from settings or a vantage and is not judged by the guard.</summary>
public sealed class UdpResolver(IPEndPoint server, TimeSpan timeout, TimeProvider time) : IResolver
{
    public string Name => $"udp {server}";

    public async Task<ResolverAnswer> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return new ResolverAnswer([literal], Failure: null);
        }

        // Names are asked for without the root's dot; one that cannot exist is not asked for.
        var name = host.TrimEnd('.');
        if (!DnsMessage.IsName(name))
        {
            return ResolverAnswer.Failed(Failure.DnsNxdomain);
        }

        var ipv6 = AskAsync(name, DnsType.Aaaa, cancellationToken);
        var ipv4 = await AskAsync(name, DnsType.A, cancellationToken);
        var addresses = ipv4.Addresses.Concat((await ipv6).Addresses).ToList();

        // A name without IPv6 is the usual case: only the IPv4 answer says why there is nothing at all.
        return addresses.Count > 0 ? new ResolverAnswer(addresses, Failure: null) : ipv4;
    }

    private async Task<ResolverAnswer> AskAsync(string host, DnsType type, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return Judge(await ExchangeAsync(host, type, both.Token));
        }
        catch (SocketException failure)
        {
            // A refused port says that no resolver listens there; that is no statement about the name.
            return ResolverAnswer.Failed(failure.SocketErrorCode is SocketError.ConnectionRefused ? Failure.ConnectionRefused : FailureClassifier.Classify(failure));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ResolverAnswer.Failed(Failure.Timeout);
        }
    }

    /// <summary>Sends one question and waits for its answer; datagrams that answer something else are passed over.</summary>
    private async Task<DnsMessage> ExchangeAsync(string host, DnsType type, CancellationToken cancellationToken)
    {
        var question = new DnsMessage((ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1), IsResponse: false, ResponseCode: 0, host, type, []);
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellationToken);
        await socket.SendAsync(question.Write(), cancellationToken);
        var buffer = new byte[4096];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancellationToken);
            if (DnsMessage.Read(buffer.AsSpan(0, length)) is { IsResponse: true } answer && answer.Id == question.Id && answer.Type == type
                && string.Equals(answer.Name, host, StringComparison.OrdinalIgnoreCase))
            {
                return answer;
            }
        }
    }

    /// <summary>RCODEs as OONI names them.</summary>
    private static ResolverAnswer Judge(DnsMessage answer) => answer.ResponseCode switch
    {
        0 when answer.Addresses.Count > 0 => new ResolverAnswer(answer.Addresses, Failure: null),
        0 => ResolverAnswer.Failed(Failure.DnsNoAnswer),
        2 => ResolverAnswer.Failed(Failure.DnsServfail),
        3 => ResolverAnswer.Failed(Failure.DnsNxdomain),
        5 => ResolverAnswer.Failed(Failure.DnsRefused),
        _ => ResolverAnswer.Failed(Failure.DnsMisbehaving),
    };
}
