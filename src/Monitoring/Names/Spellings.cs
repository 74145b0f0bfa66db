namespace Monitoring.Names;

/// <summary>
/// How a listed name may look in a text: its own skeleton first, then those that other systems of romanisation and other languages give (<c>spellings.csv</c>),
/// the likelier first, at most eight.
/// </summary>
internal static class Spellings
{
    public const int Most = 8;

    /// <summary>Unlikely ways count more.</summary>
    private const int MostPlaces = 24;

    /// <summary>By their first letter, the longest first.</summary>
    private static readonly ILookup<char, (bool IsLatin, string Letters, bool IsFirst, bool IsLast, string[] Ways)> Rows = Read();

    /// <param name="word">A name part in its own letters.</param>
    /// <returns>Skeletons, without doubles.</returns>
    public static IReadOnlyList<string> Of(string word)
    {
        var folded = string.Concat(word.Select(Signs.Fold));
        var places = Places(folded);

        // Best first: a state is which way each place takes, its cost the sum of their numbers.
        var found = new List<string>();
        var queue = new PriorityQueue<int[], int>();
        queue.Enqueue(new int[places.Count], 0);
        var met = new HashSet<string>(StringComparer.Ordinal);
        while (found.Count < Most && queue.TryDequeue(out var state, out var cost))
        {
            var skeleton = Collapse(string.Concat(state.Select((way, place) => places[place][way])));
            if (skeleton.Length > 0 && met.Add(skeleton))
            {
                found.Add(skeleton);
            }

            // Only places after the last one that was moved: each state is reached once.
            for (var place = Math.Max(Array.FindLastIndex(state, way => way > 0), 0); place < Math.Min(places.Count, MostPlaces); place++)
            {
                if (state[place] + 1 < places[place].Length)
                {
                    var next = (int[])state.Clone();
                    next[place]++;
                    queue.Enqueue(next, cost + 1);
                }
            }
        }

        return found;
    }

    /// <summary>A sign that follows itself stands once.</summary>
    public static string Collapse(string signs) => string.Concat(signs.Where((sign, i) => i == 0 || signs[i - 1] != sign));

    private static List<string[]> Places(string word)
    {
        var places = new List<string[]>();
        for (var at = 0; at < word.Length;)
        {
            var row = Rows[word[at]].FirstOrDefault(row => IsAt(word, at, row.Letters, row.IsFirst, row.IsLast));
            if (row.Ways is null)
            {
                var signs = Signs.Of(word[at].ToString());
                places.Add([signs]);
                at++;
            }
            else
            {
                places.Add(row.Ways);
                at += row.Letters.Length;
            }
        }

        return places;
    }

    private static bool IsAt(string word, int at, string letters, bool isFirst, bool isLast) =>
        string.CompareOrdinal(word, at, letters, 0, letters.Length) == 0 && (!isFirst || at == 0) && (!isLast || at + letters.Length == word.Length);

    private static ILookup<char, (bool, string, bool, bool, string[])> Read()
    {
        var given = DataFile.Rows(typeof(Spellings), "Tables.spellings.csv")
            .Select(row => (row[0] == "latin", row[1].Trim('^', '$'), row[1][0] == '^', row[1][^1] == '$', row[2].Split('|').Select(way => way == "-" ? "" : way).ToArray()));

        // Groups of letters that have one way only, which would else be read letter by letter.
        var groups = DataFile.Rows(typeof(Signs), "Tables.signs.csv").Where(row => row[1].Length > 1)
            .Select(row => (row[0] == "latin", row[1], false, false, new[] { row[2] }));
        return given.Concat(groups).OrderByDescending(row => row.Item2.Length).ThenByDescending(row => (row.Item3 ? 1 : 0) + (row.Item4 ? 1 : 0)).ToLookup(row => row.Item2[0]);
    }
}
