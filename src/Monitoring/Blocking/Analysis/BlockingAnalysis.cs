namespace Monitoring.Blocking.Analysis;

/// <summary>
/// The pure verdict: one vantage's measurement against the control's, taken at the same time. Rule names are rows of the decision table in the project's
/// facts on blocking; the first that fits decides:
/// bd-1 the vantage, its canary or its clock is at fault, bd-12 its certificates are made by somebody on the spot · bd-8 an issuer known for interception ·
/// bd-15 the control knows no such name · bd-4 the control fails alike, bd-5 otherwise · bd-6 another vantage stands in for a refused control ·
/// bd-11, 12, 13 DNS · bd-22 TCP · bd-25, 26 TLS · bd-27, 28 HTTP · bd-29 the transfer stalls · bd-7, 9, 13 a wrong certificate · bd-31 redirects
/// without end · bd-16 a redirect elsewhere · bd-3, 30 slow · bd-2 the same page · bd-18, 19 refusals · bd-13, 20, 21 another page; what these rules do not take for
/// the site is weighed with known marks of blocking: bd-10 in the DNS answer, bd-16 in the redirect, bd-17 in the page.
/// Cannot tell is an answer; without a control nothing but an artefact is a block, and nothing that the site itself said over TLS is one.
/// </summary>
public static class BlockingAnalysis
{
    /// <summary>Stored with every verdict; raised when a rule changes.</summary>
    public const string RulesVersion = "bd-v2";

    public static Verdict Judge(CheckFacts facts)
    {
        if (VantageRules.Fault(facts) is { } fault)
        {
            return fault;
        }

        var verdict = CertificateRules.Interception(facts.Vantage, facts.Control) ?? WithControl(facts);
        return facts.Vantage.Attempts.Count > 0 && verdict.Reachability is Reachability.Reachable
            ? verdict.With(Reason.Of("reason.attempts", Say.Number(facts.Vantage.Attempts.Count), facts.Vantage.Attempts[^1].Failure))
            : verdict;
    }

    /// <summary>The control's own verdict, by what the other vantages saw at the same time.</summary>
    public static Verdict JudgeControl(Measurement control, IReadOnlyList<Measurement> others)
    {
        var seen = Reason.Of("reason.direct", control.CertificateFault() ?? Say.Seen(control));
        if (control.IsItsResolvers())
        {
            return new Verdict(Verdict.Undecided, Grade.Insufficient, "bd-5", [seen, Reason.Of("reason.own_resolver", control.FurtherDns[0].Resolver)]);
        }

        if (control.Trouble() is { } layer)
        {
            return Unreached(control, layer, others, seen);
        }

        if (control.Last.IsRedirect())
        {
            return new Verdict(Verdict.BrokenRedirect, Grade.Suspected, "bd-31", [seen]);
        }

        return control.CertificateFault() is null
            ? new Verdict(Verdict.Reachable, Grade.Confirmed, "bd-2", [seen])
            : new Verdict(Verdict.SiteMisconfigured, Grade.Likely, "bd-7", [seen]);
    }

    private static Verdict Unreached(Measurement control, Layer layer, IReadOnlyList<Measurement> others, Reason seen)
    {
        var usable = others.Where(other => other.VantageFailure is null).ToList();
        if (usable.Find(other => other.Trouble() is null) is { } reached)
        {
            return new Verdict(Verdict.Undecided, Grade.Insufficient, "bd-6", [Say.Both(reached, control)], [Verdict.ControlRefused]);
        }

        var grade = usable.Count switch { >= 2 => Grade.Confirmed, 1 => Grade.Likely, _ => Grade.Suspected };
        return new Verdict(Verdict.DownPrefix + Say.Name(layer), grade, "bd-4", [seen]);
    }

