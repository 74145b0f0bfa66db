namespace Monitoring.Names;

/// <summary>How a surname is accompanied.</summary>
internal enum NameKind
{
    /// <summary>By a first name that agrees.</summary>
    Full,

    /// <summary>By initials that agree.</summary>
    Initials,

    /// <summary>By nothing that says who it is.</summary>
    Bare,

    /// <summary>By what says that it is somebody or something else.</summary>
    Contradicted,
}

/// <param name="Start">Of the whole name.</param>
internal sealed record NameInContext(NameKind Kind, int Start, int End, GivenFit Fit, IReadOnlyList<Reason> Reasons)
{
    public static NameInContext Contradicted(SurnameHit hit, Reason why) => new(NameKind.Contradicted, hit.Start, hit.End, GivenFit.Nearly, [why]);
}
