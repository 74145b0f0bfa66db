using Monitoring.Watchlist;

namespace Monitoring.Names;

/// <summary>First names of the region with their equivalents in other languages (<c>givennames.csv</c>).</summary>
internal static class GivenNames
{
    private static readonly IReadOnlyList<(Gender Gender, string[] Forms)> Groups =
    [
        .. DataFile.Rows(typeof(GivenNames), "Tables.givennames.csv").Select(row => (row[0] == "f" ? Gender.Female : Gender.Male, row[1].Split('|'))),
    ];

    private static readonly StemTable Stems = BuildStems();
    private static readonly ILookup<string, int> ByForm = Groups.SelectMany((group, number) => group.Forms.Select(form => (Skeleton: Signs.Of(form), number)))
        .ToLookup(pair => pair.Skeleton, pair => pair.number, StringComparer.Ordinal);

    /// <summary>Whether a word is a first name that we know, in any case of any language.</summary>
    public static bool IsOne(byte[] word) => Stems.MayBegin(word) && Stems.Find(word).Any();

    /// <summary>Whether this is one as it stands in a list.</summary>
    public static bool IsListed(string name) => NumbersOf(name).Any();

    /// <summary>The other forms of a name, itself not among them.</summary>
    public static IEnumerable<string> EquivalentsOf(string name) =>
        NumbersOf(name).SelectMany(number => Groups[number].Forms).Where(form => Signs.Of(form) != Signs.Of(name)).Distinct(StringComparer.Ordinal);

    /// <summary>What the name itself says.</summary>
    public static Gender GenderOf(string name) =>
        NumbersOf(name).Select(number => Groups[number].Gender).Distinct().ToList() is [var only] ? only : Gender.Unknown;

    private static IEnumerable<int> NumbersOf(string name) => Spellings.Of(name).SelectMany(skeleton => ByForm[skeleton]).Distinct();

    private static StemTable BuildStems()
    {
        var stems = new StemTable();
        foreach (var (number, (gender, forms)) in Groups.Index())
        {
            foreach (var form in forms)
            {
                foreach (var (skeleton, endings) in NamePart.Stems(form, PartRole.Given, gender))
                {
                    stems.Add(skeleton, endings, number);
                }
            }
        }

        return stems.Freeze();
    }
}
