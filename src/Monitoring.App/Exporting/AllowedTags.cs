using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Monitoring.App.Exporting;

/// <summary>
/// The tags that may leave the house. Libraries tag their spans with full addresses, paths and agents, and more of it with every version: what is not
/// listed goes.
/// </summary>
internal sealed class AllowedTags : BaseProcessor<Activity>
{
    private static readonly string[] OfMetrics =
    [
        Telemetry.Job, Telemetry.Kind, Telemetry.Outcome, Telemetry.Severity, Telemetry.Vantage, Telemetry.Verdict, Telemetry.Queue,
        "http.request.method", "http.response.status_code", "http.route", "error.type", "network.protocol.version", "url.scheme",
    ];

    /// <summary>Spans also say which service of ours was asked: they are only of our pages and our store, never of what is watched.</summary>
    private static readonly HashSet<string> OfSpans = [.. OfMetrics, "server.address", "az.namespace", "db.collection.name"];

    public static MetricStreamConfiguration View { get; } = new() { TagKeys = OfMetrics };

    public override void OnEnd(Activity data)
    {
        foreach (var (name, _) in data.TagObjects.Where(tag => !OfSpans.Contains(tag.Key)).ToList())
        {
            data.SetTag(name, null);
        }
    }
}
