using System.Text.RegularExpressions;

namespace Monitoring.Items;

public enum WordFate
{
    Stays,
    Goes,
    Comes,
}

/// <summary>How one text became another, word for word. Pure.</summary>
public static partial class WordChange
{
    /// <summary>Words of one side between the first and the last difference. Where there are more they are shown as wholly replaced.</summary>
    private const int MostWords = 1500;

    /// <summary>Runs of words in reading order; what goes stands before what comes in its place. Runs of one fate are one.</summary>
    public static IReadOnlyList<(WordFate Fate, string Text)> Between(string before, string after)
    {
        var (old, present) = (Words(before), Words(after));
        var start = 0;
        while (start < old.Count && start < present.Count && old[start] == present[start])
        {
            start++;
        }

        var end = 0;
        while (end < old.Count - start && end < present.Count - start && old[^(end + 1)] == present[^(end + 1)])
        {
            end++;
        }

        var middle = Middle(old.GetRange(start, old.Count - start - end), present.GetRange(start, present.Count - start - end));
        return Runs([.. old.Take(start).Select(Stays), .. middle, .. old.Skip(old.Count - end).Select(Stays)]);
    }

    private static (WordFate, string) Stays(string word) => (WordFate.Stays, word);

    private static IEnumerable<(WordFate, string)> Middle(List<string> old, List<string> present)
    {
        var common = old.Count <= MostWords && present.Count <= MostWords ? Common(old, present) : [];
        var (i, j) = (0, 0);
        foreach (var (nextOld, nextPresent) in common.Append((old.Count, present.Count)))
        {
            for (; i < nextOld; i++)
            {
                yield return (WordFate.Goes, old[i]);
            }

            for (; j < nextPresent; j++)
            {
                yield return (WordFate.Comes, present[j]);
            }

            if (i < old.Count && j < present.Count)
            {
                yield return (WordFate.Stays, present[j]);
                (i, j) = (i + 1, j + 1);
            }
        }
    }

    /// <summary>The places of a longest common subsequence (dynamic programming over suffixes).</summary>
    private static List<(int Old, int Present)> Common(List<string> old, List<string> present)
    {
        var lengths = new short[old.Count + 1, present.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = present.Count - 1; j >= 0; j--)
            {
                lengths[i, j] = old[i] == present[j] ? (short)(lengths[i + 1, j + 1] + 1) : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        var places = new List<(int, int)>();
        for (var (i, j) = (0, 0); i < old.Count && j < present.Count;)
        {
            if (old[i] == present[j])
            {
                places.Add((i++, j++));
            }
            else if (lengths[i + 1, j] >= lengths[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return places;
    }

    private static IReadOnlyList<(WordFate Fate, string Text)> Runs(IReadOnlyList<(WordFate Fate, string Word)> words)
    {
        var runs = new List<(WordFate Fate, string Text)>();
        for (var start = 0; start < words.Count;)
        {
            var fate = words[start].Fate;
            var run = words.Skip(start).TakeWhile(word => word.Fate == fate).Select(word => word.Word).ToList();
            runs.Add((fate, string.Concat(run)));
            start += run.Count;
        }

        return runs;
    }

    /// <summary>Each with the space after it.</summary>
    private static List<string> Words(string text) => [.. Word().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\S+\s*|\s+")]
    private static partial Regex Word();
}
