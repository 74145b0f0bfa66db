using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Feeds;

/// <summary>Finds the sources of one kind that are due and enqueues their visits.</summary>
public sealed class DueSourcesKnock(EntryKind kind, Roster roster, SourceStateStore states, DueWork due, WatchlistReader watchlist, TimeProvider time) : IKnock
{
    public string Name => kind is EntryKind.Feed ? "PollFeeds" : "VisitPages";

    public async Task<JobResult> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var list = await watchlist.GetAsync(cancellationToken);
        var ids = list.Sources.Where(source => source.Kind == kind).Select(source => source.Id);
        await roster.UpdateAsync(states.Roster(kind), list.Version, ids, now, cancellationToken);
        var enqueued = await due.EnqueueDueAsync(
            SourceStateStore.DueKind(kind),
            VisitSourceJob.WorkKind,
            now,
            (id, at, until, token) => list.FindSource(id)?.Kind == kind ? states.ClaimAsync(kind, id, at, until, token) : Task.FromResult<Claim>(new Claim.Retired()),
            cancellationToken);
        return enqueued == 0 ? new JobResult.NothingDue() : new JobResult.Done($"{enqueued} sources are to be visited");
    }
}
