using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Monitoring.Network;

/// <summary>Connections through a SOCKS5 proxy (RFC 1928), with user name and password if the settings give them (RFC 1929).</summary>
public sealed class SocksTunnel(ProxyDialer proxy) : ITunnel
{
    private const byte Version = 5;
    private const byte NoAuthentication = 0;
    private const byte UserAndPassword = 2;
    private const byte Connect = 1;
    private const byte Ipv4 = 1;
    private const byte Name = 3;
    private const byte Ipv6 = 4;
    private const int MaxText = 255;

    private static readonly TunnelAnswer NoSocks = new(Failure.Eof, Status: null, "proxy: no SOCKS5");

    public Task<Stream> DialAsync(CancellationToken cancellationToken) => proxy.DialAsync(cancellationToken);

    public async Task<TunnelAnswer> OpenAsync(Stream stream, string host, IPAddress? address, int port, CancellationToken cancellationToken)
    {
        if (await GreetAsync(stream, cancellationToken) is { } refused)
        {
            return refused;
        }

        await stream.WriteAsync(Request(host, address, port), cancellationToken);
        var head = new byte[4];
        await stream.ReadExactlyAsync(head, cancellationToken);
        if (head[0] != Version || await SkipAddressAsync(stream, head[3], cancellationToken) is false)
        {
            return NoSocks;
        }

        return Reply(head[1]);
    }

    /// <summary>The reply codes of RFC 1928 section 6, as OONI would name what they stand for.</summary>
    private static TunnelAnswer Reply(byte code) => code switch
    {
        0 => new TunnelAnswer(Failure: null, Status: null, Fault: null),
        1 => new TunnelAnswer(Failure.ConnectionAborted, Status: null, Fault: null),
        3 => new TunnelAnswer(Failure.NetworkUnreachable, Status: null, Fault: null),
        4 => new TunnelAnswer(Failure.HostUnreachable, Status: null, Fault: null),
        5 => new TunnelAnswer(Failure.ConnectionRefused, Status: null, Fault: null),
        6 => new TunnelAnswer(Failure.Timeout, Status: null, Fault: null),
        // 2: its own rules; 7 and 8: it cannot do what it is for.
        _ => new TunnelAnswer(Failure.ConnectionRefused, Status: null, string.Create(CultureInfo.InvariantCulture, $"proxy: SOCKS {code}")),
    };

    /// <returns>Null if the proxy takes us.</returns>
    private async Task<TunnelAnswer?> GreetAsync(Stream stream, CancellationToken cancellationToken)
    {
        var user = proxy.Proxy.Address.UserInfo;
        await stream.WriteAsync(user.Length > 0 ? [Version, 2, NoAuthentication, UserAndPassword] : new byte[] { Version, 1, NoAuthentication }, cancellationToken);
        var chosen = new byte[2];
        await stream.ReadExactlyAsync(chosen, cancellationToken);
        return (chosen[0], chosen[1]) switch
        {
            (Version, NoAuthentication) => null,
            (Version, UserAndPassword) when user.Length > 0 => await SignInAsync(stream, user, cancellationToken),
            (Version, _) => new TunnelAnswer(Failure.ConnectionRefused, Status: null, "proxy: SOCKS sign-in"),
            _ => NoSocks,
        };
    }

    private static async Task<TunnelAnswer?> SignInAsync(Stream stream, string user, CancellationToken cancellationToken)
    {
        var parts = user.Split(':', 2);
        var (name, password) = (Text(Uri.UnescapeDataString(parts[0])), Text(Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "")));
        byte[] signIn = [1, (byte)name.Length, .. name, (byte)password.Length, .. password];
        await stream.WriteAsync(signIn, cancellationToken);
        var answer = new byte[2];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        return answer[1] == 0 ? null : new TunnelAnswer(Failure.ConnectionRefused, Status: null, "proxy: SOCKS sign-in");
    }

    private static byte[] Request(string host, IPAddress? address, int port)
    {
        byte[] target = (address ?? (IPAddress.TryParse(host, out var literal) ? literal : null)) switch
        {
            { AddressFamily: AddressFamily.InterNetworkV6 } ipv6 => [Ipv6, .. ipv6.GetAddressBytes()],
            { } ipv4 => [Ipv4, .. ipv4.GetAddressBytes()],
            _ => [Name, (byte)Text(host).Length, .. Text(host)],
        };
        var numbered = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(numbered, (ushort)port);
        return [Version, Connect, 0, .. target, .. numbered];
    }

    /// <summary>The address that the proxy connected from says nothing to us; what follows it is the target's.</summary>
    /// <returns>False if there is none such as the protocol knows.</returns>
    private static async Task<bool> SkipAddressAsync(Stream stream, byte kind, CancellationToken cancellationToken)
    {
        var length = kind switch { Ipv4 => 4, Ipv6 => 16, Name => 1, _ => 0 };
        if (length == 0)
        {
            return false;
        }

        var bytes = new byte[MaxText + sizeof(ushort)];
        if (kind == Name)
        {
            await stream.ReadExactlyAsync(bytes.AsMemory(0, 1), cancellationToken);
            length = bytes[0];
        }

        await stream.ReadExactlyAsync(bytes.AsMemory(0, length + sizeof(ushort)), cancellationToken);
        return true;
    }

    /// <summary>A length is one byte; no host name is longer.</summary>
    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text) is { Length: <= MaxText } bytes ? bytes : throw new NetworkFailureException(Failure.HostUnreachable);
}
