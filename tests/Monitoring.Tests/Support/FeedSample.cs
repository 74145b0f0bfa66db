using System.Text;
using Monitoring.Feeds;

namespace Monitoring.Tests.Support;

/// <summary>Reads feeds given as text, as if they came from <see cref="Url"/>.</summary>
internal static class FeedSample
{
    public static readonly Uri Url = new("https://site.kz/rss/feed.xml");

    public static FeedDocument Read(string text, string? contentType = null) => Assert.IsType<FeedReading.Read>(Reading(text, contentType)).Document;

    public static FeedReading Reading(string text, string? contentType = null) => FeedReader.Read(Encoding.UTF8.GetBytes(text), new FeedReadContext(Url) { ContentType = contentType });

    /// <summary>Why the text is no feed.</summary>
    public static string Refusal(string text) => Assert.IsType<FeedReading.NotAFeed>(Reading(text)).What;

    /// <summary>RSS around the given children of its channel.</summary>
    public static string Rss(string channel) => $"<rss version=\"2.0\"><channel>{channel}</channel></rss>";

    /// <summary>The only item of a feed whose item has the given children.</summary>
    public static FeedItem Item(string children) => Assert.Single(Read(Rss($"<item>{children}</item>")).Items);
}
