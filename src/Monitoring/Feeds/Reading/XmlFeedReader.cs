using Monitoring.Feeds.Reading.Xml;

namespace Monitoring.Feeds.Reading;

/// <summary>Reads the XML formats. Where the document breaks off or breaks, every complete item is kept.</summary>
internal static class XmlFeedReader
{
    public static FeedReading Read(FeedBody source)
    {
        var walk = new XmlFeedWalk(source);
        walk.Run();
        if (walk.Feed.Format is null)
        {
            return walk.IsHtml ? FeedReading.NotAFeed.HtmlPage : new FeedReading.NotAFeed("XML that is no feed");
        }

        return walk.Feed.HasItems || walk.IsComplete ? new FeedReading.Read(walk.Feed.ToDocument(source)) : new FeedReading.NotAFeed("a feed that breaks before its first item");
    }
}
