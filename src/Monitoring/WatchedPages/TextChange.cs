using System.Text.RegularExpressions;
using Monitoring.Storage;

namespace Monitoring.WatchedPages;

/// <summary>What changed between two texts, in sentences. Their order, numbers, dates and clock times do not count.</summary>
/// <param name="Hash">Names the later text.</param>
internal sealed partial record TextChange(IReadOnlyList<string> Added, IReadOnlyList<string> Removed, string Hash)
{
    public bool IsOne => Added.Count + Removed.Count > 0;

    public static TextChange Between(string before, string after)
    {
        var (old, present) = (Sentences(before), Sentences(after));
        return new TextChange(Without(present, old), Without(old, present), Keys.Hash([.. present.Select(Essence).Order(StringComparer.Ordinal)]));
    }

    /// <summary>What was added, a line for each sentence; then what was removed, marked.</summary>
    /// <param name="longest">Characters of what was removed; the rest is counted.</param>
    public string Say(int longest)
    {
        if (Removed.Count == 0)
        {
            return string.Join('\n', Added);
        }

        var room = longest;
        var quoted = Removed.TakeWhile(sentence => (room -= sentence.Length) >= 0).ToList();
        var left = Removed.Count - quoted.Count;
        return string.Join('\n', [.. Added, "Removed:", .. quoted.Select(sentence => "− " + sentence), .. left == 0 ? (string[])[] : [$"− and {left} more"]]);
    }

    /// <summary>A sentence that stands twice and stood once was added once.</summary>
    private static List<string> Without(List<string> sentences, List<string> others)
    {
        var known = others.CountBy(Essence, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var without = new List<string>();
        foreach (var sentence in sentences)
        {
            var essence = Essence(sentence);
            if (known.TryGetValue(essence, out var count) && count > 0)
            {
                known[essence] = count - 1;
            }
            else
            {
                without.Add(sentence);
            }
        }

        return without;
    }

    private static List<string> Sentences(string text) =>
        [.. text.Split('\n').SelectMany(line => Stop().Split(line)).Where(sentence => sentence.Any(char.IsLetter))];

    private static string Essence(string sentence) => Number().Replace(ArticleDate.Without(sentence), "0").ToLowerInvariant();

    [GeneratedRegex(@"(?<=[.!?…])\s+(?=[\p{Lu}«“""—–])")]
    private static partial Regex Stop();

    [GeneratedRegex(@"[0-9]+(?:[.,: \u00a0][0-9]+)*")]
    private static partial Regex Number();
}
