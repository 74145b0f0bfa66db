using Monitoring.Watchlist;

namespace Monitoring.Names.Advice;

/// <summary>
/// How much of a name must stand in a text. In this order: what the entry states; the full name if the surname is short or a first name; the surname with
/// something beside it if it is a word, frequent, or like another of the list; else the surname alone.
/// </summary>
internal static class EvidenceChoice
{
    private const int ShortBelow = 4;

    public static EvidenceRule Of(Person person, IReadOnlyList<PersonName> names, Rarity rarity, IReadOnlyList<Collision> collisions)
    {
        var grounds = Grounds(names, rarity, collisions).ToList();
        if (grounds.TrueForAll(ground => ground is EvidenceGround.OneWord))
        {
            grounds.Add(EvidenceGround.Rare);
        }

        if (person.Evidence is { } stated)
        {
            return new EvidenceRule(stated, IsStated: true, grounds);
        }

        // Of a pen name nothing else can be asked than words of its context.
        var isOneWord = names.All(name => name.IsOneWord);
        var chosen = grounds.Exists(ground => ground is EvidenceGround.ShortSurname or EvidenceGround.GivenName) && !isOneWord ? MinimumEvidence.Full
            : grounds.Exists(ground => ground is not (EvidenceGround.Rare or EvidenceGround.OneWord)) ? MinimumEvidence.SurnameWithGiven
            : MinimumEvidence.Surname;
        return new EvidenceRule(chosen, IsStated: false, grounds);
    }

    private static IEnumerable<EvidenceGround> Grounds(IReadOnlyList<PersonName> names, Rarity rarity, IReadOnlyList<Collision> collisions)
    {
        var surnames = names.Select(name => name.Surname).ToList();
        var single = surnames.Where(parts => parts.Count == 1).Select(parts => parts[0]).ToList();
        if (names.All(name => name.IsOneWord))
        {
            yield return EvidenceGround.OneWord;
        }

        if (single.Exists(surname => Signs.Of(surname).Length < ShortBelow))
        {
            yield return EvidenceGround.ShortSurname;
        }

        if (single.Exists(SurnameFacts.IsGivenName))
        {
            yield return EvidenceGround.GivenName;
        }

        if (single.Exists(SurnameFacts.IsWord))
        {
            yield return EvidenceGround.Word;
        }

        if (collisions.Count > 0)
        {
            yield return EvidenceGround.Collides;
        }

        if (rarity is not Rarity.Rare)
        {
            yield return rarity is Rarity.VeryCommon ? EvidenceGround.VeryCommon : EvidenceGround.Common;
        }
    }
}
