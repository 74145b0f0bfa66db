using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Monitoring.Network;

namespace Monitoring.Blocking.Probing;

/// <summary>One request over a stream that is connected already.</summary>
internal interface IHttpProbe
{
    /// <returns>What is noted of the request, and the body read.</returns>
    Task<(HttpObservation Observation, byte[] Body)> GetAsync(Stream stream, Uri url, CancellationToken cancellationToken);
}

/// <summary>
/// One GET over a stream that is connected already, as a common browser would send it: nothing in it names us. Redirects are not followed, cookies
/// not kept, at most 512 KiB of the page read.
/// </summary>
internal sealed partial class HttpProbe(ProbeOptions options, TimeProvider time) : IHttpProbe
{
    private const int MaxBody = 512 * 1024;
    private const int MarkEvery = 16 * 1024;
    private const int MaxHeaderKilobytes = 64;
    private const int MaxTitle = 300;

    private static readonly (string Name, string Value)[] BrowserHeaders =
    [
        ("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"),
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"),
        ("Accept-Language", "ru-RU,ru;q=0.9,kk;q=0.8,en;q=0.7"),
        ("Upgrade-Insecure-Requests", "1"),
    ];

    public async Task<(HttpObservation Observation, byte[] Body)> GetAsync(Stream stream, Uri url, CancellationToken cancellationToken)
    {
        // A body that is not packed as it says ends in InvalidDataException (gzip, deflate) or InvalidOperationException (Brotli); a connection that is reset
        // before it is used, in a bare SocketException.
        var started = time.GetTimestamp();
        var (firstByte, marks) = (0.0, new List<TransferMark>());
        (int Status, IReadOnlyList<KeyValuePair<string, string>> Headers)? head = null;
        using var deadline = new CancellationTokenSource(options.HttpTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var http = Over(stream);
            using var request = Request(url);
            using var response = await http.SendAsync(request, both.Token);
            firstByte = Elapsed();
            head = ((int)response.StatusCode, HeadersOf(response));
            var (body, isTruncated) = await ReadAsync(response.Content, length => marks.Add(new TransferMark(length, Elapsed())), both.Token);
            return (Observe(head.Value.Status, head.Value.Headers, body, isTruncated, firstByte, Elapsed()) with { Marks = marks }, body);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException or InvalidDataException or InvalidOperationException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            // What had come before the end is told, so that a transfer that froze is known from one that never began.
            var cut = new HttpObservation(
                FailureClassifier.Classify(failure), head?.Status, head?.Headers ?? [], Title: null, marks is [.., var last] ? last.Bytes : 0, IsTruncated: false, BodySha256: null, firstByte, Elapsed());
            return (cut with { Marks = marks }, []);
        }

        double Elapsed() => time.GetElapsedTime(started).TotalMilliseconds;
    }

    private static HttpMessageInvoker Over(Stream stream)
    {
        // The HTTP stack asks for another connection when the server closed without a word; there is one, and its end is what we note.
        var isTaken = false;
        return new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,
            UseProxy = false,
            // A span of ours must not name us to whom we visit: without this a request carries its id.
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            MaxResponseDrainSize = 0,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            ConnectCallback = (_, _) => Interlocked.Exchange(ref isTaken, true) ? throw new EndOfStreamException() : ValueTask.FromResult(stream),
        });
    }

    private static HttpRequestMessage Request(Uri url)
    {
        // The stream is encrypted already where it must be: for the HTTP stack this is a plain connection to the same host and port.
        var plain = new UriBuilder(url) { Scheme = Uri.UriSchemeHttp, Port = url.Port, Fragment = "" }.Uri;
        var request = new HttpRequestMessage(HttpMethod.Get, plain);
        request.Headers.Host = Domains.AsciiAuthority(url);
        foreach (var (name, value) in BrowserHeaders)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    /// <param name="mark">Told how much has come, at most once for every 16 KiB and at the end.</param>
    private static async Task<(byte[] Body, bool IsTruncated)> ReadAsync(HttpContent content, Action<int> mark, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxBody + 1];
        var (length, marked) = (0, 0);
        try
        {
            while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
            {
                length += read;
                if (length - marked >= MarkEvery)
                {
                    mark(length);
                    marked = length;
                }
            }
        }
        finally
        {
            if (length > marked)
            {
                mark(length);
            }
        }

        return (buffer[..Math.Min(length, MaxBody)], length > MaxBody);
    }

    private static List<KeyValuePair<string, string>> HeadersOf(HttpResponseMessage response) =>
    [
        .. response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .Where(header => !header.Key.StartsWith("Set-Cookie", StringComparison.OrdinalIgnoreCase))
            .Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())),
    ];

    private static HttpObservation Observe(int status, IReadOnlyList<KeyValuePair<string, string>> headers, byte[] body, bool isTruncated, double firstByte, double total) =>
        new(Failure: null, status, headers, Title(body), body.Length, isTruncated, Convert.ToHexStringLower(SHA256.HashData(body)), firstByte, total) { Structure = PageStructure.Of(body) };

    /// <summary>The page's title; letters outside ASCII only if the page is UTF-8, which suffices to compare two copies.</summary>
    private static string? Title(byte[] body)
    {
        var match = TitleElement().Match(Encoding.UTF8.GetString(body));
        var title = match.Success ? string.Join(' ', WebUtility.HtmlDecode(match.Groups[1].Value).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : null;
        return title?.Length > MaxTitle ? title[..(char.IsHighSurrogate(title[MaxTitle - 1]) ? MaxTitle - 1 : MaxTitle)] : title;
    }

    [GeneratedRegex("<title[^>]{0,200}>([^<]{0,1000})</title", RegexOptions.IgnoreCase)]
    private static partial Regex TitleElement();
}
