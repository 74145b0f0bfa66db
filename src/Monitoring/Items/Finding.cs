using Monitoring.Names;
using Monitoring.Violations;

namespace Monitoring.Items;

/// <summary>What a finding is about.</summary>
public enum FindingKind
{
    Person,
    Outlet,
    Topic,

    /// <summary>A kind of act that the text reports; its id is the type's code.</summary>
    Violation,
}

/// <summary>A listed name, a topic's keyword or a reported act at one place of an item's text (title, line break, text).</summary>
/// <param name="SubjectId">The watch-list entry, or the code of the kind of act.</param>
/// <param name="Name">The entry's name, or the code.</param>
/// <param name="Surface">The words as they stand in the text.</param>
public sealed record Finding(FindingKind Kind, string SubjectId, string Name, int Start, int Length, string Surface, IReadOnlyList<Reason> Reasons)
{
    /// <summary>How sure a name is; null for what is no name, and for what was stored before there were bands.</summary>
    public Band? Band { get; init; }

    /// <summary>What the band was made of (<see cref="Mention.Score"/>); of an act a hundred times <see cref="Violation.Score"/>; null for a topic.</summary>
    public int? Score { get; init; }

    /// <summary>Of an act: whether it was done, as the text tells it; null for everything else.</summary>
    public ViolationStatus? Status { get; init; }

    /// <summary>Of an act: who stands beside it; null for everything else.</summary>
    public Victim? Victim { get; init; }

    /// <summary>Of an act: who did it, as far as its sentence names somebody who may have; null for everything else.</summary>
    public ActorKind? Actor { get; init; }

    public bool IsName => Kind is FindingKind.Person or FindingKind.Outlet;

    public Mark Mark => new(Start, Length);
}
