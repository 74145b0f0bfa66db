namespace Monitoring.Blocking.Fingerprints;

/// <summary>What found fingerprints come to.</summary>
public enum FingerprintMeaning
{
    /// <summary>None was found, or nothing can be told.</summary>
    Nothing,

    /// <summary>Known to look like a block page and to be none: no rule may call it one.</summary>
    LookAlike,

    /// <summary>A block page, or the DNS answer that leads to one.</summary>
    Block,
}

/// <summary>
/// The pure judgement of found fingerprints, by whose they are and where they are expected. In each location one of scope fp overrules all others; of the
/// rest the surest decides:
/// 1. the vantage's country is expected: confirmed, whatever the scope;
/// 2. at most 12 characters: suspected, it needs a second signal;
/// 3. a country's, provider's, product's or institution's (nat, isp, prod, inst): likely, filtered on the way through another network or by the same product;
/// 4. vague words, a refusal by the site's provider, injected by nobody known (vbw, prov, injb): suspected.
/// OONI calls 3 confirmed, from which come its confirmed rows of countries for which no fingerprint is known.
/// </summary>
/// <param name="Grade">Insufficient unless <paramref name="Meaning"/> is a block.</param>
/// <param name="By">The match that decided; null if there was none.</param>
/// <param name="Reason">Null if there was none.</param>
public sealed record FingerprintJudgement(FingerprintMeaning Meaning, Grade Grade, FingerprintMatch? By, Reason? Reason)
{
    /// <summary>Stands for a country that is not known (ISO 3166-1, user-assigned): the same as none.</summary>
    private const string UnknownCountry = "ZZ";

    private static readonly FingerprintJudgement Nothing = new(FingerprintMeaning.Nothing, Grade.Insufficient, By: null, Reason: null);

    /// <param name="matches">Of one page, one DNS answer, or both.</param>
    /// <param name="country">The vantage's, ISO 3166-1; null if it is not known.</param>
    public static FingerprintJudgement Judge(IReadOnlyList<FingerprintMatch> matches, string? country)
    {
        var overruled = matches.Where(match => match.Scope is FingerprintScope.Fp).ToLookup(match => match.Location, StringComparer.Ordinal);
        var judged = matches.Where(match => !overruled.Contains(match.Location)).Select(match => Of(match, country)).ToList();
        if (judged.Count > 0)
        {
            return judged.MaxBy(judgement => judgement.Grade)!;
        }

        return matches.FirstOrDefault(match => match.Scope is FingerprintScope.Fp) is { } alike
            ? new FingerprintJudgement(FingerprintMeaning.LookAlike, Grade.Insufficient, alike, Reason.Of("reason.print_lookalike", alike.Name, Place(alike)))
            : Nothing;
    }

    private static FingerprintJudgement Of(FingerprintMatch match, string? country)
    {
        var isExpected = country is not null && country != UnknownCountry && match.Countries.Contains(country, StringComparer.Ordinal);
        var (grade, reason) = (isExpected, match.IsShort, match.Scope) switch
        {
            (true, _, _) => (Grade.Confirmed, Reason.Of("reason.print_country", match.Name, Place(match), country!)),
            (_, true, _) => (Grade.Suspected, Reason.Of("reason.print_short", match.Name, Place(match))),
            (_, _, FingerprintScope.Nat or FingerprintScope.Isp or FingerprintScope.Prod or FingerprintScope.Inst) => (Grade.Likely, Elsewhere(match)),
            _ => (Grade.Suspected, Reason.Of("reason.print_vague", match.Name, Place(match))),
        };
        return new FingerprintJudgement(FingerprintMeaning.Block, grade, match, reason);
    }

    private static Reason Elsewhere(FingerprintMatch match) =>
        match.Countries.Where(country => country != UnknownCountry).ToList() is { Count: > 0 } countries
            ? Reason.Of("reason.print_elsewhere", match.Name, Place(match), string.Join(", ", countries))
            : Reason.Of("reason.print_anywhere", match.Name, Place(match));

    private static string Place(FingerprintMatch match) => match.Location switch
    {
        FingerprintLocation.Body => "@reason.print_in.body",
        FingerprintLocation.Dns => "@reason.print_in.dns",
        _ => "@reason.print_in.header",
    };
}
