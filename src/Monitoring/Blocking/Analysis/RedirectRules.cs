namespace Monitoring.Blocking.Analysis;

/// <summary>bd-31, bd-16: redirects without end, and to a domain that is neither the site's nor where the control came to.</summary>
internal static class RedirectRules
{
    /// <returns>Null if the way ended where it may end.</returns>
    public static Verdict? Judge(CheckFacts facts, Measurement control)
    {
        var vantage = facts.Vantage;
        if (vantage.Last.IsRedirect())
        {
            return control.Last.IsRedirect()
                ? Say.Verdict(Verdict.DownPrefix + Say.Name(Layer.Http), Grade.Likely, "bd-31", vantage, control)
                : Say.Verdict(Verdict.BrokenRedirect, Grade.Suspected, "bd-31", vantage, control);
        }

        if (!IsLedAway(vantage, control))
        {
            return null;
        }

        return IsLedBySite(vantage) && OthersLedThere(facts) < Neighbourhood.Many
            ? new Verdict(Verdict.PageChanged, Grade.Suspected, "bd-16", [Away(vantage, control)])
            : LedAway(facts, control);
    }

    /// <summary>The vantage failed on a way that the control did not go: only who sent it there can be judged.</summary>
    public static Verdict FailedElsewhere(CheckFacts facts, Measurement control) =>
        IsLedAway(facts.Vantage, control) && !IsLedBySite(facts.Vantage) ? LedAway(facts, control) : Say.Undecided("bd-5", facts.Vantage, control);

    private static Verdict LedAway(CheckFacts facts, Measurement control)
    {
        var verdict = new Verdict(Verdict.BlockedPrefix + "http_redirect", Grade.Likely, "bd-16", [Away(facts.Vantage, control)]);
        return OthersLedThere(facts) is > 0 and var others ? verdict.With(Reason.Of("reason.neighbours.redirect", facts.Vantage.Last.Url.Host, Say.Number(others))) : verdict;
    }

    private static int OthersLedThere(CheckFacts facts) => facts.Neighbourhood.RedirectHosts.GetValueOrDefault(facts.Vantage.Last.Url.IdnHost);

    private static Reason Away(Measurement vantage, Measurement control) => Reason.Of("reason.redirect", vantage.Last.Url.Host, control.Last.Url.Host);

    private static bool IsLedAway(Measurement vantage, Measurement control) => !vantage.IsAtHome() && !Seen.AreRelated(vantage.Last.Url, control.Last.Url);

    /// <summary>The redirect to the other domain came over a good certificate: from the site itself, as where it has a domain for each country.</summary>
    private static bool IsLedBySite(Measurement vantage) => vantage.Hops.Last(hop => Seen.AreRelated(hop.Url, vantage.Hops[0].Url)).Tls is { CertificateFailure: null };
}
