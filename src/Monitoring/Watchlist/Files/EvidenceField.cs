namespace Monitoring.Watchlist.Files;

/// <summary>The field <c>evidence</c> of a person: its words, and what they mean.</summary>
internal static class EvidenceField
{
    public const string Name = "evidence";

    private const string Full = "full";
    private const string SurnameWithGiven = "surname-with-given";
    private const string Surname = "surname";

    public static MinimumEvidence? Read(FieldReader fields) => fields.OneOf(Name, Full, SurnameWithGiven, Surname) switch
    {
        Full => MinimumEvidence.Full,
        SurnameWithGiven => MinimumEvidence.SurnameWithGiven,
        Surname => MinimumEvidence.Surname,
        _ => null,
    };

    public static string? Word(MinimumEvidence? evidence) => evidence switch
    {
        MinimumEvidence.Full => Full,
        MinimumEvidence.SurnameWithGiven => SurnameWithGiven,
        MinimumEvidence.Surname => Surname,
        _ => null,
    };
}
