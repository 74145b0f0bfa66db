namespace Monitoring.Violations;

/// <summary>Words that say that something was done.</summary>
/// <param name="weight">3 says it alone, 2 beside press or civic words, 1 only supports.</param>
/// <param name="not">Parts that make it something else where they overlap it.</param>
internal sealed class Cue(ViolationType type, int weight, Pattern pattern, Element[][] not)
{
    public ViolationType Type { get; } = type;

    public int Weight { get; } = weight;

    public Pattern Pattern { get; } = pattern;

    public Element[][] Not { get; } = not;
}

/// <summary>A cue in a text.</summary>
/// <param name="First">Of its tokens.</param>
/// <param name="Last">Of its tokens.</param>
internal readonly record struct CueHit(Cue Cue, int First, int Last);

/// <summary>What changes the meaning of a cue in its sentence.</summary>
internal enum Modifier
{
    /// <summary>It did not happen.</summary>
    Negated,
    Attempted,
    Planned,
    Threatened,
    Alleged,

    /// <summary>It happened before what the sentence tells.</summary>
    Earlier,

    /// <summary>Somebody demands it, or its end.</summary>
    Demand,

    /// <summary>Somebody comments on it.</summary>
    Reaction,

    /// <summary>It is told of nobody in particular.</summary>
    General,

    /// <summary>A law or a bill speaks of it.</summary>
    Law,

    /// <summary>It is done to those who did something to others.</summary>
    Perpetrator,

    /// <summary>It only tells who somebody is: "the convicted blogger".</summary>
    Attributive,

    /// <summary>It is what somebody wrote about: "fined for an article about torture".</summary>
    About,
}

internal readonly record struct ModifierHit(Modifier Modifier, int First, int Last);
