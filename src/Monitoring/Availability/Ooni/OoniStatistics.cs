using System.Globalization;

namespace Monitoring.Availability.Ooni;

/// <summary>
/// The pure opinion on what OONI counted. First match wins:
/// <list type="number">
/// <item>fewer than 20 measurements that did not fail, or fewer than 2 networks: insufficient;</item>
/// <item>lower end of the 95 % interval of the rate of trouble not above 30 %: no sign;</item>
/// <item>as elevated in at least 5 other countries and in half of all that measured enough: instrument. The aggregation does not tell the probes' versions, so
/// this asks less than OONI's own rule (the same failure in many countries, on old versions alone) and says "likely" more seldom;</item>
/// <item>the lower end not above three times the median rate of other countries: no sign;</item>
/// <item>less than 70 % of the trouble of one blocking_type: no sign;</item>
/// <item>likely.</item>
/// </list>
/// Trouble is anomalies and confirmed ones; the latter count from 3 and 1 % of the measurements on (21 of 5,755 in the Netherlands were noise).
/// </summary>
public static class OoniStatistics
{
    public const int FewestMeasurements = 20;
    public const int FewestNetworks = 2;
    public const double Floor = 0.3;
    private const double TimesWorld = 3;
    private const double OneKind = 0.7;
    private const int FewestConfirmed = 3;
    private const double LeastConfirmed = 0.01;
    private const int ManyCountries = 5;

    /// <summary>The quantile of the normal distribution for a two-sided 95 % interval.</summary>
    private const double Quantile = 1.959964;

    private static readonly string[] KnownKinds = ["dns", "tcp_ip", "http-failure", "http-diff"];

    /// <summary>Whether a domain may come out as likely, so that other countries and kinds are worth asking for.</summary>
    public static bool IsElevated(IReadOnlyDictionary<long, OoniCounts> networks)
    {
        var counts = OoniCounts.Sum(networks.Values);
        return counts.Usable >= FewestMeasurements && NetworksOf(networks) >= FewestNetworks && LowerBound(Trouble(counts), counts.Usable) > Floor;
    }

    public static OoniOpinion Judge(OoniDomain domain)
    {
        var (counts, networks) = (OoniCounts.Sum(domain.Networks.Values), NetworksOf(domain.Networks));
        var reasons = new List<Reason> { Reason.Of("reason.ooni_counts", Say(counts.Measurements), Say(networks), Say(counts.Anomalies), Say(counts.Confirmed), Say(counts.Failures)) };
        if (counts.Confirmed > 0 && !Counts(counts.Confirmed, counts.Usable))
        {
            reasons.Add(Reason.Of("reason.ooni_confirmed_few", Say(counts.Confirmed)));
        }

        var (sign, kind) = Judge(domain, counts, networks, reasons);
        return new OoniOpinion(sign, counts, networks, kind, reasons);
    }

    /// <summary>The lower end of the Wilson score interval (Wilson 1927), 0 to 1: how often at least, seen so often among so many.</summary>
    public static double LowerBound(long seen, long among)
    {
        if (among <= 0)
        {
            return 0;
        }

        var (share, square) = ((double)seen / among, Quantile * Quantile / among);
        var spread = Quantile * Math.Sqrt(share * (1 - share) / among + square / among / 4);
        return Math.Max(0, (share + square / 2 - spread) / (1 + square));
    }

    private static (OoniSign Sign, string? Kind) Judge(OoniDomain domain, OoniCounts counts, int networks, List<Reason> reasons)
    {
        if (counts.Usable < FewestMeasurements || networks < FewestNetworks)
        {
            reasons.Add(Reason.Of("reason.ooni_few", Say(FewestMeasurements), Say(FewestNetworks)));
            return (OoniSign.Insufficient, null);
        }

        var least = LowerBound(Trouble(counts), counts.Usable);
        if (least <= Floor)
        {
            reasons.Add(Reason.Of("reason.ooni_rate_low", Percent(least), Percent(Floor)));
            return (OoniSign.NoSign, null);
        }

        var others = domain.Elsewhere.Values.Where(country => country.Usable >= FewestMeasurements).ToList();
        var elevated = others.Count(country => LowerBound(Trouble(country), country.Usable) > Floor);
        if (elevated >= ManyCountries && elevated * 2 >= others.Count)
        {
            reasons.Add(Reason.Of("reason.ooni_everywhere", Say(elevated), Say(others.Count)));
            return (OoniSign.Instrument, null);
        }

        var world = Median([.. others.Select(country => (double)Trouble(country) / country.Usable).Order()]);
        reasons.Add(Reason.Of("reason.ooni_world", Percent(world), Say(others.Count)));
        if (least <= TimesWorld * world)
        {
            reasons.Add(Reason.Of("reason.ooni_rate_low", Percent(least), Percent(TimesWorld * world)));
            return (OoniSign.NoSign, null);
        }

        reasons.Add(Reason.Of("reason.ooni_rate", Percent(least)));
        return Kind(domain.Kinds, reasons);
    }

    private static (OoniSign Sign, string? Kind) Kind(IReadOnlyDictionary<string, OoniCounts> kinds, List<Reason> reasons)
    {
        var all = kinds.Values.Sum(Seen);
        var main = KnownKinds.MaxBy(kind => Seen(kinds.GetValueOrDefault(kind)))!;
        var share = all == 0 ? 0 : (double)Seen(kinds.GetValueOrDefault(main)) / all;
        if (share < OneKind)
        {
            reasons.Add(Reason.Of("reason.ooni_mixed", Percent(OneKind)));
            return (OoniSign.NoSign, null);
        }

        reasons.Add(Reason.Of("reason.ooni_kind", Percent(share), main));
        return (OoniSign.Likely, main);
    }

    private static long Seen(OoniCounts counts) => counts.Anomalies + counts.Confirmed;

    private static long Trouble(OoniCounts counts) => counts.Anomalies + (Counts(counts.Confirmed, counts.Usable) ? counts.Confirmed : 0);

    private static bool Counts(long confirmed, long usable) => confirmed >= FewestConfirmed && confirmed >= LeastConfirmed * usable;

    /// <summary>Number 0 is OONI's for a network it could not tell.</summary>
    private static int NetworksOf(IReadOnlyDictionary<long, OoniCounts> networks) => networks.Count(network => network.Key != 0 && network.Value.Usable > 0);

    private static double Median(double[] ordered) => ordered.Length == 0 ? 0 : (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;

    private static string Say(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double share) => Math.Floor(100 * share + 1e-9).ToString(CultureInfo.InvariantCulture);
}
