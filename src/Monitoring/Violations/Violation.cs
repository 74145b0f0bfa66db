namespace Monitoring.Violations;

/// <summary>Whether the act was done, as the text tells it.</summary>
public enum ViolationStatus
{
    Occurred,

    /// <summary>Somebody says so.</summary>
    Alleged,
    Attempted,
    Threatened,
    Planned,
}

/// <summary>How near the act stands to those we watch over.</summary>
public enum Victim
{
    /// <summary>Nobody of these stands beside it.</summary>
    None,

    /// <summary>Somebody is named, with first name and surname.</summary>
    Named,

    /// <summary>An activist, a party, a rally, believers.</summary>
    Civic,

    /// <summary>A journalist, an outlet, a site.</summary>
    Press,

    /// <summary>Somebody of the watch list.</summary>
    Listed,
}

/// <summary>Who did it, where the sentence says so.</summary>
public enum ActorKind
{
    Police,
    Court,
    Authority,
    Private,
    Unknown,
}

/// <summary>One kind of act that a text reports, at the place that says it best.</summary>
/// <param name="Score">How sure it is that the text tells of it: 0 to about 4; from <see cref="ViolationFinder.Least"/> on it counts.</param>
/// <param name="Actor">Null if the sentence does not say.</param>
/// <param name="Cue">The words that say it.</param>
/// <param name="Sentence">The sentence they stand in.</param>
public sealed record Violation(ViolationType Type, double Score, ViolationStatus Status, Victim Victim, ActorKind? Actor, Mark Cue, Mark Sentence, IReadOnlyList<Reason> Reasons);
