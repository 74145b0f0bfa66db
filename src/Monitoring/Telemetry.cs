using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Monitoring;

/// <summary>
/// What the rooms count and time, for whoever listens; it costs next to nothing while nobody does. Tags are kinds and outcomes out of short lists, never an
/// id, a name, an address or a text. A step that is taken again after a crash counts again.
/// </summary>
public static class Telemetry
{
    /// <summary>Of the meter and of the source of spans.</summary>
    public const string Name = "Monitoring";

    public const string Job = "monitoring.job";
    public const string Kind = "monitoring.kind";
    public const string Outcome = "monitoring.outcome";
    public const string Severity = "monitoring.severity";
    public const string Vantage = "monitoring.vantage.via";
    public const string Verdict = "monitoring.verdict";
    public const string Queue = "monitoring.queue";

    private static readonly Meter Meter = new(Name);

    public static ActivitySource Spans { get; } = new(Name);

    /// <summary>Tags: kind of source; outcome read, not_modified, refused, failed or unreadable.</summary>
    public static Counter<long> Visits { get; } = Meter.CreateCounter<long>("monitoring.visits", "{visit}", "Visits of sources that were made.");

    /// <summary>Tag: outcome new or changed.</summary>
    public static Counter<long> Items { get; } = Meter.CreateCounter<long>("monitoring.items", "{item}", "Items that visits brought.");

    /// <summary>Tag: severity.</summary>
    public static Counter<long> Flags { get; } = Meter.CreateCounter<long>("monitoring.flags", "{flag}", "Items that were found to concern the watch list.");

    /// <summary>No tags; one for a site, however many vantages it is checked from.</summary>
    public static Counter<long> Checks { get; } = Meter.CreateCounter<long>("monitoring.checks", "{check}", "Checks of sites that were recorded.");

    /// <summary>Tags: the verdict's class; what kind of vantage.</summary>
    public static Counter<long> Verdicts { get; } = Meter.CreateCounter<long>("monitoring.verdicts", "{verdict}", "Verdicts on sites, one for each vantage of a check.");

    /// <summary>Tag: outcome sent, failed (to be tried again) or refused.</summary>
    public static Counter<long> Mails { get; } = Meter.CreateCounter<long>("monitoring.mails", "{mail}", "Attempts to send a mail.");

    /// <summary>Tags: the job; outcome done, nothing_due, not_now, failed or cancelled.</summary>
    public static Histogram<double> JobDuration { get; } = Meter.CreateHistogram<double>("monitoring.job.duration", "s", "How long jobs ran.");

    /// <summary>Tag: queue.</summary>
    public static Gauge<long> QueueLength { get; } = Meter.CreateGauge<long>("monitoring.queue.length", "{message}", "Messages that wait or are worked on.");

    /// <summary>Tag: queue. 0 if nothing waits.</summary>
    public static Gauge<double> QueueAge { get; } = Meter.CreateGauge<double>("monitoring.queue.age", "s", "How long the oldest message that could be worked on has waited.");

    /// <summary>No tags.</summary>
    public static Gauge<long> Poisoned { get; } = Meter.CreateGauge<long>("monitoring.queue.poisoned", "{message}", "Messages that were given up and not put back.");

    public static KeyValuePair<string, object?> Tag(string name, string value) => KeyValuePair.Create(name, (object?)value);
}
