using System.Globalization;
using Monitoring.Languages;
using Monitoring.Watchlist.Files;

namespace Monitoring.Queries;

/// <summary>What may stand before a colon, and what after it.</summary>
internal static class QueryFields
{
    private const int LongestValue = 200;
    private const int MostDays = 3660;

    private static readonly string[] All = ["title", "body", "source", "lang", "country", "person", "outlet", "type", "since"];

    public static string NameOf(QueryField field) => field.ToString().ToLowerInvariant();

    /// <summary>Whether it names a part of the item, and words follow it.</summary>
    public static bool IsPart(string name) => name.ToLowerInvariant() is "title" or "body";

    public static bool IsKnown(string name) => All.Contains(name.ToLowerInvariant());

    public static string ProblemOf(string name) => $"No field is called '{name}'{Meant(name, All, ":")} The fields are {string.Join(", ", All)}.";

    /// <summary>Null, with the reason, if the field cannot have this value.</summary>
    public static Query? Read(string name, string value, out string? problem)
    {
        problem = null;
        var folded = string.Join(' ', FoldedText.Fold(value).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("\"", "", StringComparison.Ordinal);
        var capitals = value.Trim().ToUpperInvariant();
        switch (name.ToLowerInvariant())
        {
            case "since":
                return ReadSince(value.Trim(), out problem);
            case "lang" when folded.Length is 2 or 3 && folded.All(char.IsAsciiLetter):
                return new Query.Field(QueryField.Lang, folded);
            case "lang":
                problem = "lang: takes a language code such as ru, kk or en.";
                return null;
            case "country" when capitals.Length == 2 && capitals.All(char.IsAsciiLetterUpper):
                return new Query.Field(QueryField.Country, capitals);
            case "country":
                problem = "country: takes a country code of two letters such as KZ.";
                return null;
            case "type" when ViolationCodes.All.Contains(capitals):
                return new Query.Field(QueryField.Type, capitals);
            case "type":
                problem = $"No violation type has the code '{value}'{Meant(value, ViolationCodes.All, "")}";
                return null;
            default:
                problem = folded.Length is > 0 and <= LongestValue ? null : string.Create(CultureInfo.InvariantCulture, $"{name.ToLowerInvariant()}: takes an id or a name of at most {LongestValue} letters.");
                return problem is null ? new Query.Field(Enum.Parse<QueryField>(name, ignoreCase: true), folded) : null;
        }
    }

    private static Query? ReadSince(string value, out string? problem)
    {
        problem = null;
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new Query.SinceDay(day);
        }

        if (value is [.., 'd'] && int.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MostDays)
        {
            return new Query.SinceDays(days);
        }

        problem = "since: takes a day such as 2026-11-01, or a number of days such as 7d.";
        return null;
    }

    private static string Meant(string word, IEnumerable<string> known, string behind) => Suggestion.Nearest(word, known) is { } nearest ? $"; did you mean {nearest}{behind}?" : ".";
}
