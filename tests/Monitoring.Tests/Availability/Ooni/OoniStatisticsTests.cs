using Monitoring.Alerts.Mails;
using Monitoring.Availability.Ooni;
using static Monitoring.Tests.Support.OoniKit;

namespace Monitoring.Tests.Availability.Ooni;

public sealed class OoniStatisticsTests
{
    /// <summary>Scenario 43.</summary>
    [Fact]
    public void A_few_block_pages_among_thousands_of_measurements_are_noise()
    {
        var opinion = Judge(Counts(5755, confirmed: 21), networks: 3);

        Assert.Equal(OoniSign.NoSign, opinion.Sign);
        Assert.Contains("too few confirmed ones to count: 21", Said(opinion));
    }

    /// <summary>Scenario 44.</summary>
    [Fact]
    public void Time_outs_on_five_networks_and_hardly_elsewhere_are_likely_blocking()
    {
        var opinion = Judge(Counts(64, anomalies: 60), networks: 5, Countries(30, Counts(100, 3)), Kinds(("http-failure", 60)));

        Assert.Equal((OoniSign.Likely, "http-failure", 5), (opinion.Sign, opinion.Kind, opinion.Networks));
        Assert.Equal(
            [
                "64 measurements on 5 networks: 60 anomalies, 0 confirmed, 0 failed", "in other countries 3 % (median; countries with enough measurements: 30)",
                "trouble in at least 85 % of them (lower end of the 95 % interval)", "100 % of the trouble is of one kind: http-failure",
            ],
            Said(opinion));
    }

    /// <summary>Scenario 45.</summary>
    [Fact]
    public void The_same_failure_in_many_countries_is_the_instruments()
    {
        var opinion = Judge(Counts(64, anomalies: 60), networks: 5, Countries(30, Counts(100, 90)), Kinds(("http-failure", 60)));

        Assert.Equal(OoniSign.Instrument, opinion.Sign);
        Assert.Contains("as much trouble in 30 of 30 other countries: a fault of the probes or of the site", Said(opinion));
    }

    [Fact]
    public void A_site_blocked_in_some_countries_is_blocked_in_this_one_too()
    {
        var world = Countries(30, Counts(100, 3)).Concat(Countries(40, Counts(100, 90)).Skip(30)).ToDictionary(StringComparer.Ordinal);

        Assert.Equal(OoniSign.Likely, Judge(Counts(64, anomalies: 60), networks: 5, world, Kinds(("dns", 60))).Sign);
    }

    [Theory]
    [InlineData(20, 0, 2, OoniSign.Likely)]
    [InlineData(19, 0, 2, OoniSign.Insufficient)]
    [InlineData(30, 11, 2, OoniSign.Insufficient)] // 19 that did not fail
    [InlineData(400, 0, 1, OoniSign.Insufficient)]
    public void Too_few_measurements_or_networks_say_nothing(long all, long failures, int networks, OoniSign expected)
    {
        Assert.Equal(expected, Judge(Counts(all, all - failures, failures: failures), networks, kinds: Kinds(("dns", all))).Sign);
    }

    [Fact]
    public void A_network_that_OONI_could_not_tell_is_none()
    {
        var counts = Counts(50, 50);

        Assert.Equal(OoniSign.Insufficient, OoniStatistics.Judge(new OoniDomain(new Dictionary<long, OoniCounts> { [0] = counts, [9198] = counts }, Countries(0, counts), Kinds(("dns", 100)))).Sign);
    }

    [Theory]
    [InlineData(10, OoniSign.Likely)]
    [InlineData(25, OoniSign.NoSign)] // three times as much is 75 %
    public void What_is_usual_elsewhere_is_no_sign(long elsewhere, OoniSign expected)
    {
        Assert.Equal(expected, Judge(Counts(100, 80), 5, Countries(9, Counts(100, elsewhere)), Kinds(("dns", 80))).Sign);
    }

    [Theory]
    [InlineData(70, 30, OoniSign.Likely)]
    [InlineData(69, 31, OoniSign.NoSign)]
    [InlineData(0, 100, OoniSign.NoSign)] // a kind that OONI does not name
    public void Trouble_of_several_kinds_is_no_sign(long one, long nameless, OoniSign expected)
    {
        Assert.Equal(expected, Judge(Counts(100, 100), 5, kinds: Kinds(("tcp_ip", one), ("", nameless))).Sign);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 20, 0)]
    [InlineData(50, 100, 0.4038)]
    [InlineData(60, 64, 0.8500)]
    [InlineData(20, 20, 0.8389)]
    public void The_lower_end_is_that_of_Wilsons_interval(long seen, long among, double expected)
    {
        Assert.Equal(expected, OoniStatistics.LowerBound(seen, among), precision: 4);
    }

    private static OoniOpinion Judge(OoniCounts counts, int networks, Dictionary<string, OoniCounts>? world = null, Dictionary<string, OoniCounts>? kinds = null) =>
        OoniStatistics.Judge(new OoniDomain(Networks(counts, networks), world ?? [], kinds ?? []));

    private static IEnumerable<string> Said(OoniOpinion opinion) => opinion.Reasons.Select(Texts.English.Say);
}
