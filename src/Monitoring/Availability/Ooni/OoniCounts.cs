namespace Monitoring.Availability.Ooni;

/// <summary>Measurements of OONI's Web Connectivity test, counted as its aggregation does: every measurement is ok, an anomaly, confirmed or failed, and only one of them.</summary>
/// <param name="Measurements">All of them.</param>
/// <param name="Anomalies">Where probe and control differ, without those confirmed.</param>
/// <param name="Confirmed">Where a known block page or address was seen.</param>
/// <param name="Failures">Where the test itself failed; they say nothing of the site.</param>
public readonly record struct OoniCounts(long Measurements, long Anomalies, long Confirmed, long Failures)
{
    /// <summary>Those that say something of the site.</summary>
    public long Usable => Measurements - Failures;

    public static OoniCounts operator +(OoniCounts one, OoniCounts other) => new(
        one.Measurements + other.Measurements, one.Anomalies + other.Anomalies, one.Confirmed + other.Confirmed, one.Failures + other.Failures);

    public static OoniCounts Sum(IEnumerable<OoniCounts> counts) => counts.Aggregate(default(OoniCounts), (sum, next) => sum + next);
}
