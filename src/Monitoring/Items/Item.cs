using Monitoring.Storage;

namespace Monitoring.Items;

/// <summary>A stored item. Its text stands apart (<see cref="ItemStore.GetWholeTextAsync"/>), so that lists stay small.</summary>
public sealed record Item
{
    public required ItemKey Key { get; init; }

    public required string Title { get; init; }

    /// <summary>The beginning of the text.</summary>
    public required string Summary { get; init; }

    public Uri? Link { get; init; }

    public string? Language { get; init; }

    public string? Country { get; init; }

    public DateTimeOffset? Published { get; init; }

    /// <summary>When any version of it was first met.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When the present text was first met.</summary>
    public required DateTimeOffset ContentSeen { get; init; }

    public required string ContentHash { get; init; }

    /// <summary>Met on the source's first visit: known to have been there before we looked.</summary>
    public bool IsBaseline { get; init; }

    /// <summary>The capture its text was read from.</summary>
    public string? CaptureId { get; init; }

    /// <summary>The captures of its earlier texts, oldest first: what an outlet changed or took back is evidence too.</summary>
    public IReadOnlyList<string> EarlierCaptures { get; init; } = [];

    /// <summary>The item under which its article is known: itself, or one of another source (<see cref="Sightings"/>). Null before it is first understood.</summary>
    public ItemKey? KnownAs { get; init; }

    /// <summary>Another item tells of it; this one only keeps what its source said.</summary>
    public bool IsSighting => KnownAs is { } known && known != Key;

    /// <summary>When its article was last read on its page; null: its text is what its source tells.</summary>
    public DateTimeOffset? ArticleAt { get; init; }

    /// <summary>The capture of that page.</summary>
    public string? ArticleCaptureId { get; init; }

    /// <summary>Its outlet took the article away; null: not as far as is known.</summary>
    public ItemGone? Gone { get; init; }

    /// <summary>Rules and list version of the last complete understanding; null while it is pending.</summary>
    public string? UnderstoodBy { get; init; }

    /// <summary>The condition of the next save.</summary>
    public string? ETag { get; init; }

    internal Entity ToRow() => new Entity(Key.Row)
    {
        ETag = ETag,
    }
        .Set("Title", Title)
        .Set("Summary", Summary)
        .Set("Link", Link?.AbsoluteUri)
        .Set("Language", Language)
        .Set("Country", Country)
        .Set("Published", Published)
        .Set("FirstSeen", FirstSeen)
        .Set("ContentSeen", ContentSeen)
        .Set("ContentHash", ContentHash)
        .Set("IsBaseline", IsBaseline)
        .Set("CaptureId", CaptureId)
        .Set("EarlierCaptures", EarlierCaptures.Count == 0 ? null : string.Join(' ', EarlierCaptures))
        .Set("KnownAs", KnownAs?.ToString())
        .Set("ArticleAt", ArticleAt)
        .Set("ArticleCaptureId", ArticleCaptureId)
        .Set("GoneSince", Gone?.Since)
        .Set("GoneConfirmed", Gone?.Confirmed)
        .Set("GoneHow", Gone?.How)
        .Set("GoneCaptures", Gone is null ? null : string.Join(' ', Gone.Captures))
        .Set("GoneBack", Gone?.BackAt)
        .Set("UnderstoodBy", UnderstoodBy);

    internal static Item FromRow(Entity row) => new()
    {
        Key = new ItemKey(row.Key.Partition, row.Key.Row),
        Title = row.NeedText("Title"),
        Summary = row.NeedText("Summary"),
        Link = row.GetText("Link") is { } link ? new Uri(link) : null,
        Language = row.GetText("Language"),
        Country = row.GetText("Country"),
        Published = row.GetTime("Published"),
        FirstSeen = row.NeedTime("FirstSeen"),
        ContentSeen = row.NeedTime("ContentSeen"),
        ContentHash = row.NeedText("ContentHash"),
        IsBaseline = row.GetFlag("IsBaseline") ?? false,
        CaptureId = row.GetText("CaptureId"),
        EarlierCaptures = row.GetText("EarlierCaptures")?.Split(' ') ?? [],
        KnownAs = row.GetText("KnownAs") is { } known ? ItemKey.Parse(known) : null,
        ArticleAt = row.GetTime("ArticleAt"),
        ArticleCaptureId = row.GetText("ArticleCaptureId"),
        Gone = row.GetTime("GoneSince") is { } since
            ? new ItemGone(since, row.NeedTime("GoneConfirmed"), row.NeedText("GoneHow"), row.NeedText("GoneCaptures").Split(' '), row.GetTime("GoneBack"))
            : null,
        UnderstoodBy = row.GetText("UnderstoodBy"),
        ETag = row.ETag,
    };
}
