using System.Globalization;
using Monitoring.Network;

namespace Monitoring.Blocking.Analysis;

/// <summary>bd-1: before anything is said of a site, the vantage must be well: its proxy, its canaries, its clock, and nobody on the spot who makes certificates.</summary>
internal static class VantageRules
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public static Verdict? Fault(CheckFacts facts)
    {
        if (facts.Vantage.VantageFailure is { } fault)
        {
            return At(Verdict.VantageFault, Reason.Of("reason.vantage", fault));
        }

        return facts.Canaries.Select(OfCanary).FirstOrDefault(verdict => verdict is not null);
    }

    private static Verdict? OfCanary(Measurement canary)
    {
        if (ClockError(canary) is { } error && error.Duration() > ClockTolerance)
        {
            return At(Verdict.ClockFault, Reason.Of("reason.clock", Reason.Duration(error.Duration())));
        }

        var fault = canary.CertificateFault();
        return fault switch
        {
            // The canary's certificate is known to be good: here somebody between it and us makes certificates for every site.
            Failure.SslUnknownAuthority or Failure.SslInvalidHostname => At(Verdict.LocalInterception, Reason.Of("reason.canary", fault)),
            Failure.SslInvalidCertificate when IsOutOfItsTime(canary) => At(Verdict.ClockFault, Reason.Of("reason.canary", fault)),
            _ => Broken(canary, fault) is { } broken ? At(Verdict.VantageFault, Reason.Of("reason.canary", broken)) : null,
        };
    }

    private static string? Broken(Measurement canary, string? certificateFault) => canary.VantageFailure ?? certificateFault ?? (canary.Trouble() is null ? null : Say.Seen(canary));

    /// <summary>How far the vantage's clock is from the canary's; null if the canary does not tell the time. A page from a cache tells an old one: its age is taken off.</summary>
    private static TimeSpan? ClockError(Measurement canary)
    {
        if (canary.VantageFailure is not null || canary.Last.Http is not { Failure: null } page || page.Header("Age") is not null
            || !DateTimeOffset.TryParseExact(page.Header("Date"), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return null;
        }

        return canary.Started.AddMilliseconds(canary.Milliseconds) - date;
    }

    private static bool IsOutOfItsTime(Measurement canary) => canary.Hops
        .Where(hop => hop.Tls?.CertificateFailure is Failure.SslInvalidCertificate)
        .SelectMany(hop => hop.Tls!.Chain.Take(1))
        .Any(leaf => leaf.NotBefore > canary.Started || leaf.NotAfter < canary.Started);

    private static Verdict At(string verdict, Reason reason) => new(verdict, Grade.Insufficient, "bd-1", [reason]);
}
