namespace Monitoring.Queries;

/// <summary>What <c>type:</c> may ask for: the codes of the violation types.</summary>
internal static class ViolationCodes
{
    public static IReadOnlyList<string> All { get; } =
    [
        "KILLING", "ABDUCTION", "ASSAULT", "ILLTREATMENT", "THREAT", "HARASSMENT", "SURVEILLANCE", "PROPERTY", "CYBER", "OBSTRUCTION", "ACCESS_DENIED", "MOVEMENT",
        "DETENTION", "ARREST", "SUMMONS", "SEARCH", "CRIMINAL_CASE", "CONVICTION", "ADMIN_PENALTY", "CIVIL_SUIT", "BLOCKING", "SHUTDOWN", "CLOSURE", "CENSORSHIP",
        "ECONOMIC", "LEGISLATION", "IMPUNITY", "UNFAIR_TRIAL", "ASSEMBLY", "RELEASE", "CONTEXT",
    ];
}
