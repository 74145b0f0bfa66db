using Monitoring.Storage;

namespace Monitoring.Items;

public enum ArticleReading
{
    /// <summary>The source gave the whole text; the page is only looked at again.</summary>
    NotNeeded,
    Due,
    Read,

    /// <summary>Given up; <see cref="ArticleState.Outcome"/> says why.</summary>
    Failed,
}

/// <summary>An answer that says that an article is not there any more.</summary>
/// <param name="How"><c>HTTP 404</c>, <c>HTTP 410</c>, or <c>@reason.front_page</c>, which names a text.</param>
/// <param name="CaptureId">The answer, kept.</param>
public sealed record GoneSign(DateTimeOffset At, string How, string CaptureId);

/// <summary>How it stands with the page of an item's article: whether it was read, and what looking at it again showed.</summary>
public sealed record ArticleState
{
    public required ItemKey Key { get; init; }

    public ArticleReading Reading { get; init; }

    /// <summary>When the page is to be read; null: it is not.</summary>
    public DateTimeOffset? NextRead { get; init; }

    /// <summary>When it is to be looked at again; null: it is not.</summary>
    public DateTimeOffset? NextLook { get; init; }

    /// <summary>A work item is under way; before this time no other is made.</summary>
    public DateTimeOffset? QueuedUntil { get; init; }

    /// <summary>Work items in a row that came to no end.</summary>
    public int Claims { get; init; }

    /// <summary>Attempts at reading the present version.</summary>
    public int Attempts { get; init; }

    /// <summary>When the last attempt at reading was made.</summary>
    public DateTimeOffset? LastAttempt { get; init; }

    /// <summary>What it came to: failure strings, HTTP statuses; never an address or text of the page.</summary>
    public string? Outcome { get; init; }

    /// <summary>The address that the page calls its own; of the same registrable domain as where it was read.</summary>
    public Uri? Canonical { get; init; }

    public string? Author { get; init; }

    /// <summary>From when the days to the next look are counted: when the item was first seen, the article was found gone, or came back. Null: nobody looks.</summary>
    public DateTimeOffset? LooksSince { get; init; }

    /// <summary>The answer by which the article seems gone.</summary>
    public GoneSign? First { get; init; }

    /// <summary>The one that confirms it, while it is not known whether the site answers otherwise.</summary>
    public GoneSign? Second { get; init; }

    public string? ETag { get; init; }

    public DateTimeOffset? Due => NextRead is null || NextLook < NextRead ? NextLook : NextRead;

    internal Entity ToRow() => Set(
        Set(
            new Entity(Key.Row) { ETag = ETag }
                .Set("Reading", Reading.ToString())
                .Set("NextRead", NextRead)
                .Set("NextLook", NextLook)
                .Set("QueuedUntil", QueuedUntil)
                .Set("Claims", Claims)
                .Set("Attempts", Attempts)
                .Set("LastAttempt", LastAttempt)
                .Set("Outcome", Outcome)
                .Set("Canonical", Canonical?.AbsoluteUri)
                .Set("Author", Author)
                .Set("LooksSince", LooksSince),
            "First",
            First),
        "Second",
        Second);

    internal static ArticleState FromRow(Entity row) => new()
    {
        Key = new ItemKey(row.Key.Partition, row.Key.Row),
        Reading = Enum.Parse<ArticleReading>(row.NeedText("Reading")),
        NextRead = row.GetTime("NextRead"),
        NextLook = row.GetTime("NextLook"),
        QueuedUntil = row.GetTime("QueuedUntil"),
        Claims = (int)(row.GetNumber("Claims") ?? 0),
        Attempts = (int)(row.GetNumber("Attempts") ?? 0),
        LastAttempt = row.GetTime("LastAttempt"),
        Outcome = row.GetText("Outcome"),
        Canonical = row.GetText("Canonical") is { } canonical ? new Uri(canonical) : null,
        Author = row.GetText("Author"),
        LooksSince = row.GetTime("LooksSince"),
        First = Sign(row, "First"),
        Second = Sign(row, "Second"),
        ETag = row.ETag,
    };

    private static Entity Set(Entity row, string which, GoneSign? sign) => row.Set(which + "At", sign?.At).Set(which + "How", sign?.How).Set(which + "Capture", sign?.CaptureId);

    private static GoneSign? Sign(Entity row, string which) =>
        row.GetTime(which + "At") is { } at ? new GoneSign(at, row.NeedText(which + "How"), row.NeedText(which + "Capture")) : null;
}