    private static Verdict WithControl(CheckFacts facts)
    {
        var (vantage, control) = (facts.Vantage, facts.Control);
        if (control is null or { VantageFailure: not null } || control.IsItsResolvers())
        {
            return ByPeerOr(facts, Alone(vantage));
        }

        return (vantage.Trouble(), control.Trouble()) switch
        {
            (_, { }) when DnsRules.KnowsNoSuchName(vantage, control) => DnsRules.Ghost(vantage, control),
            (null, { }) => WithoutControl(vantage, control),
            ({ } mine, { } theirs) => IsAlike(vantage, mine, theirs)
                ? Say.Verdict(Verdict.DownPrefix + Say.Name(theirs), Grade.Likely, "bd-4", vantage, control)
                : ByPeerOr(facts, Say.Undecided("bd-5", vantage, control)),
            (_, null) => KnownBlocks.Weigh(vantage.Last.Failed is { } failed ? Failed(failed, facts, control) : Answered(facts, control), facts, control),
        };
    }

    private static Verdict Failed((Layer Layer, string Failure) failed, CheckFacts facts, Measurement control)
    {
        if (control.IsRefused())
        {
            // What the site refuses to us it may refuse to the vantage too, in its own way.
            return ByPeerOr(facts, FailureRules.Judge(failed, facts, control));
        }

        return control.HasMet(facts.Vantage.Last.Url) ? FailureRules.Judge(failed, facts, control) : RedirectRules.FailedElsewhere(facts, control);
    }

    /// <summary>Another vantage that got the page stands in for a control that did not: suspected at most, because what is between them is not known.</summary>
    private static Verdict ByPeerOr(CheckFacts facts, Verdict otherwise)
    {
        var peer = facts.Peers.FirstOrDefault(other => other.VantageFailure is null && other.Trouble() is null && !other.IsRefused() && other.Last.IsEncrypted() && other.CertificateFault() is null);
        if (peer is null || facts.Vantage.Last.Failed is not { } failed || !peer.HasMet(facts.Vantage.Last.Url))
        {
            return otherwise;
        }

        var verdict = FailureRules.Judge(failed, facts, peer);
        return verdict.Reachability is Reachability.Blocked
            ? verdict with { Grade = verdict.Grade < Grade.Suspected ? verdict.Grade : Grade.Suspected, Rule = "bd-6", Notes = [Verdict.ControlRefused] }
            : otherwise;
    }

    /// <summary>The control failed. Over TLS the site itself answered the vantage, whatever the control met; over plain HTTP anybody may have.</summary>
    private static Verdict WithoutControl(Measurement vantage, Measurement control) =>
        IsTheSitesOwn(vantage) ? Say.Verdict(Verdict.Reachable, Grade.Confirmed, "bd-2", vantage, control) with { Notes = [Verdict.ControlRefused] } : Say.Undecided("bd-5", vantage, control);

    private static Verdict Alone(Measurement vantage) => vantage.Trouble() is null && IsTheSitesOwn(vantage)
        ? new Verdict(Verdict.Reachable, Grade.Confirmed, "bd-2", [Reason.Of("reason.alone", Say.Seen(vantage))])
        : new Verdict(Verdict.Undecided, Grade.Insufficient, "bd-5", [Reason.Of("reason.alone", Say.Seen(vantage))]);

    private static bool IsTheSitesOwn(Measurement vantage) =>
        vantage.Last.IsEncrypted() && vantage.IsAtHome() && !vantage.Last.IsRedirect() && vantage.CertificateFault() is null;

    private static Verdict Answered(CheckFacts facts, Measurement control)
    {
        var vantage = facts.Vantage;
        var faulty = vantage.Hops.FirstOrDefault(hop => hop.Tls?.CertificateFailure is not null);
        if (faulty is not null && control.Hops.Where(hop => hop.Tls is not null && hop.Url.IsSameHost(faulty.Url)).ToList() is [_, ..] theirs)
        {
            return CertificateRules.Wrong(faulty, theirs, facts, control);
        }

        // A certificate of a host that the control did not meet: nothing to compare it with.
        return RedirectRules.Judge(facts, control) ?? (faulty is null ? PageRules.Judge(facts, control) : Say.Undecided("bd-5", vantage, control));
    }

    /// <summary>The same layer fails on both sides. What the control meets as a missing name, a line that resolves at its far end meets as a failed connection.</summary>
    private static bool IsAlike(Measurement vantage, Layer mine, Layer theirs) => mine == theirs || (mine is Layer.Tcp && theirs is Layer.Dns && vantage.Last.Dns is null);
}
