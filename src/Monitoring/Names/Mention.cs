namespace Monitoring.Names;

/// <summary>Whom a mention is about.</summary>
public enum SubjectKind
{
    Person,
    Outlet,
}

/// <summary>How sure a mention is.</summary>
public enum Band
{
    /// <summary>A surname and nothing that says whose: shown only to those who try a text.</summary>
    Candidate,

    /// <summary>Worth a glance: an editor decides.</summary>
    Probable,

    /// <summary>The listed words stand there.</summary>
    Certain,
}

/// <summary>A listed person or outlet, found at one place of a text.</summary>
/// <param name="SubjectId">The entry's id.</param>
/// <param name="ListedName">The entry's display name.</param>
/// <param name="Start">Of the surface in the text, in characters.</param>
/// <param name="Length">Of the surface.</param>
/// <param name="Surface">The words as they stand in the text.</param>
/// <param name="Reasons">Why this is a mention, for people to read.</param>
public sealed record Mention(SubjectKind Kind, string SubjectId, string ListedName, int Start, int Length, string Surface, Band Band, IReadOnlyList<Reason> Reasons)
{
    private const int CertainFrom = 90;
    private const int ProbableFrom = 60;

    /// <summary>The sum of what speaks for it and against it; 90 and more is certain, 60 and more probable.</summary>
    public int Score { get; init; }

    /// <summary>How sure a score makes a mention.</summary>
    public static Band BandOf(int score) => score >= CertainFrom ? Band.Certain : score >= ProbableFrom ? Band.Probable : Band.Candidate;
}
