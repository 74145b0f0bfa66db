using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Monitoring.Benchmarks.Polling;

/// <summary>
/// Serves generated feeds on loopback, in a process of its own: its work is in nobody's figures but the machine's. Every tenth feed has a new item in each
/// edition and its number as ETag; the others never change. A line on standard input names the next edition, the end of input ends it.
/// </summary>
internal sealed partial class FeedServer(int items, int itemBytes)
{
    private const int LongestRequest = 8 * 1024;

    /// <summary>One feed in so many has something new in each edition.</summary>
    public const int ChangingOneIn = 10;

    private static readonly byte[] NotModified = "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"u8.ToArray();
    private static readonly byte[] NotFound = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray();

    private readonly FeedText _text = new(itemBytes);
    private int _edition;

    public static async Task<int> RunAsync(int items, int itemBytes)
    {
        var server = new FeedServer(items, itemBytes);
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(4096);
        _ = server.AcceptAsync(listener);
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture));
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Volatile.Write(ref server._edition, int.Parse(line, CultureInfo.InvariantCulture));
            Console.WriteLine(line);
        }

        return 0;
    }

    /// <summary>The ETag of a feed that never changes; one that does has its edition.</summary>
    public const string FirstETag = "\"0\"";

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            _ = AnswerAsync(await listener.AcceptAsync());
        }
    }

    private async Task AnswerAsync(Socket connection)
    {
        using var _ = connection;
        try
        {
            var request = await ReadAsync(connection);
            await connection.SendAsync(Answer(request));
            connection.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The client went away.
        }
    }

    private static async Task<string> ReadAsync(Socket connection)
    {
        var buffer = new byte[LongestRequest];
        var length = 0;
        while (length < buffer.Length && await connection.ReceiveAsync(buffer.AsMemory(length)) is > 0 and var read)
        {
            length += read;
            if (buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
            {
                break;
            }
        }

        return Encoding.Latin1.GetString(buffer, 0, length);
    }

    private byte[] Answer(string request)
    {
        if (FeedNumber().Match(request) is not { Success: true } path)
        {
            return NotFound;
        }

        var feed = int.Parse(path.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var edition = feed % ChangingOneIn == 0 ? Volatile.Read(ref _edition) : 0;
        var etag = string.Create(CultureInfo.InvariantCulture, $"\"{edition}\"");
        if (IfNoneMatch().Match(request) is { Success: true } known && known.Groups[1].ValueSpan.SequenceEqual(etag))
        {
            return NotModified;
        }

        var body = _text.Write(feed, items, newest: items + edition);
        var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml; charset=utf-8\r\nETag: {etag}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        return [.. Encoding.Latin1.GetBytes(head), .. body];
    }

    [GeneratedRegex("^GET \\S*/([0-9]{1,8})\\.xml ")]
    private static partial Regex FeedNumber();

    [GeneratedRegex("\r\nIf-None-Match: (\\S+)\r\n", RegexOptions.IgnoreCase)]
    private static partial Regex IfNoneMatch();
}
