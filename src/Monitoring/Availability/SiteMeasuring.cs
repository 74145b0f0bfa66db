using Monitoring.Blocking;
using Monitoring.Blocking.Analysis;
using Monitoring.Blocking.Probing;
using Monitoring.Watchlist;

namespace Monitoring.Availability;

/// <summary>One site from one vantage, measured and judged.</summary>
public sealed record SiteCheck(Vantage Vantage, Probed Probed, Verdict Verdict)
{
    /// <summary>Judges what all vantages saw at the same time; the first of them is the direct one, the control.</summary>
    public static IReadOnlyList<SiteCheck> JudgeAll(IReadOnlyList<Vantage> vantages, IReadOnlyList<Probed> probed, IReadOnlyList<Measurement?> canaries)
    {
        var control = probed[0].Measurement;
        return [.. vantages.Select((vantage, i) => new SiteCheck(
            vantage,
            probed[i],
            i == 0
                ? BlockingAnalysis.JudgeControl(control, [.. probed.Skip(1).Select(other => other.Measurement)])
                : BlockingAnalysis.Judge(FactsOf(i))))];

        CheckFacts FactsOf(int i) => new(probed[i].Measurement, control)
        {
            Canaries = canaries[i] is { } canary ? [canary] : [],
            Peers = [.. probed.Where((_, other) => other > 0 && other != i).Select(peer => peer.Measurement)],
        };
    }
}

/// <summary>Measures a site from all vantages at the same time, with the direct one as their control, and judges what was seen.</summary>
public sealed class SiteMeasuring(VantageLines lines, MeasurementStore measurements, AvailabilityOptions options, TimeProvider time)
{
    /// <summary>Vantages measured at once: a site sees no more visitors than that from us.</summary>
    public const int AtOnce = 4;

    /// <summary>The direct check first; empty if the list has no direct vantage.</summary>
    public async Task<IReadOnlyList<SiteCheck>> CheckAsync(string siteId, Uri url, IReadOnlyList<Vantage> vantages, CancellationToken cancellationToken)
    {
        // The direct vantage first: the control of all others.
        var ordered = vantages.OrderBy(vantage => vantage.Via).ToList();
        if (ordered is not [{ Via: VantageKind.Direct }, ..])
        {
            return [];
        }

        var probed = new Probed[ordered.Count];
        var canaries = new Measurement?[ordered.Count];
        await Parallel.ForAsync(0, ordered.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (i, token) =>
        {
            canaries[i] = i == 0 ? null : await CanaryAsync(ordered[i], token);
            probed[i] = await lines.MeasureAsync(siteId, url, ordered[i], token);
        });
        return SiteCheck.JudgeAll(ordered, probed, canaries);
    }

    /// <summary>The vantage's canary, measured now unless a fresh result stands for it. Sites checked at the same moment may measure it twice.</summary>
    private async Task<Measurement?> CanaryAsync(Vantage vantage, CancellationToken cancellationToken)
    {
        if (vantage.Canary is not { } url)
        {
            return null;
        }

        if (await measurements.GetCanaryAsync(vantage.Id, time.GetUtcNow() - options.CanaryFresh, cancellationToken) is { } fresh)
        {
            return fresh;
        }

        var canary = (await lines.MeasureAsync("canary", url, vantage, cancellationToken)).Measurement;
        await measurements.PutCanaryAsync(canary, cancellationToken);
        return canary;
    }
}
