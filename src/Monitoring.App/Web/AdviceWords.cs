using Monitoring.Names.Advice;
using Monitoring.Watchlist;

namespace Monitoring.App.Web;

/// <summary>Advice about a listed name in short sentences, for pages and the command line.</summary>
internal static class AdviceWords
{
    public static string Of(Rarity rarity, IReadOnlyList<string> countries) => rarity switch
    {
        Rarity.VeryCommon => $"The surname is very common in {string.Join(", ", countries)}.",
        Rarity.Common => $"The surname is common in {string.Join(", ", countries)}.",
        _ => "The surname is not among the frequent ones of the region.",
    };

    public static string Of(CollisionKind kind) => kind switch
    {
        CollisionKind.Namesake => "same name",
        CollisionKind.SameSurname => "same surname",
        CollisionKind.OneFamily => "man's and woman's form of one surname",
        CollisionKind.Near => "surname differs by one letter",
        CollisionKind.Alike => "surname sounds alike",
        CollisionKind.Prefix => "one surname begins with the other",
        _ => "the outlet's name holds the word",
    };

    public static string Of(MinimumEvidence evidence) => evidence switch
    {
        MinimumEvidence.Full => "First name and surname must stand in the text.",
        MinimumEvidence.SurnameWithGiven => "The surname needs the first name, an initial or a context word beside it.",
        _ => "The surname alone is enough.",
    };

    /// <summary>The rule with its reasons.</summary>
    public static string Of(EvidenceRule rule) => rule.IsStated
        ? $"{Of(rule.Chosen)} The entry says so."
        : $"{Of(rule.Chosen)} Why: {string.Join(", ", rule.Grounds.Select(Of))}.";

    private static string Of(EvidenceGround ground) => ground switch
    {
        EvidenceGround.VeryCommon => "the surname is very common",
        EvidenceGround.Common => "the surname is common",
        EvidenceGround.ShortSurname => "the surname is short",
        EvidenceGround.Word => "the surname is a word of the language",
        EvidenceGround.GivenName => "the surname is a first name too",
        EvidenceGround.Collides => "others of the list have a name like it",
        EvidenceGround.OneWord => "only one word is listed",
        _ => "the surname is rare",
    };
}
