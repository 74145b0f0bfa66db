namespace Monitoring.Feeds.Reading;

/// <summary>The kinds of feed that are read.</summary>
public enum FeedFormat
{
    Rss,
    Rdf,
    Atom,
    Json,
}

/// <summary>One entry of a feed, as written there: texts may hold markup, links are absolute.</summary>
public sealed record FeedItem
{
    /// <summary>guid, Atom id, JSON id or rdf:about.</summary>
    public string? Id { get; init; }

    public Uri? Link { get; init; }

    /// <summary>Plain text: feeds escape markup in titles more often than not.</summary>
    public string Title { get; init; } = "";

    /// <summary>The shorter body: description or summary. May be HTML.</summary>
    public string? Summary { get; init; }

    /// <summary>The longer body: content. May be HTML.</summary>
    public string? Content { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    public DateTimeOffset? Published { get; init; }

    public DateTimeOffset? Updated { get; init; }
}

/// <param name="Repairs">What was wrong with the bytes and was mended, for people; empty for a good feed.</param>
/// <param name="TimeToLive">The feed's wish not to be read more often.</param>
public sealed record FeedDocument(
    FeedFormat Format, string Title, Uri? Link, string? Language, TimeSpan? TimeToLive, IReadOnlyList<FeedItem> Items, IReadOnlyList<string> Repairs);

/// <summary>What reading came to.</summary>
public abstract record FeedReading
{
    private FeedReading()
    {
    }

    public sealed record Read(FeedDocument Document) : FeedReading;

    /// <param name="What">What came instead, in a few words.</param>
    public sealed record NotAFeed(string What) : FeedReading
    {
        public static NotAFeed HtmlPage { get; } = new("an HTML page");
    }
}
