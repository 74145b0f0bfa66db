using System.Text;
using Monitoring.Blocking.Fingerprints;

namespace Monitoring.Tests.Support;

/// <summary>Invented fingerprints, and what is found of them.</summary>
internal static class Prints
{
    public const string Columns = "name,scope,other_names,location_found,pattern_type,pattern,confidence_no_fp,expected_countries,source,exp_url,notes";

    public static Fingerprint Of(string pattern, PatternType type = PatternType.Contains, string location = FingerprintLocation.Body, FingerprintScope scope = FingerprintScope.Isp, params string[] countries) =>
        new() { Name = $"test.{pattern}", Scope = scope, Location = location, Type = type, Pattern = pattern, Countries = countries };

    /// <summary>Name and place of what a body alone matches.</summary>
    public static IReadOnlyList<string> InBody(string body, params Fingerprint[] fingerprints) => InBody(Encoding.UTF8.GetBytes(body), fingerprints);

    public static IReadOnlyList<string> InBody(byte[] body, params Fingerprint[] fingerprints) =>
        [.. FingerprintSet.Compile(fingerprints).MatchPage(body, []).Select(match => FormattableString.Invariant($"{match.Name} {match.Position}+{match.Length}"))];

    public static IReadOnlyList<string> InHeader(string name, string value, params Fingerprint[] fingerprints) =>
        [.. FingerprintSet.Compile(fingerprints).MatchPage([], [KeyValuePair.Create(name, value)]).Select(match => match.Name)];

    public static IReadOnlyList<string> InDns(string answer, params Fingerprint[] fingerprints) =>
        [.. FingerprintSet.Compile(fingerprints).MatchDns([answer]).Select(match => match.Name)];

    public static FingerprintFileResult Read(string text) => FingerprintFile.Read(new StringReader(text), "prints.csv");
}
