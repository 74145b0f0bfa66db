using System.Buffers;

namespace Monitoring.Names;

/// <summary>Words beside a name that make it a street, a stadium, an award (<c>vetoes.csv</c>).</summary>
internal static class NameVetoes
{
    private static readonly SearchValues<char> Stops = SearchValues.Create(",;:!?\n");

    private static readonly IReadOnlyList<(bool IsBefore, string Kind, string Stem)> Rows =
        [.. DataFile.Rows(typeof(NameVetoes), "Tables.vetoes.csv").Select(row => (row[0] == "before", row[1], row[2]))];

    /// <returns>What it is the name of: street, place, award; null for none.</returns>
    public static string? Find(string text, int start, int end)
    {
        // One word may stand between: "улица имени Жовтиса", "улица Евгения Жовтиса".
        var (before, after) = (Around(text, start, isBefore: true), Around(text, end, isBefore: false));
        return Rows.Where(row => (row.IsBefore ? before : after).Exists(word => word.StartsWith(row.Stem, StringComparison.OrdinalIgnoreCase)))
            .Select(row => row.Kind).FirstOrDefault();
    }

    private static List<string> Around(string text, int at, bool isBefore)
    {
        var words = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            if ((isBefore ? Word.Before(text, at) : Word.After(text, at)) is not { } word)
            {
                break;
            }

            var gap = isBefore ? text.AsSpan(word.End, at - word.End) : text.AsSpan(at, word.Start - at);
            if (gap.ContainsAny(Stops) || (i == 1 && !isBefore))
            {
                break;
            }

            words.Add(text[word.Start..Math.Min(word.End + 1, text.Length)]);
            at = isBefore ? word.Start : word.End;
        }

        return words;
    }
}
