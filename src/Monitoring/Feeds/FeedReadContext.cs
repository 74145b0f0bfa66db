using Monitoring.Evidence;

namespace Monitoring.Feeds;

/// <summary>What is known about the bytes of a feed from outside. All but the address may be absent.</summary>
/// <param name="Url">Where the bytes came from, after redirects: the base of relative links.</param>
public sealed record FeedReadContext(Uri Url)
{
    /// <summary>The HTTP header; used for its charset only, never for the format.</summary>
    public string? ContentType { get; init; }

    /// <summary>The HTTP header: goes before the address as the base of relative links.</summary>
    public string? ContentLocation { get; init; }

    /// <summary>The HTTP header: the language if the document names none.</summary>
    public string? ContentLanguage { get; init; }

    /// <summary>ISO 3166-1 code of the publisher: the last hint at the encoding. By default the top-level domain.</summary>
    public string? Country { get; init; }

    /// <summary>What the server said.</summary>
    public static FeedReadContext Of(HttpExchange exchange) => new(exchange.FinalUrl)
    {
        ContentType = exchange.Header("Content-Type"),
        ContentLocation = exchange.Header("Content-Location"),
        ContentLanguage = exchange.Header("Content-Language"),
    };
}
