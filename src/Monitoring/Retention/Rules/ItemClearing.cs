using Monitoring.Alerts;
using Monitoring.Items;
using Monitoring.Watchlist;

namespace Monitoring.Retention.Rules;

/// <summary>
/// Removes old items of one source, up to a batch at a time, in this order: items marked, so that nobody reads them or begins to understand them; then
/// looked at again, and whatever was decided, flagged or queued meanwhile is unmarked; then flags, each unless an editor was faster; then findings, texts,
/// and the rows of the items, of which traces stay. The items come first and go last: a crash leaves marked items, which the next run finds and finishes,
/// and nothing that refers to a missing one but a marked item's own flag.
/// </summary>
public sealed class ItemClearing(ItemRemoval removal, ItemStore items, FindingStore findings, FlagStore flags, AlertRouter alerts)
{
    /// <summary>Whether an item is worth a look; one that a dead run marked always is.</summary>
    public static bool MayBeOld(ItemTrace item, RetentionRun run) =>
        item.IsGoing || (item.IsUnderstood && (item.ContentSeen <= run.Before(run.Options.UnflaggedItems) || item.ContentSeen <= run.Before(run.Options.DismissedItems)));

    public async Task ClearAsync(string sourceId, IReadOnlyList<ItemTrace> old, RetentionRun run, CancellationToken cancellationToken)
    {
        var chosen = (await ChooseAsync(sourceId, old, run, cancellationToken)).Go;
        if (run.DryRun)
        {
            Count(run, chosen.Count(pair => pair.Flag is null), chosen.Count(pair => pair.Flag is not null));
            return;
        }

        // Those a dead run marked are looked at with the others: they go on or come back.
        var marked = await removal.MarkAsync([.. chosen.Select(pair => pair.Item).Union(old.Where(item => item.IsGoing))], cancellationToken);
        if (marked.Count == 0)
        {
            return;
        }

        var (go, stay) = await ChooseAsync(sourceId, marked, run, cancellationToken);
        var flagged = go.Where(pair => pair.Flag is not null).ToList();
        var isGone = await flags.RemoveAsync([.. flagged.Select(pair => pair.Flag!)], cancellationToken);
        var refused = flagged.Where((_, i) => !isGone[i]).ToHashSet();
        await KeepAsync([.. stay, .. refused.Select(pair => pair.Item)], cancellationToken);

        var last = go.Where(pair => !refused.Contains(pair)).ToList();
        foreach (var (item, _) in last)
        {
            await findings.ReplaceAsync(item.Key, [], understoodBy: "", cancellationToken);
        }

        await removal.BuryAsync([.. last.Select(pair => pair.Item)], run.Now, cancellationToken);
        Count(run, last.Count(pair => pair.Flag is null), last.Count(pair => pair.Flag is not null));
    }

    private static void Count(RetentionRun run, int unflagged, int dismissed)
    {
        run.Report.Add(RemovedKind.UnflaggedItems, unflagged);
        run.Report.Add(RemovedKind.DismissedItems, dismissed);
    }

    private async Task<(IReadOnlyList<(ItemTrace Item, Flag? Flag)> Go, IReadOnlyList<ItemTrace> Stay)> ChooseAsync(
        string sourceId, IReadOnlyList<ItemTrace> candidates, RetentionRun run, CancellationToken cancellationToken)
    {
        var (go, stay) = (new List<(ItemTrace, Flag?)>(), new List<ItemTrace>());

        // Waiting ones first, then flags: whoever understands an item writes its flag before it stops waiting.
        var waiting = await items.ListPendingAsync(sourceId, cancellationToken).ToHashSetAsync(cancellationToken: cancellationToken);
        var ordered = candidates.OrderBy(item => item.Key.ItemId, StringComparer.Ordinal).ToList();
        var flagOf = await flags.ListOfSourceAsync(ordered[0].Key, ordered[^1].Key, cancellationToken).ToDictionaryAsync(flag => flag.Item, cancellationToken: cancellationToken);
        foreach (var item in ordered)
        {
            var flag = flagOf.GetValueOrDefault(item.Key);
            if (!waiting.Contains(item.Key) && await MayGoAsync(item, flag, run, cancellationToken))
            {
                go.Add((item, flag));
            }
            else
            {
                stay.Add(item);
            }
        }

        return (go, stay);
    }

    private async Task<bool> MayGoAsync(ItemTrace item, Flag? flag, RetentionRun run, CancellationToken cancellationToken) => flag switch
    {
        // What another item tells of is evidence as long as that one is there.
        null when item.SightingOf is { } other => item.IsGoing || await items.LookUpAsync(other, cancellationToken) is { Item: null, Removed: null or { RemovedAt: not null } },
        // Of a marked item without flag the flag was removed: only the rest is left to do.
        null => item.IsGoing || item.ContentSeen <= run.Before(run.Options.UnflaggedItems),
        { State: FlagState.Dismissed } => flag.DecidedAt <= run.Before(run.Options.DismissedItems)
            && item.ContentSeen <= run.Before(run.Options.DismissedItems)
            && !await alerts.WasToldAsync(Understanding.AlertKeyOf(item.Key), run.Ids(EntryKind.Recipient), cancellationToken),
        _ => false,
    };

    private async Task KeepAsync(IReadOnlyList<ItemTrace> stay, CancellationToken cancellationToken)
    {
        foreach (var item in await removal.UnmarkAsync(stay, cancellationToken))
        {
            // What was asked of it while it was hidden is done now, and a flag that was on its way out is listed again.
            await items.AddPendingAsync([item.Key], cancellationToken);
            if (await flags.GetAsync(item.Key, cancellationToken) is { } flag)
            {
                await flags.QueueAsync(flag, cancellationToken);
            }
        }
    }
}
