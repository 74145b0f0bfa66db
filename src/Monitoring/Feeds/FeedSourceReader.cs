using Monitoring.Items;
using Monitoring.Watchlist;

namespace Monitoring.Feeds;

/// <summary>A feed as items: bodies made plain, the longer of summary and content taken as text.</summary>
public sealed class FeedSourceReader : ISourceReader
{
    /// <summary>Of a list of sitemaps, for an editor to choose from.</summary>
    private const int MostNamed = 3;

    public EntryKind Kind => EntryKind.Feed;

    public string Accept => "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";

    public SourceReading Read(Source source, ReadOnlyMemory<byte> content, Uri url, string? contentType, SourceMemory memory) =>
        FeedReader.Read(content, new FeedReadContext(url) { ContentType = contentType, Country = source.Country }) switch
        {
            FeedReading.Read { Document: { Format: FeedFormat.SitemapIndex } list } =>
                new SourceReading.Unreadable("a list of sitemaps") { Feeds = [.. list.Items.Select(sitemap => sitemap.Link).OfType<Uri>().Take(MostNamed)] },
            FeedReading.Read { Document: var feed } =>
                new SourceReading.Document([.. feed.Items.Select(Plain)], [.. feed.Repairs.Select(repair => repair.ToString())], Language(feed.Language), feed.TimeToLive),
            FeedReading.NotAFeed notAFeed => new SourceReading.Unreadable(notAFeed.What) { IsHtml = notAFeed == FeedReading.NotAFeed.HtmlPage },
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static IncomingItem Plain(FeedItem item)
    {
        var summary = item.Summary?.Plain ?? "";
        var content = item.Content?.Plain ?? "";
        return new IncomingItem
        {
            SourceGuid = item.Id,
            Link = item.Link,
            Title = PlainText.Tidy(item.Title),
            Text = content.Length >= summary.Length ? content : summary,
            Authors = [.. item.Authors.Select(author => author.Name).OfType<string>()],
            Published = item.Published,
            Updated = item.Updated == item.Published ? null : item.Updated,
        };
    }

    /// <summary>The primary subtag: <c>ru-KZ</c> is <c>ru</c>.</summary>
    private static string? Language(string? tag) => tag?.Split('-', '_')[0].Trim().ToLowerInvariant() is { Length: 2 or 3 } language ? language : null;
}
