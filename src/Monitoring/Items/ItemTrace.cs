using Monitoring.Storage;

namespace Monitoring.Items;

/// <summary>
/// What retention reads of a row of table <c>Items</c>. An item that goes is first marked, which hides it from every reader, then loses what hangs on it,
/// and in the end its row keeps only identity and times: so its source may list it for years without its coming back as news.
/// </summary>
public sealed record ItemTrace
{
    public required ItemKey Key { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>Of the text it had; of a removed item, of the text its source last listed.</summary>
    public required string ContentHash { get; init; }

    /// <summary>When its text was first met; of a removed item, when any was.</summary>
    public required DateTimeOffset ContentSeen { get; init; }

    public bool IsUnderstood { get; init; }

    /// <summary>The captures its texts were read from, and those by which its article was found gone.</summary>
    public IReadOnlyList<string> Captures { get; init; } = [];

    /// <summary>It said something else before.</summary>
    public bool HasVersions { get; init; }

    public Uri? Link { get; init; }

    /// <summary>The item that tells of it instead; null if it is known as itself.</summary>
    public ItemKey? SightingOf { get; init; }

    /// <summary>Marked to be removed.</summary>
    public bool IsGoing { get; init; }

    /// <summary>Since when it is removed; null while it is not.</summary>
    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>Since when its source no longer lists the removed item, as far as we looked; null while it does.</summary>
    public DateTimeOffset? UnlistedSince { get; init; }

    public string? ETag { get; init; }

    /// <summary>No reader sees it any more.</summary>
    public bool IsGone => IsGoing || RemovedAt is not null;

    internal static IReadOnlyCollection<string> Columns { get; } =
        ["FirstSeen", "ContentHash", "ContentSeen", "UnderstoodBy", "CaptureId", "EarlierCaptures", "ArticleCaptureId", "GoneCaptures", "Link", "KnownAs", "IsGoing", "RemovedAt", "UnlistedSince"];

    /// <summary>The row of a removed item: these columns and no others.</summary>
    internal Entity ToRow() => new Entity(Key.Row)
    {
        ETag = ETag,
    }
        .Set("FirstSeen", FirstSeen)
        .Set("ContentHash", ContentHash)
        .Set("RemovedAt", RemovedAt)
        .Set("UnlistedSince", UnlistedSince);

    internal static ItemTrace FromRow(Entity row) => new()
    {
        Key = new ItemKey(row.Key.Partition, row.Key.Row),
        FirstSeen = row.NeedTime("FirstSeen"),
        ContentHash = row.NeedText("ContentHash"),
        ContentSeen = row.GetTime("ContentSeen") ?? row.NeedTime("FirstSeen"),
        IsUnderstood = row.GetText("UnderstoodBy") is not null,
        Captures = [.. ((string[])["EarlierCaptures", "CaptureId", "ArticleCaptureId", "GoneCaptures"]).SelectMany(column => row.GetText(column)?.Split(' ') ?? [])],
        HasVersions = row.GetText("EarlierCaptures") is not null,
        Link = row.GetText("Link") is { } link ? new Uri(link) : null,
        SightingOf = row.GetText("KnownAs") is { } known && ItemKey.Parse(known) is { } item && item.Row != row.Key ? item : null,
        IsGoing = row.GetFlag("IsGoing") ?? false,
        RemovedAt = row.GetTime("RemovedAt"),
        UnlistedSince = row.GetTime("UnlistedSince"),
        ETag = row.ETag,
    };
}
