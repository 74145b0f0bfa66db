using System.Text.Json.Serialization;
using Monitoring.Items.Stories;
using Monitoring.Watchlist;

namespace Monitoring.Items;

public enum FlagState
{
    /// <summary>Waits for an editor.</summary>
    New,
    Confirmed,
    Dismissed,
}

/// <param name="Id">The watch-list entry, or the code of a kind of act.</param>
public sealed record FlagSubject(FindingKind Kind, string Id, string Name)
{
    [JsonIgnore]
    public bool IsName => Kind is FindingKind.Person or FindingKind.Outlet;
}

/// <summary>
/// An item that is worth an editor's minute, and why. One per item; when an item's text or the list changes the same flag is recomputed, and the
/// editor's decision stays unless the new text says more.
/// </summary>
public sealed record Flag
{
    public required ItemKey Item { get; init; }

    public FlagState State { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>Persons and outlets, topics, then kinds of act, the one that decided first.</summary>
    public required IReadOnlyList<FlagSubject> Subjects { get; init; }

    public required string Title { get; init; }

    /// <summary>The outlet that published it.</summary>
    public string? Outlet { get; init; }

    /// <summary>How many sources tell it.</summary>
    public int Sources { get; init; } = 1;

    /// <summary>The story it tells; null before it was put into one.</summary>
    public FlagStory? Story { get; init; }

    public string? Country { get; init; }

    public string? Language { get; init; }

    public Uri? Link { get; init; }

    public DateTimeOffset? Published { get; init; }

    /// <summary>When the flagged text was first seen.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The decisive sentence.</summary>
    public required MarkedText Passage { get; init; }

    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>Rules and list version that made it.</summary>
    public required string UnderstoodBy { get; init; }

    /// <summary>Who decided; null while the flag is new.</summary>
    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The editor's note, and of a dismissal the reason.</summary>
    public string? Note { get; init; }

    public string? ETag { get; init; }

    /// <summary>By what it stands in the queue of those that wait, part by part; empty for flags made before there were parts.</summary>
    public IReadOnlyList<PriorityPart> Priority { get; init; } = [];

    public IEnumerable<FlagSubject> Named => Subjects.Where(subject => subject.IsName);

    public IEnumerable<FlagSubject> Topics => Subjects.Where(subject => subject.Kind is FindingKind.Topic);

    public IEnumerable<FlagSubject> Acts => Subjects.Where(subject => subject.Kind is FindingKind.Violation);
}
