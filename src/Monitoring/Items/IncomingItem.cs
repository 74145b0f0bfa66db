using Monitoring.Storage;

namespace Monitoring.Items;

/// <summary>One item as a source tells it, made plain: texts without markup, links absolute, dates in UTC.</summary>
public sealed record IncomingItem
{
    /// <summary>What the source calls it; opaque.</summary>
    public string? SourceGuid { get; init; }

    public Uri? Link { get; init; }

    public string Title { get; init; } = "";

    /// <summary>Plain text of summary and body.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>As the source says, or null: an undated item is never mailed at once.</summary>
    public DateTimeOffset? Published { get; init; }

    public DateTimeOffset? Updated { get; init; }

    /// <summary>Changes when something a reader sees changes.</summary>
    public string ContentHash => Keys.Hash(Title, Text);
}

/// <summary>What reading a source's bytes came to.</summary>
public abstract record SourceReading
{
    private SourceReading()
    {
    }

    /// <param name="Items">In the source's order.</param>
    /// <param name="Repairs">What was wrong and was mended, for people; empty if nothing.</param>
    /// <param name="Language">As the source says.</param>
    /// <param name="AtLeastEvery">The source asks not to come more often; null if it says nothing.</param>
    public sealed record Document(IReadOnlyList<IncomingItem> Items, IReadOnlyList<string> Repairs, string? Language, TimeSpan? AtLeastEvery) : SourceReading
    {
        /// <summary>Given to the reader at the next visit, at most 32,768 characters; null keeps what it was given.</summary>
        public string? Memory { get; init; }

        /// <summary>Why the answer does not count before the next one confirms it, for operators; null: it counts.</summary>
        public string? WaitsFor { get; init; }
    }

    /// <param name="What">What came instead, in a few words without quoting it: <c>an HTML page</c>.</param>
    public sealed record Unreadable(string What) : SourceReading
    {
        /// <summary>A page came where a feed was expected.</summary>
        public bool IsHtml { get; init; }

        /// <summary>Feeds that it names, or sitemaps.</summary>
        public IReadOnlyList<Uri> Feeds { get; init; } = [];
    }
}
