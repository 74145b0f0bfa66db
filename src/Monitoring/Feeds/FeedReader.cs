using Monitoring.Feeds.Reading;
using Monitoring.Fetching;

namespace Monitoring.Feeds;

/// <summary>
/// Reads RSS 0.90-2.0, RDF, Atom 0.3 and 1.0, CDF, JSON Feed, sitemaps and news sitemaps, recognised by content, never by Content-Type, and mends what
/// is mostly wrong with them. No network inside; no DTD; never throws, whatever the bytes. Time and memory grow with the length of the input only.
/// </summary>
public static class FeedReader
{
    /// <summary>Items beyond these are left out, the oldest first.</summary>
    public const int MaxItems = 500;

    /// <summary>Bytes beyond these are not read: no feed of people is so long.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    /// <param name="url">Where the bytes came from: the base of relative links.</param>
    public static FeedReading Read(ReadOnlyMemory<byte> body, Uri url) => Read(body, new FeedReadContext(url));

    /// <param name="body">As received, after decompression.</param>
    public static FeedReading Read(ReadOnlyMemory<byte> body, FeedReadContext context)
    {
        var repairs = new RepairLog();
        if (body.Length > MaxBytes)
        {
            repairs.Note(FeedRepairKind.CutDocument, MaxBytes);
            body = body[..MaxBytes];
        }

        var detected = TextDecoding.Detect(body.Span, context.ContentType, context.Url.IsAbsoluteUri ? context.Url.Host : "", context.Country);
        if (!detected.IsDeclared)
        {
            repairs.Note(FeedRepairKind.Encoding, 0);
        }

        if (!detected.IsValid)
        {
            repairs.Note(FeedRepairKind.InvalidBytes, 0);
        }

        var source = FeedBody.Create(body[detected.MarkLength..], detected.Encoding, context, repairs);
        var start = source.Bytes.Span.TrimStart(" \t\r\n\0\ufeff"u8);
        return start switch
        {
            [] => new FeedReading.NotAFeed("nothing"),
            [(byte)'{', ..] => JsonFeedReader.Read(source),
            _ when start.IndexOf((byte)'<') >= 0 => XmlFeedReader.Read(source),
            _ => new FeedReading.NotAFeed("neither XML nor JSON"),
        };
    }
}
