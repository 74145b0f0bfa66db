using System.Buffers;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using Monitoring.Evidence;
using Monitoring.Network;

namespace Monitoring.Fetching;

/// <summary>
/// The one fetcher of the program: a conditional GET with limits on time, size and redirects. It does not know politeness: the caller asks
/// <see cref="HostGate"/> first.
/// </summary>
public sealed class Fetcher(HttpTransport transport, FetchingOptions options, TimeProvider time)
{
    /// <summary>What servers are expected to take at least (RFC 9110 section 4.1).</summary>
    private const int MaxUrlCharacters = 8000;

    private static readonly HashSet<string> NeverKept = new(["Set-Cookie", "Set-Cookie2", "Cookie", "Authorization", "Proxy-Authorization"], StringComparer.OrdinalIgnoreCase);

    private readonly string _userAgent = options.Contact.Length > 0 ? $"Monitoring/1.0 (+{options.Contact})" : "Monitoring/1.0";

    public async Task<FetchResult> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var special = request.Route == FetchRoute.Usual ? null : transport.Open(request.Route);
            return await FollowAsync(special ?? transport.Usual, request, both.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException or AuthenticationException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return new FetchResult.Failed(Name(failure));
        }
    }

    private async Task<FetchResult> FollowAsync(HttpMessageInvoker http, FetchRequest request, CancellationToken cancellationToken)
    {
        var redirects = new List<RedirectHop>();
        var url = request.Url;
        while (true)
        {
            if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            {
                return new FetchResult.Failed("scheme_not_allowed");
            }

            using var message = Message(request, url);
            var started = time.GetUtcNow();
            using var response = await http.SendAsync(message, cancellationToken);
            var status = (int)response.StatusCode;
            if (status is not (301 or 302 or 303 or 307 or 308))
            {
                return await AnswerAsync(request, message, response, redirects, started, cancellationToken);
            }

            redirects.Add(new RedirectHop(status, url));
            if (response.Headers.Location is not { } location || !Uri.TryCreate(url, location, out var next) || next.AbsoluteUri.Length > MaxUrlCharacters
                || !WebLink.HasAsciiHost(next))
            {
                return new FetchResult.Failed(Failure.HttpInvalidRedirect);
            }

            if (redirects.Count > options.MaxRedirects)
            {
                return new FetchResult.Failed("too_many_redirects");
            }

            url = next;
        }
    }

    private HttpRequestMessage Message(FetchRequest request, Uri url)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, url);
        message.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");

        if (request.Validators is { } validators && validators.Url == url)
        {
            Add(message, "If-None-Match", validators.ETag);
            Add(message, "If-Modified-Since", validators.LastModified);
        }

        message.Options.Set(ConnectionFacts.Key, new ConnectionFacts());
        return message;
    }

    private static void Add(HttpRequestMessage message, string name, string? value)
    {
        if (value is not null)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private async Task<FetchResult> AnswerAsync(
        FetchRequest request, HttpRequestMessage message, HttpResponseMessage response, List<RedirectHop> redirects, DateTimeOffset started, CancellationToken cancellationToken)
    {
        if (await ReadBodyAsync(response.Content, cancellationToken) is not { } body)
        {
            return new FetchResult.Failed("body_too_large");
        }

        message.Options.TryGetValue(ConnectionFacts.Key, out var facts);
        var exchange = new HttpExchange
        {
            RequestUrl = request.Url,
            FinalUrl = message.RequestUri!,
            Redirects = redirects,
            Status = (int)response.StatusCode,
            RequestHeaders = Headers(message.Headers.NonValidated),
            ResponseHeaders = [.. Headers(response.Headers.NonValidated), .. Headers(response.Content.Headers.NonValidated)],
            Body = body,
            Peer = facts?.Peer,
            TlsLeafSha256 = facts?.TlsLeafSha256,
            At = started,
            Duration = time.GetUtcNow() - started,
        };
        return Judge(exchange);
    }

    private FetchResult Judge(HttpExchange exchange)
    {
        switch (exchange.Status)
        {
            case >= 200 and < 300:
                return ContentCoding.Decode(exchange.Body, exchange.Header("Content-Encoding"), options.MaxInflatedBytes) is { } content
                    ? new FetchResult.Fetched(exchange, content)
                    : new FetchResult.Failed("body_undecodable");
            case 304 when exchange.RequestHeaders.Any(header => header.Key is "If-None-Match" or "If-Modified-Since"):
                return new FetchResult.NotModified(exchange);
            default:
                return new FetchResult.Refused(exchange, RetryAfter.Read(exchange.Header("Retry-After"), time.GetUtcNow()));
        }
    }

    /// <summary>Null if the body is longer than allowed.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var length)
            {
                if (body.Length + length > options.MaxBodyBytes)
                {
                    return null;
                }

                await body.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return body.ToArray();
    }

    private static List<KeyValuePair<string, string>> Headers(HttpHeadersNonValidated headers) =>
        [.. headers.Where(header => !NeverKept.Contains(header.Key)).SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value)))];

    private static string Name(Exception failure) => failure switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "headers_too_large",
        _ => FailureClassifier.Classify(failure),
    };
}
