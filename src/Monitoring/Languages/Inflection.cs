using System.Buffers;
using System.Collections.Frozen;

namespace Monitoring.Languages;

/// <summary>One way a word may stand in a text: a stem, and what may follow it.</summary>
internal sealed record InflectedStem(string Stem, WordEndings Endings);

/// <summary>
/// All forms of a word, from its dictionary form, by tables of endings: Russian and English by the end of the word (<c>inflection.csv</c>), Kazakh by chains
/// of suffixes (<see cref="KazakhSuffixes"/>). More forms are allowed than exist; none is made of a word by guessing what its dictionary form is.
/// </summary>
internal static class Inflection
{
    private const int ShortestStem = 3;
    private const int ShortestVerbStem = 2;

    /// <summary>In the order in which a table's reader meets them.</summary>
    private static readonly string[] AdjectiveEndings =
        ["ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ого", "его", "ому", "ему", "ым", "им", "ом", "ем", "ую", "юю", "ей", "ою", "ых", "их", "ыми", "ими"];

    private static readonly SearchValues<char> KazakhLetters = SearchValues.Create("әғқңөұүһі");

    private static readonly ILookup<string, Row> Rows = Read().ToLookup(row => row.Language);

    /// <param name="word">Folded, in its dictionary form.</param>
    /// <param name="language"><c>ru</c>, <c>kk</c> or <c>en</c>; null: by its letters. Others are not inflected.</param>
    /// <returns>Always with the word itself.</returns>
    public static IReadOnlyList<InflectedStem> Of(string word, string? language)
    {
        var stems = new List<InflectedStem> { new(word, WordEndings.None) };
        foreach (var one in language is null ? LanguagesOf(word) : [language])
        {
            stems.AddRange(one == "kk" ? KazakhSuffixes.Of(word) : Rows[one].SelectMany(row => row.Of(word)));
        }

        return [.. stems.Distinct()];
    }

    private static string[] LanguagesOf(string word) => word switch
    {
        _ when word.AsSpan().ContainsAny(KazakhLetters) => ["kk"],
        _ when word.AsSpan().ContainsAnyInRange('\u0400', '\u04ff') => ["ru", "kk"],
        _ => ["en"],
    };

    private static IEnumerable<Row> Read()
    {
        foreach (var row in DataFile.Rows(typeof(Inflection), "Tables.inflection.csv"))
        {
            var endings = row[4].Split('|').SelectMany(Expand).ToFrozenSet(StringComparer.Ordinal);
            var changes = row[3].Split(' ').Where(change => change != "=").Select(change => change.Split('>')).Select(change => (change[0], change[1])).ToArray();
            foreach (var end in row[2].Split(' '))
            {
                yield return new Row(row[0], row[1] == "verb", end.TrimStart('+'), KeepsEnd: end.StartsWith('+'), changes, new WordEndings.Listed(endings));
            }
        }
    }

    private static IEnumerable<string> Expand(string ending) => ending switch
    {
        "-" => [""],
        _ when ending.EndsWith("@adj", StringComparison.Ordinal) => AdjectiveEndings.Select(adjective => ending[..^4] + adjective),
        _ => [ending],
    };

    /// <param name="Changes">Of the stem's end before the endings; none: the stem stays.</param>
    private sealed record Row(string Language, bool IsVerb, string End, bool KeepsEnd, (string From, string To)[] Changes, WordEndings.Listed Endings)
    {
        private readonly WordEndings _reflexive = new WordEndings.Reflexive(Endings, IsNeeded: true);
        private readonly WordEndings _maybeReflexive = new WordEndings.Reflexive(Endings, IsNeeded: false);

        public IEnumerable<InflectedStem> Of(string word)
        {
            var isReflexive = IsVerb && (word.EndsWith("ся", StringComparison.Ordinal) || word.EndsWith("сь", StringComparison.Ordinal));
            var bare = isReflexive ? word[..^2] : word;
            if (!bare.EndsWith(End, StringComparison.Ordinal))
            {
                yield break;
            }

            var endings = (Language, IsVerb, isReflexive) switch
            {
                ("ru", true, true) => _reflexive,
                ("ru", true, false) => _maybeReflexive,
                _ => Endings,
            };
            foreach (var stem in StemsOf(KeepsEnd ? bare : bare[..^End.Length]))
            {
                if (stem.Length >= (IsVerb ? ShortestVerbStem : ShortestStem))
                {
                    yield return new InflectedStem(stem, endings);
                }
            }
        }

        private IEnumerable<string> StemsOf(string stem) => Changes.Length == 0
            ? [stem]
            : Changes.Where(change => stem.EndsWith(change.From, StringComparison.Ordinal)).Select(change => stem[..^change.From.Length] + change.To);
    }
}
