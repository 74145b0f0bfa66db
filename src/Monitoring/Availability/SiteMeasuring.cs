using Monitoring.Blocking;
using Monitoring.Blocking.Analysis;
using Monitoring.Blocking.Fingerprints;
using Monitoring.Blocking.Probing;
using Monitoring.Watchlist;

namespace Monitoring.Availability;

/// <summary>One site from one vantage, measured and judged.</summary>
/// <param name="Facts">What the verdict was computed from.</param>
public sealed record SiteCheck(Vantage Vantage, Probed Probed, CheckFacts Facts, Verdict Verdict);

/// <summary>Measures a site from all vantages at the same time, with the direct one as their control, and judges what was seen.</summary>
/// <param name="memory">What is known of the site and of each vantage from earlier rounds.</param>
/// <param name="fingerprints">The marks of block pages and false DNS answers that are known.</param>
public sealed class SiteMeasuring(IVantageLines lines, ICanaries canaries, ICheckMemory memory, IFingerprints fingerprints)
{
    /// <summary>Vantages measured at once: a site sees no more visitors than that from us.</summary>
    public const int AtOnce = 4;

    private sealed record Seen(Vantage Vantage, Probed Probed, IReadOnlyList<Measurement> Canaries);

    /// <summary>The direct check first; empty if the list has no direct vantage.</summary>
    public async Task<IReadOnlyList<SiteCheck>> CheckAsync(string siteId, Uri url, IReadOnlyList<Vantage> vantages, CancellationToken cancellationToken)
    {
        if (vantages.OrderBy(vantage => vantage.Via).ToList() is not [{ Via: VantageKind.Direct }, ..] ordered)
        {
            return [];
        }

        // Whoever fails waits for the control, to be contrasted with the addresses that it knows; the control is the first to start.
        var control = Control.Start(token => lines.MeasureAsync(siteId, url, ordered[0], against: null, token), cancellationToken);
        using var places = new SemaphoreSlim(AtOnce);
        var seen = await Task.WhenAll(ordered.Select((vantage, i) => InTurnAsync(
            places,
            async () => i == 0 ? new Seen(vantage, await control.Probed, []) : await LookAsync(siteId, url, vantage, control, cancellationToken),
            cancellationToken)));
        var set = await fingerprints.GetAsync(cancellationToken);
        return await JudgeAsync(siteId, [.. seen.Select(each => each with { Probed = each.Probed.With(set) })], cancellationToken);
    }

    private static async Task<Seen> InTurnAsync(SemaphoreSlim places, Func<Task<Seen>> look, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            return await look();
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Canary, site, and if the site failed the canary once more: it must have been well all the time.</summary>
    private async Task<Seen> LookAsync(string siteId, Uri url, Vantage vantage, Control control, CancellationToken cancellationToken)
    {
        var before = await canaries.GetAsync(vantage, cancellationToken);
        // Where the canary fails nothing will be said of the site: there is nothing to contrast.
        var against = before is { VantageFailure: null, Last.Failed: null } && vantage.Canary is { } canary ? new Against(canary.IdnHost, canary, control.AddressesAsync) : null;
        var probed = await lines.MeasureAsync(siteId, url, vantage, against, cancellationToken);
        var after = against is not null && probed.Measurement is { VantageFailure: null, Last.Failed: not null } ? await canaries.MeasureAsync(vantage, cancellationToken) : null;
        return new Seen(vantage, probed, [.. new[] { before, after }.OfType<Measurement>()]);
    }

    private async Task<IReadOnlyList<SiteCheck>> JudgeAsync(string siteId, Seen[] seen, CancellationToken cancellationToken)
    {
        var (direct, control) = (seen[0], seen[0].Probed.Measurement);
        var measured = seen.Skip(1).Select(each => each.Probed.Measurement).ToList();
        var checks = new List<SiteCheck>
        {
            new(direct.Vantage, direct.Probed, new CheckFacts(control, control) { Peers = measured }, BlockingAnalysis.JudgeControl(control, measured)),
        };
        var known = await memory.RecallAsync(siteId, cancellationToken);
        foreach (var (vantage, probed, its) in seen.Skip(1))
        {
            var facts = new CheckFacts(probed.Measurement, control) { Canaries = its, Peers = [.. measured.Where(other => other != probed.Measurement)] };
            facts = await known.CompleteAsync(facts, cancellationToken);
            checks.Add(new SiteCheck(vantage, probed, facts, BlockingAnalysis.Judge(facts)));
        }

        return checks;
    }

    /// <summary>The direct measurement, under way.</summary>
    private sealed class Control
    {
        private Control(Task<Probed> probed)
        {
            Probed = probed;
        }

        public Task<Probed> Probed { get; }

        public static Control Start(Func<CancellationToken, Task<Probed>> measure, CancellationToken cancellationToken) => new(measure(cancellationToken));

        /// <summary>Where the control found the site; nothing that is no public address.</summary>
        public async Task<IReadOnlyList<string>> AddressesAsync() =>
            (await Probed).Measurement.Last.Dns is { } dns ? [.. dns.Addresses.Except(dns.Bogons, StringComparer.Ordinal)] : [];
    }
}
