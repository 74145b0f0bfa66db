namespace Monitoring.Names.Advice;

/// <summary>How a name is also written: in Latin letters by several systems, Kazakh letters in Russian, Latin ones in Cyrillic. Readable, not skeletons.</summary>
internal static class OtherSpellings
{
    private static readonly string[][] Rows = [.. DataFile.Rows(typeof(NameMatcher), "Tables.romanisations.csv")];

    /// <summary>One for each system of the table: what it writes for a letter.</summary>
    private static readonly IReadOnlyList<Dictionary<char, string>> Systems =
        [.. Enumerable.Range(1, Rows[0].Length - 1).Select(system => Rows.ToDictionary(row => row[0][0], row => row[system] == "-" ? "" : row[system]))];

    private static readonly IReadOnlyList<(string Letters, bool IsLast, string Russian)> Readings =
    [
        .. DataFile.Rows(typeof(NameMatcher), "Tables.cyrillisations.csv").Select(row => (row[0].TrimEnd('$'), row[0].EndsWith('$'), row[1])).OrderByDescending(row => row.Item1.Length),
    ];

    /// <returns>Without doubles, the name itself not among them.</returns>
    public static IReadOnlyList<string> Of(string name)
    {
        var isLatin = name.Any(c => Signs.Of(c).HasFlag(SignFlags.Latin));
        var ways = isLatin ? [ByWord(name, Read)] : Systems.Select(system => ByWord(name, word => Write(word, system)));
        return [.. ways.Distinct(StringComparer.Ordinal).Where(way => way != name)];
    }

    private static string ByWord(string name, Func<string, string> spell) => string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(spell));

    private static string Write(string word, Dictionary<char, string> system) => string.Concat(word.Select((c, i) =>
        !system.TryGetValue(Signs.Fold(c), out var letters) ? c.ToString() : char.IsUpper(c) ? Capital(letters, isAll: i + 1 < word.Length && char.IsUpper(word[i + 1])) : letters));

    private static string Read(string word)
    {
        var russian = new System.Text.StringBuilder();
        for (var at = 0; at < word.Length;)
        {
            var row = Readings.FirstOrDefault(row => IsAt(word, at, row.Letters) && (!row.IsLast || at + row.Letters.Length == word.Length));
            russian.Append(row.Letters is null ? word[at].ToString() : char.IsUpper(word[at]) ? Capital(row.Russian, isAll: false) : row.Russian);
            at += row.Letters?.Length ?? 1;
        }

        return russian.ToString();
    }

    private static bool IsAt(string word, int at, string letters) =>
        at + letters.Length <= word.Length && !letters.Where((c, i) => Signs.Fold(word[at + i]) != c).Any();

    private static string Capital(string letters, bool isAll) =>
        letters.Length == 0 ? letters : isAll ? letters.ToUpperInvariant() : char.ToUpperInvariant(letters[0]) + letters[1..];
}
