using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Monitoring.App.Demo;

/// <summary>What a censor does to connections to one host.</summary>
internal enum Censorship
{
    None,

    /// <summary>Swallows everything after the ClientHello, silently.</summary>
    DropAfterHello,

    /// <summary>Resets the connection after the ClientHello.</summary>
    ResetAfterHello,

    /// <summary>Answers itself, with a page that says the site is restricted.</summary>
    BlockPage,

    /// <summary>Answers itself, with a redirect to such a page.</summary>
    RedirectToBlockPage,

    /// <summary>Lets everything through, late.</summary>
    Slow,
}

/// <summary>An HTTP proxy on loopback, standing for a network that censors: it opens CONNECT tunnels, reads whom their first bytes ask for, and acts.</summary>
internal sealed class CensoringProxy : IAsyncDisposable
{
    private const string BlockPage = "<html><head><title>Restricted</title></head><body><h1>Access to this resource is restricted</h1></body></html>";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Censorship> _rules = new(StringComparer.OrdinalIgnoreCase);
    private readonly Uri _blockPage;
    private readonly TimeSpan _delay;
    private readonly TimeProvider _time;
    private readonly Task _loop;

    /// <param name="blockPage">Where redirects lead.</param>
    /// <param name="delay">How late a slow connection is.</param>
    public CensoringProxy(IEnumerable<KeyValuePair<string, Censorship>> rules, Uri blockPage, TimeSpan delay, TimeProvider time)
    {
        (_blockPage, _delay, _time) = (blockPage, delay, time);
        foreach (var (host, rule) in rules)
        {
            _rules[host] = rule;
        }

        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}/");
        _loop = AcceptAsync(_stop.Token);
    }

    public Uri Address { get; }

    public void Lift(string host) => _rules[host] = Censorship.None;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync(cancellationToken), cancellationToken);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The demo ends.
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            await using var client = new NetworkStream(socket, ownsSocket: true);
            var head = await ReadHeadAsync(client, cancellationToken);
            var target = head.Split(' ')[1];
            using var upstream = new TcpClient();
            if (!await TryConnectAsync(upstream, target, cancellationToken))
            {
                await SendAsync(client, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", cancellationToken);
                return;
            }

            await SendAsync(client, "HTTP/1.1 200 Connection established\r\n\r\n", cancellationToken);
            await TunnelAsync(socket, client, upstream.GetStream(), cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, as after a time-out; a proxy goes on with the others.
        }
    }

    private async Task TunnelAsync(Socket socket, NetworkStream client, NetworkStream server, CancellationToken cancellationToken)
    {
        var first = new byte[16 * 1024];
        var length = await client.ReadAsync(first, cancellationToken);
        var rule = _rules.GetValueOrDefault(ClientHello.HostOf(first.AsSpan(0, length)) ?? "");
        switch (rule)
        {
            case Censorship.DropAfterHello:
                await client.CopyToAsync(Stream.Null, cancellationToken);
                return;
            case Censorship.ResetAfterHello:
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                socket.Close();
                return;
            case Censorship.BlockPage:
                var answer = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {BlockPage.Length}\r\nConnection: close\r\n\r\n{BlockPage}");
                await SendAsync(client, answer, cancellationToken);
                return;
            case Censorship.RedirectToBlockPage:
                await SendAsync(client, $"HTTP/1.1 302 Found\r\nLocation: {_blockPage}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", cancellationToken);
                return;
            case Censorship.Slow:
                await Task.Delay(_delay, _time, cancellationToken);
                break;
        }

        await server.WriteAsync(first.AsMemory(0, length), cancellationToken);
        await Task.WhenAny(client.CopyToAsync(server, cancellationToken), server.CopyToAsync(client, cancellationToken));
    }

    /// <summary>All of the demo's hosts are on 127.0.0.1; the port tells them apart.</summary>
    private static async Task<bool> TryConnectAsync(TcpClient upstream, string target, CancellationToken cancellationToken)
    {
        try
        {
            await upstream.ConnectAsync(IPAddress.Loopback, int.Parse(target[(target.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture), cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<string> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
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

    private static Task SendAsync(Stream stream, string text, CancellationToken cancellationToken) => stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken).AsTask();
}
