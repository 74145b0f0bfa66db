namespace Monitoring.Watchlist.Files;

/// <summary>"Did you mean": the nearest of the known words, if it is near enough to be meant.</summary>
internal static class Suggestion
{
    public static string For(string word, IEnumerable<string> known) => Nearest(word, known) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    /// <summary>Null if none is near enough.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        var (nearest, distance) = known.Select(candidate => (candidate, distance: Distance(word, candidate)))
            .OrderBy(pair => pair.distance)
            .FirstOrDefault((candidate: "", distance: int.MaxValue));
        return distance <= Math.Max(2, word.Length / 3) ? nearest : null;
    }

    /// <summary>Levenshtein's distance, letters without case. Long words are cut: a suggestion for them is worthless.</summary>
    private static int Distance(string left, string right)
    {
        var a = left.Length > 64 ? left[..64] : left;
        var b = right.Length > 64 ? right[..64] : right;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitute = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitute, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
