using Monitoring.Blocking;
using Monitoring.Evidence;
using Monitoring.Storage;

namespace Monitoring.Availability;

/// <summary>
/// Which measurements are kept in full: every one whose verdict is not good or differs from the last, and one good one a day. Their pages are kept too,
/// unless the verdict is good.
/// </summary>
public sealed class CheckEvidence(MeasurementStore measurements, CaptureStore captures)
{
    /// <returns>The name of the kept measurement; null if only the fact is kept.</returns>
    public async Task<string?> KeepAsync(SiteCheck check, VantageState before, CancellationToken cancellationToken)
    {
        var measurement = check.Probed.Measurement;
        var isGood = check.Verdict.Reachability is Reachability.Reachable;
        var isSame = string.Equals(check.Verdict.Class, before.Verdict?.Class, StringComparison.Ordinal);
        if (isGood && isSame && string.Equals(before.GoodKeptOn, Keys.Day(measurement.Started), StringComparison.Ordinal))
        {
            return null;
        }

        if (!isGood)
        {
            foreach (var page in check.Probed.Pages)
            {
                await captures.AddAsync(measurement.SiteId, page, keepBody: true, cancellationToken);
            }
        }

        return await measurements.AddAsync(measurement, cancellationToken);
    }
}
