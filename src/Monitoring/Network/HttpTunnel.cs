using System.Globalization;
using System.Net;
using System.Text;

namespace Monitoring.Network;

/// <summary>Connections through an HTTP proxy, each a CONNECT tunnel (RFC 9110 section 9.3.6).</summary>
public sealed class HttpTunnel(ProxyDialer proxy) : ITunnel
{
    private const int MaxAnswerBytes = 16 * 1024;

    public Task<Stream> DialAsync(CancellationToken cancellationToken) => proxy.DialAsync(cancellationToken);

    public async Task<TunnelAnswer> OpenAsync(Stream stream, string host, IPAddress? address, int port, CancellationToken cancellationToken)
    {
        var status = await OpenAsync(stream, TargetOf(host, address, port), cancellationToken);
        return status is >= 200 and < 300 ? new TunnelAnswer(Failure: null, status, Fault: null) : new TunnelAnswer(Named(status), status, Fault(status));
    }

    /// <summary>Host and port, or address and port; an IPv6 address in brackets.</summary>
    public static string TargetOf(string host, IPAddress? address, int port) => address is null && !IPAddress.TryParse(host, out address)
        ? string.Create(CultureInfo.InvariantCulture, $"{host}:{port}")
        : new IPEndPoint(address, port).ToString();

    /// <summary>Asks for the tunnel; after a 2xx the stream is the target's.</summary>
    /// <param name="target">Host and port, or address and port.</param>
    /// <returns>The proxy's status; null if what it says is no HTTP.</returns>
    /// <exception cref="IOException">The connection ended.</exception>
    public async Task<int?> OpenAsync(Stream stream, string target, CancellationToken cancellationToken)
    {
        var authorization = proxy.Proxy.Address.UserInfo.Length > 0
            ? $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(proxy.Proxy.Address.UserInfo)))}\r\n"
            : "";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{authorization}\r\n"), cancellationToken);
        var head = await ReadHeadAsync(stream, cancellationToken);
        var line = head.Split("\r\n", 2)[0].Split(' ');
        return line.Length >= 2 && line[0].StartsWith("HTTP/1.", StringComparison.Ordinal) && int.TryParse(line[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : null;
    }

    /// <summary>What is our own fault or the proxy's, and says nothing of the target; null: the refusal may be about the target.</summary>
    public static string? Fault(int? status) => status switch
    {
        407 or 429 => string.Create(CultureInfo.InvariantCulture, $"proxy: HTTP {status}"),
        null => "proxy: no HTTP",
        _ => null,
    };

    /// <summary>The usual meanings of a proxy's refusal; the status itself is kept beside it.</summary>
    public static string Named(int? status) => status switch
    {
        504 => Failure.Timeout,
        502 or 503 => Failure.HostUnreachable,
        null => Failure.Eof,
        _ => Failure.ConnectionRefused,
    };

    /// <summary>Byte by byte: what follows the empty line belongs to the tunnel. Empty if the head does not end.</summary>
    private static async Task<string> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < MaxAnswerBytes)
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            head.Append((char)one[0]);
            if (one[0] == '\n' && head.Length >= 4 && head.ToString(head.Length - 4, 4) == "\r\n\r\n")
            {
                return head.ToString();
            }
        }

        return "";
    }
}
