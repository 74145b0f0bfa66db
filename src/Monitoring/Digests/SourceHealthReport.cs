using Monitoring.Feeds;
using Monitoring.Watchlist;

namespace Monitoring.Digests;

/// <summary>Which of the listed sources answered at their last visit, which did not, and which have gone quiet.</summary>
public sealed class SourceHealthReport(SourceStateStore states, TimeProvider time)
{
    public async Task<SourceHealth> ReadAsync(WatchlistSnapshot list, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var sources = await states.ReadAsync(list, cancellationToken);
        var silent = sources.Where(pair => pair.State is not { IsHealthy: true }).ToList();
        return new SourceHealth(
            sources.Count - silent.Count,
            sources.Count,
            [.. silent.Select(pair => new SilentSource(pair.Source.Name, pair.State?.LastSuccess, pair.State?.LastOutcome ?? "not visited yet"))],
            [.. sources.Select(pair => (pair.Source.Name, Quiet: pair.State?.Quiet(now))).Where(pair => pair.Quiet is not null).Select(pair => new QuietSource(pair.Name, pair.Quiet!))]);
    }
}
