using System.Net;
using System.Text;

namespace Monitoring.Blocking.Fingerprints;

/// <summary>
/// Fingerprints made ready to be looked for in pages and DNS answers, all at once; immutable. Compared as OONI does (case-sensitive, in the body as
/// received after content coding), and also header patterns that are no expressions, which OONI's own tool passes over.
/// </summary>
public sealed class FingerprintSet
{
    /// <summary>In bytes; what follows in a body is not looked at.</summary>
    public const int MaxBody = 512 * 1024;

    /// <summary>In bytes, of a header's value.</summary>
    public const int MaxValue = 64 * 1024;

    /// <summary>More say nothing new: those that prove the contrary come first, then long ones before short ones.</summary>
    public const int MaxMatches = 24;

    private readonly Dictionary<string, LocationPatterns> _locations;

    private FingerprintSet(IReadOnlyCollection<Fingerprint> fingerprints)
    {
        Count = fingerprints.Count;
        _locations = fingerprints.GroupBy(fingerprint => fingerprint.Location, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new LocationPatterns(group), StringComparer.Ordinal);
    }

    public static FingerprintSet Empty { get; } = new([]);

    public int Count { get; }

    /// <param name="fingerprints">As <see cref="FingerprintFile"/> or <see cref="FingerprintStore"/> gave them.</param>
    /// <exception cref="ArgumentException">A regular expression among them was not checked before.</exception>
    public static FingerprintSet Compile(IEnumerable<Fingerprint> fingerprints) => new([.. fingerprints.Select(Comparable)]);

    /// <param name="body">After content coding.</param>
    /// <param name="headers">Names in any case; every value of a name is looked at.</param>
    public IReadOnlyList<FingerprintMatch> MatchPage(ReadOnlySpan<byte> body, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var matches = new List<FingerprintMatch>();
        _locations.GetValueOrDefault(FingerprintLocation.Body)?.Match(body[..Math.Min(body.Length, MaxBody)], matches);
        foreach (var (name, value) in headers)
        {
            if (_locations.TryGetValue(FingerprintLocation.Header(name), out var patterns))
            {
                var bytes = Encoding.UTF8.GetBytes(value);
                patterns.Match(bytes.AsSpan(0, Math.Min(bytes.Length, MaxValue)), matches);
            }
        }

        return Told(matches);
    }

    /// <param name="answers">Addresses and canonical names, in any case, with or without the last dot.</param>
    public IReadOnlyList<FingerprintMatch> MatchDns(IEnumerable<string> answers)
    {
        var matches = new List<FingerprintMatch>();
        if (_locations.TryGetValue(FingerprintLocation.Dns, out var patterns))
        {
            foreach (var answer in answers)
            {
                patterns.Match(Encoding.UTF8.GetBytes(Answer(answer)), matches);
            }
        }

        return Told(matches);
    }

    private static IReadOnlyList<FingerprintMatch> Told(List<FingerprintMatch> matches) =>
    [
        .. matches.Distinct().OrderBy(match => match.Scope is not FingerprintScope.Fp).ThenBy(match => match.IsShort)
            .ThenBy(match => match.Location, StringComparer.Ordinal).ThenBy(match => match.Position).ThenBy(match => match.Name, StringComparer.Ordinal).Take(MaxMatches),
    ];

    private static Fingerprint Comparable(Fingerprint fingerprint) => fingerprint switch
    {
        { Location: not FingerprintLocation.Dns } or { Type: PatternType.Regexp } => fingerprint,
        { Type: PatternType.Full } => fingerprint with { Pattern = Answer(fingerprint.Pattern) },
        _ => fingerprint with { Pattern = fingerprint.Pattern.ToLowerInvariant() },
    };

    /// <summary>Names of one case without the root's dot; IPv6 addresses in their shortest form (RFC 5952).</summary>
    private static string Answer(string answer)
    {
        var text = answer.Trim().TrimEnd('.').ToLowerInvariant();
        return text.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(text, out var address) ? address.ToString() : text;
    }
}
