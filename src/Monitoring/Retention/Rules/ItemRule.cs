using Monitoring.Feeds;
using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Retention.Rules;

/// <summary>
/// Items by source. Old ones that are nobody's evidence go (<see cref="ItemClearing"/>) and leave a trace; a trace goes when its source has long ceased to
/// list it. Whether a source lists it is read from the marks of its last document, so visits write nothing for this.
/// </summary>
public sealed class ItemRule(ItemRemoval items, SourceStateStore sources, ItemClearing clearing) : IRetentionRule
{
    public string Name => "items";

    public IEnumerable<string> Parts(RetentionRun run) => run.Ids(EntryKind.Feed, EntryKind.Page);

    public async Task ApplyAsync(string part, RetentionRun run, CancellationToken cancellationToken)
    {
        var (old, traces) = (new List<ItemTrace>(), new List<ItemTrace>());
        await foreach (var item in items.ListAsync(part, cancellationToken))
        {
            var batch = item.RemovedAt is not null ? traces : ItemClearing.MayBeOld(item, run) ? old : null;
            batch?.Add(item);
            if (batch?.Count == StorageLimits.BatchOperations)
            {
                await TakeAsync(part, old, traces, run, cancellationToken);
            }
        }

        await TakeAsync(part, old, traces, run, cancellationToken);
    }

    private async Task TakeAsync(string sourceId, List<ItemTrace> old, List<ItemTrace> traces, RetentionRun run, CancellationToken cancellationToken)
    {
        if (old.Count > 0)
        {
            await clearing.ClearAsync(sourceId, old, run, cancellationToken);
        }

        if (traces.Count > 0)
        {
            await KeepTracesAsync(sourceId, traces, run, cancellationToken);
        }

        old.Clear();
        traces.Clear();
    }

    private async Task KeepTracesAsync(string sourceId, List<ItemTrace> traces, RetentionRun run, CancellationToken cancellationToken)
    {
        // Read now, not at the beginning: a visit may have come in between. One that comes after this meets the trace and changes its row.
        var seen = await SeenAsync(sourceId, cancellationToken);
        var (changed, expired) = (new List<ItemTrace>(), new List<ItemTrace>());
        foreach (var trace in traces)
        {
            var isListed = seen.Contains(SeenMarks.Mark(trace.Key, trace.ContentHash));
            if (isListed != trace.UnlistedSince is null)
            {
                changed.Add(trace with { UnlistedSince = isListed ? null : run.Now });
            }
            else if (trace.UnlistedSince <= run.Before(run.Options.Tombstones))
            {
                expired.Add(trace);
            }
        }

        if (run.DryRun)
        {
            run.Report.Add(RemovedKind.Tombstones, expired.Count);
            return;
        }

        await items.SaveAsync(changed, cancellationToken);
        run.Report.Add(RemovedKind.Tombstones, await items.DropAsync(expired, cancellationToken));
    }

    private async Task<SeenMarks> SeenAsync(string sourceId, CancellationToken cancellationToken) =>
        ((await sources.GetAsync(EntryKind.Feed, sourceId, cancellationToken)) ?? await sources.GetAsync(EntryKind.Page, sourceId, cancellationToken))?.Seen ?? SeenMarks.None;
}
