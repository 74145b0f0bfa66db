using Monitoring.Watchlist;

namespace Monitoring.Names.Advice;

/// <summary>What those who keep the list should know about a listed person's name.</summary>
/// <param name="Rarity">Of the most frequent of the surnames it is found by.</param>
/// <param name="FrequentIn">Countries (ISO 3166-1).</param>
/// <param name="Collisions">Other entries that may be taken for this one, the nearest first, at most <see cref="NameAdvisor.MostCollisions"/>.</param>
public sealed record NameAdvice(Person Person, Rarity Rarity, IReadOnlyList<string> FrequentIn, IReadOnlyList<Collision> Collisions, EvidenceRule Evidence)
{
    /// <summary>Namesakes can only be told apart by context words.</summary>
    public bool NeedsContext => Person.Context.Count == 0 && Collisions.Any(collision => collision.Kind is CollisionKind.Namesake);

    /// <summary>Whether there is more to say than that the name is rare.</summary>
    public bool HasSomethingToSay => Evidence.Chosen is not MinimumEvidence.Surname || Collisions.Count > 0;
}

/// <summary>Why two entries may be taken for each other; the nearest first.</summary>
public enum CollisionKind
{
    /// <summary>Surname and first name are the same, or nothing but the surname is known of one.</summary>
    Namesake,

    /// <summary>The same surname with another first name.</summary>
    SameSurname,

    /// <summary>A man and a woman: Ергалиев and Ергалиева, whose case forms are alike.</summary>
    OneFamily,

    /// <summary>One sign more, less or another: Аминов, Амилов.</summary>
    Near,

    /// <summary>Alike in what changes between Kazakh and Russian.</summary>
    Alike,

    /// <summary>One surname begins with the other: Сапаргали, Сапаргалиев.</summary>
    Prefix,

    /// <summary>An outlet's name holds the word.</summary>
    OutletWord,
}

/// <param name="Other">The entry that this one may be taken for.</param>
public sealed record Collision(CollisionKind Kind, Entry Other);

/// <summary>What a text must hold before the person counts as named, and why.</summary>
/// <param name="IsStated">The entry itself says so.</param>
public sealed record EvidenceRule(MinimumEvidence Chosen, bool IsStated, IReadOnlyList<EvidenceGround> Grounds);

/// <summary>Why a surname alone is, or is not, enough.</summary>
public enum EvidenceGround
{
    Rare,
    Common,
    VeryCommon,

    /// <summary>Fewer than four signs: many words look like it.</summary>
    ShortSurname,

    /// <summary>A common noun too.</summary>
    Word,

    /// <summary>A first name too.</summary>
    GivenName,

    /// <summary>Another person of the list has it, or one like it.</summary>
    Collides,

    /// <summary>Nothing but this word is listed.</summary>
    OneWord,
}
