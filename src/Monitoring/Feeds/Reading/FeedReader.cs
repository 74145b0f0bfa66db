using Monitoring.Fetching;

namespace Monitoring.Feeds.Reading;

/// <summary>
/// Reads RSS 0.9x-2.0, RDF (RSS 1.0), Atom 0.3 and 1.0, and JSON Feed, recognised by content, never by Content-Type. No network inside; never throws,
/// whatever the bytes.
/// </summary>
public static class FeedReader
{
    /// <summary>Items beyond these are left: the newest stand first.</summary>
    public const int MaxItems = 500;

    /// <param name="url">Where the bytes came from: the base of relative links.</param>
    /// <param name="contentType">The HTTP header; used for its charset only.</param>
    public static FeedReading Read(ReadOnlyMemory<byte> bytes, Uri url, string? contentType)
    {
        var text = TextDecoding.Decode(bytes.Span, contentType, url.Host).Text;
        var start = text.AsSpan().TrimStart().TrimStart('\ufeff');
        return start switch
        {
            [] => new FeedReading.NotAFeed("nothing"),
            ['{', ..] => JsonFeedReader.Read(text, url),
            ['<', ..] when IsHtml(start) => FeedReading.NotAFeed.HtmlPage,
            ['<', ..] => XmlFeedReader.Read(text, url),
            _ => new FeedReading.NotAFeed("neither XML nor JSON"),
        };
    }

    private static bool IsHtml(ReadOnlySpan<char> start) =>
        start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
}
