using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Security;
using System.Text;

namespace Monitoring.Tests.Support;

/// <summary>A request as it came over the wire. The target is path and query, as sent.</summary>
internal sealed record StorageRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public bool Is(string method, string part) => Method == method && Target.Contains(part, StringComparison.Ordinal);
}

/// <summary>What a storage service on loopback does to a request.</summary>
internal abstract record StorageReply
{
    private StorageReply()
    {
    }

    /// <param name="Headers">Such as <c>ETag: x</c>; the length is added.</param>
    public sealed record Answer(int Status, byte[] Body, params IReadOnlyList<string> Headers) : StorageReply
    {
        public Answer(int status, string body = "", params IReadOnlyList<string> headers) : this(status, Encoding.UTF8.GetBytes(body), headers)
        {
        }
    }

    /// <summary>Sent as it is, after which the connection ends.</summary>
    public sealed record Raw(string Text) : StorageReply;

    /// <summary>The connection ends without a byte.</summary>
    public sealed record Broken : StorageReply;

    /// <summary>Nothing, for as long as the client waits; whatever is given first is sent before.</summary>
    public sealed record Silent(string First = "") : StorageReply;
}

/// <summary>A storage service on loopback that does to each request what a test says, and remembers all of them.</summary>
internal sealed class FakeStorage : IAsyncDisposable
{
    private readonly RawServer _server;
    private readonly Func<StorageRequest, Task<StorageReply>> _reply;

    public FakeStorage(Func<StorageRequest, Task<StorageReply>> reply, SslServerAuthenticationOptions? tls = null)
    {
        _reply = reply;
        _server = tls is null ? new RawServer(ServeAsync) : RawServer.Encrypted(tls, ServeAsync);
    }

    public ConcurrentQueue<StorageRequest> Requests { get; } = new();

    public int Port => _server.Port;

    /// <summary>Always the same.</summary>
    public static FakeStorage Saying(StorageReply reply) => new(_ => Task.FromResult(reply));

    /// <summary>One after the other; the last one from then on.</summary>
    public static FakeStorage Saying(params StorageReply[] replies)
    {
        var next = -1;
        return new FakeStorage(_ => Task.FromResult(replies[Math.Min(Interlocked.Increment(ref next), replies.Length - 1)]));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        var goesOn = true;
        while (goesOn)
        {
            var request = await ReadAsync(stream, cancellationToken);
            Requests.Enqueue(request);
            goesOn = await SendAsync(stream, request, await _reply(request), cancellationToken);
        }
    }

    private static async Task<StorageRequest> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var lines = (await RawServer.ReadHeadAsync(stream, cancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return new StorageRequest(lines[0].Split(' ')[0], lines[0].Split(' ')[1], headers, body);
    }

    /// <returns>Whether the connection takes another request.</returns>
    private static async Task<bool> SendAsync(Stream stream, StorageRequest request, StorageReply reply, CancellationToken cancellationToken)
    {
        switch (reply)
        {
            case StorageReply.Answer answer:
                var head = new StringBuilder($"HTTP/1.1 {answer.Status} X\r\n");
                answer.Headers.ToList().ForEach(header => head.Append(header).Append("\r\n"));
                head.Append(answer.Status is 204 or 304 ? "" : $"Content-Length: {answer.Body.Length}\r\n").Append("\r\n");

                // In one piece: a second one would wait for the first to be acknowledged.
                await stream.WriteAsync((byte[])[.. Encoding.Latin1.GetBytes(head.ToString()), .. request.Method is "HEAD" ? [] : answer.Body], cancellationToken);
                return true;
            case StorageReply.Raw raw:
                await stream.WriteAsync(Encoding.Latin1.GetBytes(raw.Text), cancellationToken);
                return false;
            case StorageReply.Silent silent:
                await stream.WriteAsync(Encoding.Latin1.GetBytes(silent.First), cancellationToken);
                await stream.CopyToAsync(Stream.Null, cancellationToken);
                return false;
            default:
                return false;
        }
    }
}
