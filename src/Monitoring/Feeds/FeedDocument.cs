namespace Monitoring.Feeds;

/// <summary>The kinds of feed that are read.</summary>
public enum FeedFormat
{
    /// <summary>RSS 0.91-2.0.</summary>
    Rss,

    /// <summary>RSS 0.90, 1.0 and 1.1: RDF.</summary>
    Rdf,

    /// <summary>Atom 0.3 and 1.0.</summary>
    Atom,

    /// <summary>Channel Definition Format.</summary>
    Cdf,

    /// <summary>JSON Feed 1.0 and 1.1.</summary>
    Json,

    /// <summary>A sitemap, with or without news.</summary>
    Sitemap,

    /// <summary>A sitemap of sitemaps: the items are these, not articles.</summary>
    SitemapIndex,
}

/// <summary>A feed as it was read.</summary>
public sealed record FeedDocument
{
    public required FeedFormat Format { get; init; }

    /// <summary>As the document says: <c>2.0</c>; null if it does not.</summary>
    public string? Version { get; init; }

    /// <summary>The encoding the bytes were read in, which need not be the declared one.</summary>
    public required string Encoding { get; init; }

    /// <summary>Plain text on one line.</summary>
    public string Title { get; init; } = "";

    /// <summary>Description, subtitle or tagline.</summary>
    public FeedText? Description { get; init; }

    /// <summary>The site's page.</summary>
    public Uri? Link { get; init; }

    /// <summary>Atom id or guid.</summary>
    public string? Id { get; init; }

    /// <summary>As the document says, else as the server does; hyphens between the subtags.</summary>
    public string? Language { get; init; }

    /// <summary>The authors; the webmaster or publisher only if the feed names nobody else.</summary>
    public IReadOnlyList<FeedPerson> Authors { get; init; } = [];

    public IReadOnlyList<FeedPerson> Contributors { get; init; } = [];

    /// <summary>Publisher, webmaster and the owner of a podcast.</summary>
    public IReadOnlyList<FeedPerson> Publishers { get; init; } = [];

    public DateTimeOffset? Published { get; init; }

    /// <summary>The last change; the publication if the feed tells no other date.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>The feed's wish not to be read more often. At most a week.</summary>
    public TimeSpan? TimeToLive { get; init; }

    public FeedText? Rights { get; init; }

    public string? Generator { get; init; }

    /// <summary>Image or logo; the icon if there is neither.</summary>
    public Uri? Image { get; init; }

    /// <summary>The small square picture.</summary>
    public Uri? Icon { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>All links of the feed; of other elements the licence (<c>license</c>) and what documents the format (<c>help</c>).</summary>
    public IReadOnlyList<FeedLink> Links { get; init; } = [];

    /// <summary>In the order of the document.</summary>
    public required IReadOnlyList<FeedItem> Items { get; init; }

    /// <summary>What was wrong and was mended, one of each kind; empty for a good feed.</summary>
    public required IReadOnlyList<FeedRepair> Repairs { get; init; }
}

/// <summary>What reading came to.</summary>
public abstract record FeedReading
{
    private FeedReading()
    {
    }

    /// <summary>A feed, perhaps without items.</summary>
    public sealed record Read(FeedDocument Document) : FeedReading;

    /// <summary>Something else, or a feed that breaks before its first item.</summary>
    /// <param name="What">What came instead, in a few words.</param>
    public sealed record NotAFeed(string What) : FeedReading
    {
        public static NotAFeed HtmlPage { get; } = new("an HTML page");
    }
}
