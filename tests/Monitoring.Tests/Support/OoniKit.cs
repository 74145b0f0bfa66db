using System.Globalization;
using Monitoring.Availability.Ooni;

namespace Monitoring.Tests.Support;

/// <summary>OONI's counts as a test tells them, and the answers of its API.</summary>
internal static class OoniKit
{
    public static OoniCounts Counts(long all, long anomalies = 0, long confirmed = 0, long failures = 0) => new(all, anomalies, confirmed, failures);

    /// <summary>The counts spread over networks, the first of which gets the rest.</summary>
    public static Dictionary<long, OoniCounts> Networks(OoniCounts counts, int count)
    {
        OoniCounts Part(bool isFirst) => new(
            Of(counts.Measurements, isFirst), Of(counts.Anomalies, isFirst), Of(counts.Confirmed, isFirst), Of(counts.Failures, isFirst));
        long Of(long all, bool isFirst) => isFirst ? all - all / count * (count - 1) : all / count;
        return Enumerable.Range(0, count).ToDictionary(index => 64500L + index, index => Part(index == 0));
    }

    /// <summary>So many countries with the same counts.</summary>
    public static Dictionary<string, OoniCounts> Countries(int count, OoniCounts counts) =>
        Enumerable.Range(0, count).ToDictionary(index => $"{(char)('A' + index / 26)}{(char)('A' + index % 26)}", _ => counts, StringComparer.Ordinal);

    public static Dictionary<string, OoniCounts> Kinds(params (string Kind, long Anomalies)[] kinds) =>
        kinds.ToDictionary(kind => kind.Kind, kind => Counts(kind.Anomalies, kind.Anomalies), StringComparer.Ordinal);

    /// <param name="axis">Field and JSON value, e.g. <c>"probe_asn": 9198</c>.</param>
    public static string Row(string domain, string axis, OoniCounts counts) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"domain": "{{domain}}", {{axis}}, "measurement_count": {{counts.Measurements}}, "anomaly_count": {{counts.Anomalies}}, "confirmed_count": {{counts.Confirmed}}, "failure_count": {{counts.Failures}}, "ok_count": {{counts.Usable - counts.Anomalies - counts.Confirmed}}, "new_field": {"deep": [1] } }""");

    public static string Answer(params IEnumerable<string> rows) => $$"""{"v": 0, "dimension_count": 2, "db_stats": {"bytes": 1}, "result": [{{string.Join(',', rows)}}]}""";
}
