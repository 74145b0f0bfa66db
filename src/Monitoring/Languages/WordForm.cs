using System.Collections.Frozen;

namespace Monitoring.Languages;

/// <summary>One way a listed word may stand in a text: a stem, and what may follow it. An empty ending that is not among them is not allowed.</summary>
/// <param name="Endings">From ending to its name; null allows anything (a prefix).</param>
internal sealed record WordForm(string Stem, FrozenDictionary<string, string>? Endings)
{
    /// <summary>Shorter stems take no endings: too much else would match.</summary>
    private const int ShortestStem = 4;

    private static readonly FrozenDictionary<string, string> NoEnding = new Dictionary<string, string> { [""] = "" }.ToFrozenDictionary(StringComparer.Ordinal);
    private static readonly ILookup<string, (string Ending, string Name)> Table = ReadTable();

    private static readonly FrozenDictionary<string, string> AfterConsonant = EndingsOf("consonant", "kazakh");
    private static readonly FrozenDictionary<string, string> AfterWhole = EndingsOf("kazakh");
    private static readonly FrozenDictionary<string, string> AfterVowel = EndingsOf("vowel");
    private static readonly FrozenDictionary<string, string> AfterSoft = EndingsOf("soft");
    private static readonly FrozenDictionary<string, string> AfterAdjective = EndingsOf("adjective");
    private static readonly FrozenDictionary<string, string> AfterLatin = EndingsOf("english");

    /// <summary>The forms of a folded word. A star at its end makes it a prefix.</summary>
    public static IReadOnlyList<WordForm> Of(string folded)
    {
        if (folded.EndsWith('*'))
        {
            return [new WordForm(folded.TrimEnd('*'), Endings: null)];
        }

        var forms = new List<WordForm> { new(folded, NoEnding) };
        if (folded.Length < ShortestStem)
        {
            return forms;
        }

        var isCyrillic = folded.Any(c => c is >= '\u0400' and <= '\u04ff');
        if (!isCyrillic)
        {
            forms.Add(new WordForm(folded, AfterLatin));
            return forms;
        }

        var last = folded[^1];
        forms.Add(new WordForm(folded, IsVowel(last) || last is 'й' or 'ь' ? AfterWhole : AfterConsonant));
        Add(forms, folded, 1, IsVowel(last) ? AfterVowel : last is 'й' or 'ь' ? AfterSoft : null);
        Add(forms, folded, 2, folded is [.., 'и' or 'ы' or 'о', 'й'] or [.., 'а', 'я'] or [.., 'я', 'я'] or [.., 'о', 'е'] ? AfterAdjective : null);
        return forms;
    }

    private static void Add(List<WordForm> forms, string folded, int dropped, FrozenDictionary<string, string>? endings)
    {
        if (endings is not null && folded.Length - dropped >= ShortestStem)
        {
            forms.Add(new WordForm(folded[..^dropped], endings));
        }
    }

    private static bool IsVowel(char c) => c is 'а' or 'я' or 'о' or 'е' or 'и' or 'ы' or 'у' or 'ю' or 'э' or 'ә' or 'ө' or 'ү' or 'ұ' or 'і';

    private static FrozenDictionary<string, string> EndingsOf(params string[] classes) =>
        classes.SelectMany(name => Table[name]).DistinctBy(row => row.Ending).ToFrozenDictionary(row => row.Ending, row => row.Name, StringComparer.Ordinal);

    private static ILookup<string, (string, string)> ReadTable() =>
        DataFile.Rows(typeof(WordForm), "endings.csv").ToLookup(row => row[0], row => (row[1], row[2]));
}
