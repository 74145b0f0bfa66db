namespace Monitoring.WatchedPages;

/// <summary>Where on a page something was told.</summary>
public enum ArticlePart
{
    /// <summary>The part that the source's entry chooses.</summary>
    Selector,

    /// <summary>A script of linked data (schema.org).</summary>
    JsonLd,

    /// <summary>The properties of Open Graph: <c>og:…</c>, <c>article:…</c>.</summary>
    OpenGraph,

    /// <summary>Other meta elements, the title and links of the head.</summary>
    Meta,

    /// <summary>Attributes of microdata.</summary>
    Itemprop,

    TimeElement,

    /// <summary>The element of the whole page.</summary>
    Root,

    Headline,

    /// <summary>What stands near the headline: "19 сентября 2026 года", "Автор: …".</summary>
    Byline,

    /// <summary>The part with the most running text.</summary>
    Density,
}

/// <param name="By">Where the page told it.</param>
public sealed record Told<T>(T Value, ArticlePart By);

/// <summary>What a page says of the article it holds; null for what it does not say.</summary>
public sealed record Article
{
    public Told<string>? Title { get; init; }

    /// <summary>Plain text, a line for each paragraph; without menus, lists of other articles, comments and notes of the site.</summary>
    public Told<string>? Text { get; init; }

    /// <summary>A date without time is midnight, a time without zone is UTC.</summary>
    public Told<DateTimeOffset>? Published { get; init; }

    public Told<string>? Author { get; init; }

    /// <summary>ISO 639, as the page says; pages often say it wrongly.</summary>
    public Told<string>? Language { get; init; }

    /// <summary>The address that the page calls its own; only of the same registrable domain.</summary>
    public Told<Uri>? Canonical { get; init; }
}
