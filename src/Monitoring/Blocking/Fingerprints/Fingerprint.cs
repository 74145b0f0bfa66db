using System.Text.Json.Serialization;

namespace Monitoring.Blocking.Fingerprints;

/// <summary>Whose mark a fingerprint is, in the words of OONI's blocking-fingerprints.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FingerprintScope>))]
public enum FingerprintScope
{
    /// <summary>A country's block page.</summary>
    [JsonStringEnumMemberName("nat")]
    Nat,

    /// <summary>An internet provider's.</summary>
    [JsonStringEnumMemberName("isp")]
    Isp,

    /// <summary>That of a filtering product, whoever uses it.</summary>
    [JsonStringEnumMemberName("prod")]
    Prod,

    /// <summary>A school's or an office's.</summary>
    [JsonStringEnumMemberName("inst")]
    Inst,

    /// <summary>Vague wording that block pages have, and others may.</summary>
    [JsonStringEnumMemberName("vbw")]
    Vbw,

    /// <summary>A false positive: known to look like a block page and to be none.</summary>
    [JsonStringEnumMemberName("fp")]
    Fp,

    /// <summary>Injected with blocking in mind, by nobody known.</summary>
    [JsonStringEnumMemberName("injb")]
    Injb,

    /// <summary>The site's own provider refuses a country.</summary>
    [JsonStringEnumMemberName("prov")]
    Prov,
}

/// <summary>How a pattern is compared with a value; always case-sensitive, as OONI does.</summary>
public enum PatternType
{
    /// <summary>The value has it anywhere.</summary>
    Contains,

    /// <summary>The value begins with it.</summary>
    Prefix,

    /// <summary>The value is it.</summary>
    Full,

    /// <summary>A regular expression that is found anywhere; a dot stands for line ends too.</summary>
    Regexp,
}

/// <summary>One mark by which a block page or a false DNS answer is known: a row of OONI's blocking-fingerprints, or one of our own.</summary>
public sealed record Fingerprint
{
    /// <summary>Names it in evidence; one in its source.</summary>
    public required string Name { get; init; }

    public required FingerprintScope Scope { get; init; }

    /// <summary>Where it is looked for, see <see cref="FingerprintLocation"/>.</summary>
    public required string Location { get; init; }

    public required PatternType Type { get; init; }

    /// <summary>Compared as its UTF-8 bytes.</summary>
    public required string Pattern { get; init; }

    /// <summary>0 to 10, how sure its author is that nothing else has it; null if not told. Not used in judging.</summary>
    public int? Confidence { get; init; }

    /// <summary>ISO 3166-1 codes, with ZZ for one that is not known.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>Where its author has it from.</summary>
    public string? Origin { get; init; }

    /// <summary>A measurement that shows it.</summary>
    public string? ExampleUrl { get; init; }

    public string? Notes { get; init; }

    public string? OtherNames { get; init; }

    /// <summary>
    /// So short (47 of OONI's are at most 12 characters: counters, bare addresses) that a page may have it by chance. A DNS answer is compared as a whole and is not short.
    /// </summary>
    public bool IsShort => Pattern.Length <= 12 && Location != FingerprintLocation.Dns;
}

/// <summary>The places of a fingerprint: <c>body</c>, <c>dns</c> and <c>header.</c> with a header's name in small letters.</summary>
public static class FingerprintLocation
{
    public const string Body = "body";
    public const string Dns = "dns";
    public const string HeaderPrefix = "header.";

    public static string Header(string name) => HeaderPrefix + name.ToLowerInvariant();
}
