namespace Monitoring.Names.Advice;

/// <summary>How many people bear a surname in the region.</summary>
public enum Rarity
{
    /// <summary>In none of our lists.</summary>
    Rare,

    /// <summary>Some hundred or thousand people in a country.</summary>
    Common,

    /// <summary>Among the most frequent of a country.</summary>
    VeryCommon,
}

/// <summary>What is known about a surname without any list: its frequency (<c>surnames.csv</c>), and whether it is something else too.</summary>
internal static class SurnameFacts
{
    private static readonly ILookup<string, (Rarity Rarity, string Country)> Frequent = DataFile.Rows(typeof(NameMatcher), "Tables.surnames.csv")
        .SelectMany(row => row[2].Split('|').Select(surname => (Key: SurnameKeys.Family(surname), Value: (row[1] == "verycommon" ? Rarity.VeryCommon : Rarity.Common, row[0]))))
        .ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    private static readonly HashSet<string> Nouns =
        [.. DataFile.Rows(typeof(NameMatcher), "Tables.words-as-surnames.csv").SelectMany(row => row[0].Split('|')).Select(Signs.Of)];

    /// <summary>Of the most frequent of the surnames that a person is found by.</summary>
    public static Rarity RarityOf(IEnumerable<PersonName> names) => names.SelectMany(name => name.Surname).Distinct(StringComparer.Ordinal).Select(RarityOf).DefaultIfEmpty(Rarity.Rare).Max();

    public static Rarity RarityOf(string surname) => Frequent[SurnameKeys.Family(surname)].Select(found => found.Rarity).DefaultIfEmpty(Rarity.Rare).Max();

    /// <returns>Where it is frequent (ISO 3166-1).</returns>
    public static IReadOnlyList<string> CountriesOf(string surname) => [.. Frequent[SurnameKeys.Family(surname)].Select(found => found.Country).Distinct().Order(StringComparer.Ordinal)];

    public static bool IsWord(string surname) => Nouns.Contains(Signs.Of(surname));

    public static bool IsGivenName(string surname) => GivenNames.IsListed(surname);
}
