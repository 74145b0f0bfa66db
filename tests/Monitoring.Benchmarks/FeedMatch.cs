using System.Text.Json;

namespace Monitoring.Benchmarks;

/// <summary>Whether a value is the expected one. Nothing is decoded here: a text that is escaped once too often or too seldom is another one.</summary>
internal static class FeedMatch
{
    /// <summary>As a reader sees it: blanks do not count, because what stands between two elements is a blank for some and a line for others.</summary>
    public static bool IsText(IReadOnlyList<string> got, JsonElement check) => got.Any(one => Expected(check).Any(other => WithoutBlanks(one) == WithoutBlanks(other)));

    /// <summary>To the letter, but for runs of blanks.</summary>
    public static bool IsExact(IReadOnlyList<string> got, JsonElement check) =>
        check.GetProperty("value").GetString() is { } value && got.Any(one => OneBlank(one) == OneBlank(value));

    /// <summary>The value, its text without markup, and other forms that say the same.</summary>
    private static IEnumerable<string> Expected(JsonElement check)
    {
        yield return check.GetProperty("value").GetString()!;
        if (check.TryGetProperty("text", out var text))
        {
            yield return text.GetString()!;
        }

        if (check.TryGetProperty("alt", out var others))
        {
            foreach (var other in others.EnumerateArray())
            {
                yield return other.GetString()!;
            }
        }
    }

    private static string WithoutBlanks(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static string OneBlank(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
