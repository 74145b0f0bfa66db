namespace Monitoring.Feeds;

/// <summary>One entry of a feed. Links are absolute addresses of the web.</summary>
public sealed record FeedItem
{
    /// <summary>guid, Atom id, JSON id or rdf:about, as written; a relative Atom id made absolute.</summary>
    public string? Id { get; init; }

    /// <summary>The page of the item; the guid if that is said to be one and there is no link.</summary>
    public Uri? Link { get; init; }

    /// <summary>Plain text on one line: feeds escape markup in titles more often than not.</summary>
    public string Title { get; init; } = "";

    /// <summary>The shorter body: description or summary; the content if the item has nothing shorter.</summary>
    public FeedText? Summary { get; init; }

    /// <summary>The longer body, if there are two.</summary>
    public FeedText? Content { get; init; }

    /// <summary>The publisher only if the item names nobody else.</summary>
    public IReadOnlyList<FeedPerson> Authors { get; init; } = [];

    public IReadOnlyList<FeedPerson> Contributors { get; init; } = [];

    public IReadOnlyList<FeedPerson> Publishers { get; init; } = [];

    /// <summary>The last change if the item tells no other date: Atom only demands that (RFC 4287 section 4.1.2).</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>The last change; the publication if the item tells no other date.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>When it was written, if the item says so apart from the publication.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Until when it holds.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>As the item says, else as the feed does.</summary>
    public string? Language { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>All links of the item, the page among them; of other elements the licence (<c>license</c>) and the feed of the comments (<c>replies</c>).</summary>
    public IReadOnlyList<FeedLink> Links { get; init; } = [];

    /// <summary>Files that belong to the item: sound, pictures, films.</summary>
    public IReadOnlyList<FeedEnclosure> Enclosures { get; init; } = [];

    public Uri? Image { get; init; }

    public Uri? Comments { get; init; }

    public FeedText? Rights { get; init; }

    /// <summary>The feed the item was taken from, by its title.</summary>
    public string? SourceTitle { get; init; }

    /// <summary>Its page or its address.</summary>
    public Uri? SourceLink { get; init; }
}

/// <summary>Somebody named by a feed. At least one of the three is there.</summary>
public sealed record FeedPerson(string? Name, string? Email, Uri? Url);

/// <param name="Relation"><c>alternate</c> if nothing is said.</param>
public sealed record FeedLink(Uri Url, string Relation, string? Type, string? Title);

/// <param name="Length">In bytes, as written by the feed.</param>
public sealed record FeedEnclosure(Uri Url, string? Type, long? Length);
