using Monitoring.Network;

namespace Monitoring.Blocking.Analysis;

/// <summary>bd-7, bd-8, bd-9, bd-13: who signed what was shown.</summary>
internal static class CertificateRules
{
    /// <summary>RSA exponent of the certificates forged in Kazakhstan in 2019 (IMC 2020).</summary>
    private const int ForgedExponent = 3;

    /// <summary>bd-8: an artefact needs no control, unless the control saw the very same.</summary>
    public static Verdict? Interception(Measurement vantage, Measurement? control)
    {
        foreach (var hop in vantage.Hops.Where(hop => hop.Tls is { CertificateFailure: not null, Chain.Count: > 0 }))
        {
            var leaf = hop.Leaf();
            if (Mark(hop.Tls!.Chain) is { } mark && control?.Hops.Any(other => other.Tls is { Chain.Count: > 0 } && other.Leaf() == leaf) is not true)
            {
                return new Verdict(Verdict.BlockedPrefix + "tls_mitm", Grade.Confirmed, "bd-8", [mark]);
            }
        }

        return null;
    }

    /// <param name="mine">The vantage's first hop with a wrong certificate.</param>
    /// <param name="theirs">The control's hops to the same host.</param>
    public static Verdict Wrong(Hop mine, IReadOnlyList<Hop> theirs, CheckFacts facts, Measurement control)
    {
        var fault = mine.Tls!.CertificateFailure!;
        if (theirs.FirstOrDefault(hop => hop.Leaf() is { } leaf && leaf == mine.Leaf())?.Tls!.CertificateFailure is { } same)
        {
            return new Verdict(Verdict.SiteMisconfigured, Grade.Confirmed, "bd-7", [Reason.Of("reason.verdict", fault, same)]);
        }

        if (theirs.Select(hop => hop.Tls!.CertificateFailure).FirstOrDefault(other => other is not null) is { } alsoWrong)
        {
            return new Verdict(Verdict.Undecided, Grade.Insufficient, "bd-7", [Reason.Of("reason.verdict", fault, alsoWrong)]);
        }

        var why = Reason.Of("reason.verdict", fault, Say.Seen(control));
        return fault switch
        {
            // From a known authority and for this name, but expired: only the site's own servers have one.
            Failure.SslInvalidCertificate => new Verdict(Verdict.SiteMisconfigured, Grade.Suspected, "bd-7", [why]),
            _ when theirs.All(hop => Seen.AddressesDiffer(mine, hop)) => new Verdict(Verdict.BlockedPrefix + "dns", Grade.Likely, "bd-13", [why]),
            _ => Intercepted(mine, facts.Neighbourhood, why),
        };
    }

    private static Verdict Intercepted(Hop mine, Neighbourhood neighbourhood, Reason why)
    {
        var verdict = new Verdict(Verdict.BlockedPrefix + "tls_mitm", Grade.Likely, "bd-9", [why]);
        return mine.Tls!.Chain is [{ Issuer: var issuer }, ..] && neighbourhood.Issuers.GetValueOrDefault(issuer) is var others && others > 0
            ? verdict.With(Reason.Of("reason.neighbours.issuer", issuer, Say.Number(others))) with { Grade = others >= Neighbourhood.Many ? Grade.Confirmed : Grade.Likely }
            : verdict;
    }

    private static Reason? Mark(IReadOnlyList<CertificateFacts> chain)
    {
        if (chain.Select(InterceptionIssuers.Find).FirstOrDefault(found => found is not null) is { } known)
        {
            return Reason.Of("reason.issuer", known);
        }

        return chain[0] is { RsaExponent: ForgedExponent, Extensions: 0 } ? Reason.Of("reason.forged") : null;
    }
}
