using Monitoring.Network;

namespace Monitoring.Blocking.Analysis;

/// <summary>bd-11 to bd-15: the name. Addresses alone prove nothing (72 % of cases flagged so are wrong: CERTainty, PoPETs 2023); failures and bogons that the control does not see do.</summary>
internal static class DnsRules
{
    /// <summary>Such a name does not exist, as far as the control can tell, and the vantage got an address for it.</summary>
    public static bool KnowsNoSuchName(Measurement vantage, Measurement control) =>
        control.Hops is [{ Failed: (Layer.Dns, Failure.DnsNxdomain or Failure.DnsNoAnswer) }]
        && vantage.Hops[0].Dns is { Failure: null } answer && answer.Addresses.Count > answer.Bogons.Count
        && vantage.CertificateFault() is var fault && (fault is not null || vantage.Trouble() is not null || !vantage.Last.IsEncrypted());

    /// <summary>bd-15.</summary>
    public static Verdict Ghost(Measurement vantage, Measurement control) => Say.Blocked("dns", Grade.Likely, "bd-15", vantage, control) with { Notes = [Verdict.SiteGone] };

    public static Verdict Failed(string failure, CheckFacts facts, Measurement control)
    {
        var vantage = facts.Vantage;
        switch (failure)
        {
            case Failure.DnsBogon:
                return Say.Blocked("dns", Grade.Confirmed, "bd-11", vantage, control);
            case Failure.DnsNxdomain or Failure.DnsNoAnswer or Failure.DnsAndroidNoData:
                return Refused(Grade.Likely);
            // A resolver that refuses or is silent may do so to every name we ask for, unless it resolved the canary's.
            case var _ when facts.Canaries.Count == 0:
                return Say.Undecided("bd-12", vantage, control);
            case Failure.DnsRefused or Failure.DnsServfail:
                return Refused(Grade.Likely);
            default:
                return Refused(Grade.Suspected);
        }

        // The vantage's own resolver may be wrong by mistake; that a public one, asked from there, is answered for too is no mistake.
        Verdict Refused(Grade grade) => vantage.FurtherDns.FirstOrDefault(IsAltered) is { } altered
            ? Say.Blocked("dns", Grade.Confirmed, "bd-12", vantage, control).With(Reason.Of("reason.resolver", altered.Resolver, altered.Failure ?? string.Join(", ", altered.Bogons)))
            : Say.Blocked("dns", grade, "bd-12", vantage, control);
    }

    /// <summary>Denied, or led to an address that is no public one. That a resolver cannot be reached says nothing of the name.</summary>
    private static bool IsAltered(DnsObservation further) =>
        further.Failure is Failure.DnsNxdomain or Failure.DnsNoAnswer or Failure.DnsRefused or Failure.DnsServfail || (further.Bogons.Count > 0 && further.Bogons.Count == further.Addresses.Count);
}
