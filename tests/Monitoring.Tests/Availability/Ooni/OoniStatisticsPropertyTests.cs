using FsCheck;
using FsCheck.Fluent;
using Monitoring.Availability.Ooni;
using static Monitoring.Tests.Support.OoniKit;

namespace Monitoring.Tests.Availability.Ooni;

/// <summary>What holds whatever was counted.</summary>
public sealed class OoniStatisticsPropertyTests
{
    private static readonly Gen<(OoniCounts Counts, int Networks, Dictionary<string, OoniCounts> World)> Measured =
        from counts in Counted(300)
        from networks in Gen.Choose(1, 6)
        from world in Gen.ArrayOf(Counted(100), 12)
        select (counts, networks, world.Index().ToDictionary(country => $"C{(char)('A' + country.Index)}", country => country.Item, StringComparer.Ordinal));

    [Fact]
    public void Nothing_is_likely_below_the_floor() => ForAll((counts, networks, world) =>
    {
        if (Judge(counts, networks, world).Sign is OoniSign.Likely)
        {
            Assert.True(counts.Anomalies + counts.Confirmed > OoniStatistics.Floor * counts.Usable);
            Assert.True(counts.Usable >= OoniStatistics.FewestMeasurements && networks >= OoniStatistics.FewestNetworks);
        }
    });

    [Fact]
    public void More_trouble_never_makes_it_less_likely() => ForAll((counts, networks, world) =>
    {
        var more = counts.Usable > counts.Anomalies + counts.Confirmed ? counts with { Anomalies = counts.Anomalies + 1 } : counts;

        Assert.True(Judge(counts, networks, world).Sign is not OoniSign.Likely || Judge(more, networks, world).Sign is OoniSign.Likely);
    });

    [Fact]
    public void Only_what_is_elevated_is_more_than_no_sign() => ForAll((counts, networks, world) =>
        Assert.True(OoniStatistics.IsElevated(Networks(counts, networks)) || Judge(counts, networks, world).Sign is OoniSign.Insufficient or OoniSign.NoSign));

    [Fact]
    public void The_lower_end_is_a_share_below_what_was_seen() => ForAll((counts, _, _) =>
        Assert.InRange(OoniStatistics.LowerBound(counts.Anomalies, counts.Measurements), 0, counts.Measurements == 0 ? 0 : (double)counts.Anomalies / counts.Measurements));

    private static Gen<OoniCounts> Counted(int most) =>
        from ok in Gen.Choose(0, most)
        from anomalies in Gen.Choose(0, most)
        from confirmed in Gen.Choose(0, 5)
        from failures in Gen.Choose(0, 20)
        select Counts(ok + anomalies + confirmed + failures, anomalies, confirmed, failures);

    private static OoniOpinion Judge(OoniCounts counts, int networks, Dictionary<string, OoniCounts> world) =>
        OoniStatistics.Judge(new OoniDomain(Networks(counts, networks), world, Kinds(("dns", counts.Anomalies + counts.Confirmed))));

    private static void ForAll(Action<OoniCounts, int, Dictionary<string, OoniCounts>> holds) =>
        Prop.ForAll(Measured.ToArbitrary(), measured => holds(measured.Counts, measured.Networks, measured.World)).QuickCheckThrowOnFailure();
}
