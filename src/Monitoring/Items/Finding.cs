using Monitoring.Names;

namespace Monitoring.Items;

/// <summary>What a finding is about.</summary>
public enum FindingKind
{
    Person,
    Outlet,
    Topic,
}

/// <summary>A listed name or a topic's keyword at one place of an item's text (title, line break, text).</summary>
/// <param name="SubjectId">The watch-list entry.</param>
/// <param name="Name">The entry's name.</param>
/// <param name="Surface">The words as they stand in the text.</param>
public sealed record Finding(FindingKind Kind, string SubjectId, string Name, int Start, int Length, string Surface, IReadOnlyList<Reason> Reasons)
{
    /// <summary>How sure a name is; null for a topic, and for what was stored before there were bands.</summary>
    public Band? Band { get; init; }

    /// <summary>What the band was made of (<see cref="Mention.Score"/>); null where the band is.</summary>
    public int? Score { get; init; }

    public Mark Mark => new(Start, Length);
}
