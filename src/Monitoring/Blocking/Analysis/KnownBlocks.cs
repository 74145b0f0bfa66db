using Monitoring.Blocking.Fingerprints;

namespace Monitoring.Blocking.Analysis;

/// <summary>
/// bd-10, 16, 17: known marks of blocking in the DNS answer, the redirect and the page, weighed with what the other rules say. What came over a good certificate
/// is the site's own, whatever it says, and a mark that the control met too says nothing.
/// </summary>
internal static class KnownBlocks
{
    private static readonly string Redirect = FingerprintLocation.Header("Location");

    private sealed record Known(FingerprintJudgement Mark, string Kind, string Rule);

    public static Verdict Weigh(Verdict verdict, CheckFacts facts, Measurement control)
    {
        if (verdict.Reachability is Reachability.Reachable or Reachability.Degraded or Reachability.Down || verdict.IsVantageFault || verdict.Family == Verdict.Throttled)
        {
            return verdict;
        }

        var met = control.Hops.SelectMany(Marks).Select(mark => (mark.Name, mark.Location)).ToHashSet();
        var marks = facts.Vantage.Hops.Where(hop => !IsTheSites(hop)).SelectMany(Marks).Where(mark => !met.Contains((mark.Name, mark.Location))).ToList();
        var page = Judge(mark => mark.Location is not FingerprintLocation.Dns, "http_blockpage", "bd-17");
        Known[] judged = [Judge(mark => mark.Location is FingerprintLocation.Dns, "dns", "bd-10"), Judge(mark => mark.Location == Redirect, "http_redirect", "bd-16"), page];
        return judged.Where(known => known.Mark.Meaning is FingerprintMeaning.Block).MaxBy(known => known.Mark.Grade) is { } block
            ? With(verdict, block)
            : WithoutBlockPage(verdict, page.Mark);

        Known Judge(Func<FingerprintMatch, bool> where, string kind, string rule) => new(FingerprintJudgement.Judge([.. marks.Where(where)], facts.Vantage.Country), kind, rule);
    }

    private static bool IsTheSites(Hop hop) => hop.Tls is { Failure: null, CertificateFailure: null };

    private static IEnumerable<FingerprintMatch> Marks(Hop hop) => [.. hop.Dns?.Fingerprints ?? [], .. hop.Http?.Fingerprints ?? []];

    /// <summary>A mark is a second sign of a block that is as sure already; otherwise it decides.</summary>
    private static Verdict With(Verdict verdict, Known block) =>
        verdict.Reachability is Reachability.Blocked && verdict.Grade >= block.Mark.Grade
            ? verdict.With(block.Mark.Reason!)
            : new Verdict(Verdict.BlockedPrefix + block.Kind, block.Mark.Grade, block.Rule, [block.Mark.Reason!, .. verdict.Reasons], verdict.Notes);

    /// <summary>What is known to look like a block page and to be none is called another page.</summary>
    private static Verdict WithoutBlockPage(Verdict verdict, FingerprintJudgement page) =>
        page.Meaning is FingerprintMeaning.LookAlike && verdict.Family is Verdict.PageFamily && verdict.Grade < Grade.Confirmed
            ? new Verdict(Verdict.PageChanged, Grade.Suspected, "bd-17", [page.Reason!, .. verdict.Reasons])
            : verdict;
}
