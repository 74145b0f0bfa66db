using Monitoring.Feeds;
using Monitoring.Watchlist;

namespace Monitoring.Digests;

/// <summary>Which of the listed sources answered at their last visit, and which did not.</summary>
public sealed class SourceHealthReport(SourceStateStore states)
{
    public async Task<SourceHealth> ReadAsync(WatchlistSnapshot list, CancellationToken cancellationToken)
    {
        var answered = 0;
        var silent = new List<SilentSource>();
        foreach (var source in list.Sources)
        {
            var state = await states.GetAsync(source.Kind, source.Id, cancellationToken);
            if (state is { IsHealthy: true })
            {
                answered++;
            }
            else
            {
                silent.Add(new SilentSource(source.Name, state?.LastSuccess, state?.LastOutcome ?? "not visited yet"));
            }
        }

        return new SourceHealth(answered, list.Sources.Count, silent);
    }
}
