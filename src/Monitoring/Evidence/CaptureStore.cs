using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Monitoring.Storage;

namespace Monitoring.Evidence;

/// <param name="Id">Names the capture: subject and time.</param>
/// <param name="Sha256">Of the body as received; also where the bytes are.</param>
/// <param name="Length">Bytes as received.</param>
/// <param name="Kept">False if only hash and length were kept.</param>
public sealed record Capture(string Subject, string Id, string Sha256, long Length, bool Kept, Uri FinalUrl, int Status, DateTimeOffset At);

/// <summary>
/// What was captured as evidence; the bytes are in <see cref="CaptureBodies"/>. Table <c>Captures</c>, partition = subject (source or site), row = time and
/// hash; query served: all captures of a subject, newest first.
/// </summary>
public sealed class CaptureStore(ITables tables, CaptureBodies bodies)
{
    /// <summary>What made the capture; raised when the way of fetching changes what is captured.</summary>
    public const string FetcherVersion = "1";

    /// <summary>Headers and redirects beyond this are cut off in the row; servers of news need less than a tenth.</summary>
    private const int MaxHeaderCharacters = 16 * 1024;

    private readonly IEntityTable _captures = tables.Open("Captures");

    /// <summary>Stores bytes first, then the row that names them. Storing the same exchange again changes nothing.</summary>
    /// <param name="keepBody">False keeps hash and length only: a body that brought nothing new.</param>
    public async Task<Capture> AddAsync(string subject, HttpExchange exchange, bool keepBody, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(exchange.Body.Span));
        if (keepBody)
        {
            await bodies.PutAsync(hash, exchange.Body, cancellationToken);
        }

        var capture = new Capture(
            subject, $"{Keys.NewestFirst(exchange.At)}-{hash[..16]}", hash, exchange.Body.Length, keepBody, exchange.FinalUrl, exchange.Status, exchange.At);
        await _captures.PutAsync(Write(capture, exchange), cancellationToken);
        if (keepBody)
        {
            // Once more, now that the row names it: retention may have removed an old body of the same bytes in between.
            await bodies.PutAsync(hash, exchange.Body, cancellationToken);
        }

        return capture;
    }

    /// <summary>The captures of a subject, newest first.</summary>
    public async IAsyncEnumerable<Capture> ListAsync(string subject, int take, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _captures.QueryAsync(new RangeQuery(subject) { Take = take }, cancellationToken))
        {
            yield return Read(row);
        }
    }

    /// <returns>Null if there is none, or the subject cannot stand in a key.</returns>
    public async Task<Capture?> GetAsync(string subject, string id, CancellationToken cancellationToken) =>
        subject.Length > 0 && !subject.AsSpan().ContainsAnyExcept(Keys.Allowed) && await _captures.GetAsync(new EntityKey(subject, Keys.Safe(id)), columns: null, cancellationToken) is { } row
            ? Read(row)
            : null;

    /// <summary>The bytes as received; null if only their hash was kept.</summary>
    public async Task<Stream?> OpenBodyAsync(Capture capture, CancellationToken cancellationToken) =>
        capture.Kept ? await bodies.OpenAsync(capture.Sha256, cancellationToken) : null;

    private static Entity Write(Capture capture, HttpExchange exchange) => new Entity(capture.Subject, capture.Id)
        .Set("Sha256", capture.Sha256)
        .Set("Length", capture.Length)
        .Set("Kept", capture.Kept)
        .Set("RequestUrl", exchange.RequestUrl.AbsoluteUri)
        .Set("FinalUrl", exchange.FinalUrl.AbsoluteUri)
        .Set("Redirects", Cut(string.Join(' ', exchange.Redirects.Select(hop => string.Create(CultureInfo.InvariantCulture, $"{hop.Status} {hop.Url.AbsoluteUri}")))))
        .Set("Status", exchange.Status)
        .Set("RequestHeaders", Headers(exchange.RequestHeaders))
        .Set("ResponseHeaders", Headers(exchange.ResponseHeaders))
        .Set("Peer", exchange.Peer?.ToString())
        .Set("TlsLeafSha256", exchange.TlsLeafSha256)
        .Set("At", exchange.At)
        .Set("Milliseconds", (long)exchange.Duration.TotalMilliseconds)
        .Set("FetcherVersion", FetcherVersion);

    private static string Headers(IReadOnlyList<KeyValuePair<string, string>> headers) =>
        Cut(JsonSerializer.Serialize(headers.Select(header => new[] { header.Key, header.Value })));

    private static string Cut(string text) => text.Length <= MaxHeaderCharacters ? text : text[..MaxHeaderCharacters];

    private static Capture Read(Entity row) => new(
        row.Key.Partition,
        row.Key.Row,
        row.NeedText("Sha256"),
        row.GetNumber("Length") ?? 0,
        row.GetFlag("Kept") ?? false,
        new Uri(row.NeedText("FinalUrl")),
        (int)(row.GetNumber("Status") ?? 0),
        row.NeedTime("At"));
}
