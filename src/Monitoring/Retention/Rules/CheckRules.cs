using Monitoring.Availability;
using Monitoring.Blocking;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Retention.Rules;

/// <summary>The compact facts of checks, by site.</summary>
public sealed class CheckHourRule(CheckHistory history) : IRetentionRule
{
    public string Name => "checks";

    public IEnumerable<string> Parts(RetentionRun run) => run.Ids(EntryKind.Site);

    public async Task ApplyAsync(string part, RetentionRun run, CancellationToken cancellationToken)
    {
        if (run.Before(run.Options.Checks) is { } before)
        {
            foreach (var vantageId in run.Ids(EntryKind.Vantage))
            {
                run.Report.Add(RemovedKind.CheckHours, await history.RemoveAsync(part, vantageId, before, run.DryRun, cancellationToken));
            }
        }
    }
}

/// <summary>
/// Measurements kept in full, by site. What an episode or the present state of a site names is evidence and stays. Good is a measurement whose fact says so; where
/// none is found it counts as not good.
/// </summary>
public sealed class MeasurementRule(MeasurementStore measurements, CheckHistory history, EpisodeStore episodes, VantageStateStore states) : IRetentionRule
{
    public string Name => "measurements";

    public IEnumerable<string> Parts(RetentionRun run) => run.Ids(EntryKind.Site);

    public async Task ApplyAsync(string part, RetentionRun run, CancellationToken cancellationToken)
    {
        var (goodBefore, otherBefore) = (run.Before(run.Options.GoodMeasurements), run.Before(run.Options.OtherMeasurements));
        var evidence = await EvidenceAsync(part, cancellationToken);
        var hour = (Key: "", Good: new HashSet<long>());
        await foreach (var measurement in measurements.ListAsync(part, cancellationToken))
        {
            var isOld = measurement.Started <= goodBefore || measurement.Started <= otherBefore;
            if (!isOld || evidence.Contains(measurement.Name))
            {
                continue;
            }

            if (hour.Key != $"{measurement.VantageId}.{Keys.Hour(measurement.Started)}")
            {
                hour = ($"{measurement.VantageId}.{Keys.Hour(measurement.Started)}", await GoodAsync(part, measurement, cancellationToken));
            }

            var isGood = hour.Good.Contains(Milliseconds(measurement.Started));
            if (measurement.Started <= (isGood ? goodBefore : otherBefore) && (run.DryRun || await measurements.RemoveAsync(measurement, cancellationToken)))
            {
                run.Report.Add(isGood ? RemovedKind.GoodMeasurements : RemovedKind.OtherMeasurements, 1, measurement.Length);
            }
        }
    }

    private async Task<HashSet<string>> EvidenceAsync(string siteId, CancellationToken cancellationToken)
    {
        var evidence = (await states.ListAsync(siteId, cancellationToken)).Select(state => state.Evidence).OfType<string>().ToHashSet(StringComparer.Ordinal);
        await foreach (var episode in episodes.ListAsync(siteId, after: null, int.MaxValue, cancellationToken))
        {
            evidence.UnionWith(episode.Evidence);
        }

        return evidence;
    }

    /// <summary>When, in the hour of a measurement, the site was found reachable.</summary>
    private async Task<HashSet<long>> GoodAsync(string siteId, KeptMeasurement measurement, CancellationToken cancellationToken)
    {
        var start = new DateTimeOffset(measurement.Started.UtcTicks - measurement.Started.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
        var facts = history.ListAsync(siteId, measurement.VantageId, start, start.AddHours(1).AddTicks(-1), cancellationToken);
        return await facts.Where(fact => fact.Class == Verdict.Reachable).Select(fact => Milliseconds(fact.At)).ToHashSetAsync(cancellationToken: cancellationToken);
    }

    /// <summary>Facts tell their time to the millisecond.</summary>
    private static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
