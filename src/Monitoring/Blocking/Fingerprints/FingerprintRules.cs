using System.Buffers;
using System.Globalization;
using System.Text;
using Monitoring.Watchlist.Files;

namespace Monitoring.Blocking.Fingerprints;

/// <summary>What the fields of a fingerprint must look like, under their names in OONI's files; for imported and own ones.</summary>
internal static class FingerprintRules
{
    public const int MaxName = 200;

    /// <summary>In characters; whole pages stand in some patterns.</summary>
    public const int MaxPattern = 16 * 1024;

    /// <summary>Of the other fields, in characters.</summary>
    public const int MaxText = 8 * 1024;

    private const int MaxHeaderName = 100;

    /// <summary>The columns without which a file is none of fingerprints.</summary>
    public static readonly IReadOnlyList<string> Needed = ["name", "scope", "location_found", "pattern_type", "pattern"];

    /// <summary>RFC 9110 section 5.6.2.</summary>
    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly Dictionary<string, FingerprintScope> Scopes = Enum.GetValues<FingerprintScope>().ToDictionary(Word, StringComparer.Ordinal);
    private static readonly Dictionary<string, PatternType> Types = Enum.GetValues<PatternType>().ToDictionary(Word, StringComparer.Ordinal);

    /// <summary>As it stands in files.</summary>
    public static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <param name="field">The text of a field; empty if there is none.</param>
    /// <param name="problem">Receives field and message.</param>
    /// <returns>Null if there was a problem.</returns>
    public static Fingerprint? Read(Func<string, string> field, Action<string, string> problem)
    {
        var isGood = true;
        var (name, location, pattern) = (field("name").Trim(), field("location_found").Trim().ToLowerInvariant(), field("pattern"));
        Check("name", name.Length is > 0 and <= MaxName, $"1 to {MaxName} characters are expected");
        Check("scope", Scopes.TryGetValue(field("scope").Trim(), out var scope), $"one of {string.Join(", ", Scopes.Keys)} is expected{Found(field("scope"))}");
        Check("location_found", IsLocation(location), $"body, dns or header. with a header's name is expected{Found(location)}");
        Check("pattern_type", Types.TryGetValue(field("pattern_type").Trim(), out var type), $"one of {string.Join(", ", Types.Keys)} is expected{Found(field("pattern_type"))}");
        Check("pattern", pattern.Length is > 0 and <= MaxPattern, string.Create(CultureInfo.InvariantCulture, $"1 to {MaxPattern} characters are expected, {pattern.Length} were found"));
        Check("pattern", IsText(pattern), "holds characters that no text has (damaged UTF-8 or a zero)");
        if (isGood && type is PatternType.Regexp)
        {
            var (_, why) = PatternRegex.Read(pattern);
            Check("pattern", why is null, why ?? "");
        }

        var confidence = field("confidence_no_fp").Trim();
        Check("confidence_no_fp", confidence.Length == 0 || (int.TryParse(confidence, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 10), $"a number from 0 to 10 is expected{Found(confidence)}");
        var countries = field("expected_countries").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Check("expected_countries", countries.All(FieldRules.IsCountry), $"country codes of two capital letters (ISO 3166-1, or ZZ) with commas between them are expected{Found(field("expected_countries"))}");
        foreach (var other in (string[])["expected_countries", "source", "exp_url", "notes", "other_names"])
        {
            Check(other, field(other).Length <= MaxText, string.Create(CultureInfo.InvariantCulture, $"at most {MaxText} characters are expected, {field(other).Length} were found"));
        }

        return !isGood ? null : new Fingerprint
        {
            Name = name,
            Scope = scope,
            Location = location,
            Type = type,
            Pattern = pattern,
            Confidence = confidence.Length == 0 ? null : int.Parse(confidence, CultureInfo.InvariantCulture),
            Countries = [.. countries.Distinct(StringComparer.Ordinal)],
            Origin = Told("source"),
            ExampleUrl = Told("exp_url"),
            Notes = Told("notes"),
            OtherNames = Told("other_names"),
        };

        void Check(string name, bool holds, string message)
        {
            if (!holds)
            {
                isGood = false;
                problem(name, message);
            }
        }

        string? Told(string name) => field(name).Trim() is { Length: > 0 } text ? text : null;
    }

    private static bool IsLocation(string location) =>
        location is FingerprintLocation.Body or FingerprintLocation.Dns
        || (location.StartsWith(FingerprintLocation.HeaderPrefix, StringComparison.Ordinal)
            && location.Length - FingerprintLocation.HeaderPrefix.Length is > 0 and <= MaxHeaderName
            && !location.AsSpan(FingerprintLocation.HeaderPrefix.Length).ContainsAnyExcept(Token));

    private static bool IsText(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            // Halves of pairs come as the replacement character too.
            if (rune == Rune.ReplacementChar || rune.Value == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static string Found(string text) => text.Length == 0 ? ", nothing was found" : $", '{(text.Length <= 40 ? text : text[..40] + "…")}' was found";
}
