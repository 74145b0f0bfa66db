namespace Monitoring.Blocking.Analysis;

/// <summary>bd-3, bd-30: the page came, but slowly.</summary>
internal static class SpeedRules
{
    /// <summary>To the first byte; readers have left by then.</summary>
    private const double SlowPageMilliseconds = 5000;

    /// <summary>Handshakes were this slow, and usually twice as slow, where Kazakhstan throttled (OONI, 2023-04-28).</summary>
    private const double SlowHandshakeMilliseconds = 2000;

    private const int LeastHandshakes = 5;
    private const double TimesTheCanary = 4;
    private const double TimesTheControl = 2;
    private const double TimesItsOwn = 2;

    /// <returns>Null if it was fast enough, or too little is known.</returns>
    public static Verdict? Judge(CheckFacts facts, Measurement control)
    {
        if (Throttled(facts.Handshakes) is { } why)
        {
            return new Verdict(Verdict.Throttled, Grade.Likely, "bd-30", [why]);
        }

        var (mine, theirs) = (facts.Vantage.Last.Http!.FirstByteMilliseconds, control.Last.Http!.FirstByteMilliseconds);
        return mine >= SlowPageMilliseconds && theirs >= SlowPageMilliseconds
            ? new Verdict(Verdict.DegradedEverywhere, Grade.Likely, "bd-3", [Reason.Of("reason.slow", Say.Number(mine), Say.Number(theirs))])
            : null;
    }

    private static Reason? Throttled(HandshakeTimes times)
    {
        if (times.Site.Count < LeastHandshakes || times.Canary.Count == 0 || times.Control.Count == 0)
        {
            return null;
        }

        var (site, canary, control) = (Median(times.Site), Median(times.Canary), Median(times.Control));
        return site >= SlowHandshakeMilliseconds && site >= TimesTheCanary * canary && site >= TimesTheControl * control && times.Control[^1] < TimesItsOwn * control
            ? Reason.Of("reason.throttled", Say.Number(site), Say.Number(canary), Say.Number(control))
            : null;
    }

    private static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
