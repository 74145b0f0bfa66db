using System.Globalization;
using System.Net;
using System.Text;
using Monitoring.Network;

namespace Monitoring.Blocking.Probing;

/// <param name="Address">Host and port, and user and password if it wants them.</param>
/// <param name="IsTrusted">It comes from settings: the guard does not judge its address.</param>
public sealed record ProxyAddress(Uri Address, bool IsTrusted);

/// <summary>
/// Through an HTTP proxy: every connection is a CONNECT tunnel (RFC 9110 section 9.3.6). With a resolver of the vantage's own network names are
/// resolved by it and the tunnel goes to the address; without, the proxy resolves.
/// </summary>
internal sealed class ProxyLine(ProxyAddress proxy, Lookup? lookup, IResolver proxyResolver, IDialer dialer, ProbeOptions options, TimeProvider time) : ILine
{
    private const int MaxAnswerBytes = 16 * 1024;

    public async Task<DnsObservation?> ResolveAsync(string host, CancellationToken cancellationToken) =>
        lookup is null ? null : await lookup.ResolveAsync(host, cancellationToken);

    public async Task<LineConnection> ConnectAsync(string host, IPAddress? address, int port, CancellationToken cancellationToken)
    {
        var target = address is null && !IPAddress.TryParse(host, out address) ? string.Create(CultureInfo.InvariantCulture, $"{host}:{port}") : new IPEndPoint(address, port).ToString();
        var started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(options.TcpTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        Stream? tunnel = null;
        try
        {
            tunnel = await DialProxyAsync(both.Token);
        }
        catch (Exception failure) when (failure is NetworkFailureException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            var why = FailureClassifier.Classify(failure);
            return new LineConnection(Stream: null, Observe(why, status: null), VantageFailure: $"proxy: {why}");
        }

        try
        {
            var status = await OpenTunnelAsync(tunnel, target, both.Token);
            if (status is >= 200 and < 300)
            {
                return new LineConnection(tunnel, Observe(failure: null, status), VantageFailure: null);
            }

            await tunnel.DisposeAsync();

            // What is no proxy at all, 407 and 429 are about us; any other refusal may be about the site.
            var fault = status is 407 or 429 ? string.Create(CultureInfo.InvariantCulture, $"proxy: HTTP {status}") : status is null ? "proxy: no HTTP" : null;
            return new LineConnection(Stream: null, Observe(Named(status), status), fault);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            await tunnel.DisposeAsync();
            return new LineConnection(Stream: null, Observe(FailureClassifier.Classify(failure), status: null), VantageFailure: null);
        }

        TcpObservation Observe(string? failure, int? status) => new(target, failure, status, time.GetElapsedTime(started).TotalMilliseconds);
    }

    private async Task<Stream> DialProxyAsync(CancellationToken cancellationToken)
    {
        var answer = await proxyResolver.ResolveAsync(proxy.Address.IdnHost, cancellationToken);
        if (answer.Addresses.Count == 0)
        {
            throw new NetworkFailureException(answer.Failure ?? Failure.DnsNoAnswer);
        }

        var endpoint = new IPEndPoint(answer.Addresses[0], proxy.Address.Port);
        return await (proxy.IsTrusted ? dialer.ConnectTrustedAsync(endpoint, cancellationToken) : dialer.ConnectAsync(endpoint, cancellationToken));
    }

    /// <returns>The proxy's status; null if what it says is no HTTP.</returns>
    private async Task<int?> OpenTunnelAsync(Stream stream, string target, CancellationToken cancellationToken)
    {
        var authorization = proxy.Address.UserInfo.Length > 0
            ? $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(proxy.Address.UserInfo)))}\r\n"
            : "";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{authorization}\r\n"), cancellationToken);
        var head = await ReadHeadAsync(stream, cancellationToken);
        var line = head.Split("\r\n", 2)[0].Split(' ');
        return line.Length >= 2 && line[0].StartsWith("HTTP/1.", StringComparison.Ordinal) && int.TryParse(line[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : null;
    }

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

    /// <summary>The usual meanings of a proxy's refusal; the status itself is kept beside it.</summary>
    private static string Named(int? status) => status switch
    {
        504 => Failure.Timeout,
        502 or 503 => Failure.HostUnreachable,
        null => Failure.Eof,
        _ => Failure.ConnectionRefused,
    };
}
