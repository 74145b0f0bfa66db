using Monitoring.Evidence;
using Monitoring.Items;
using Monitoring.Watchlist;

namespace Monitoring.Retention.Rules;

/// <summary>
/// Captures of sources. One that no stored item refers to is noted as unused, and goes when it has been that for long enough: so a capture whose items are
/// just being stored is safe. Captures of sites are made only of trouble and are all kept.
/// </summary>
public sealed class CaptureRule(CaptureRemoval captures, ItemRemoval items) : IRetentionRule
{
    /// <summary>Captures in memory at once; for each such lot the source's items are read once.</summary>
    private const int Lot = 10_000;

    public string Name => "captures";

    public IEnumerable<string> Parts(RetentionRun run) => run.Ids(EntryKind.Feed, EntryKind.Page);

    public async Task ApplyAsync(string part, RetentionRun run, CancellationToken cancellationToken)
    {
        if (run.Before(run.Options.Captures) is not { } before)
        {
            return;
        }

        // A capture is at least a day old before it can be unused: its items are stored after it.
        await foreach (var lot in captures.ListAsync(part, run.Now.AddDays(-1), cancellationToken).Chunk(Lot).WithCancellation(cancellationToken))
        {
            var due = lot.Where(capture => capture.UnusedSince <= before).ToList();
            if (due.Count > 0)
            {
                var (count, bodies, bytes) = await captures.RemoveAsync(due, other => run.DryRun && IsBefore(other, due[0], before), run.DryRun, cancellationToken);
                run.Report.Add(RemovedKind.Captures, count);
                run.Report.Add(RemovedKind.CaptureBodies, bodies, bytes);
            }

            var fresh = lot.Where(capture => capture.UnusedSince is null).ToDictionary(capture => capture.Id, StringComparer.Ordinal);
            if (fresh.Count > 0 && !run.DryRun)
            {
                await NoteUnusedAsync(part, fresh, run.Now, cancellationToken);
            }
        }
    }

    /// <summary>Whether the run had removed the other one before it came here; subjects are taken in the order of their ids.</summary>
    private static bool IsBefore(CaptureTrace other, CaptureTrace first, DateTimeOffset before) =>
        other.UnusedSince <= before && (string.CompareOrdinal(other.Subject, first.Subject), string.CompareOrdinal(other.Id, first.Id)) is ( < 0, _) or (0, < 0);

    private async Task NoteUnusedAsync(string sourceId, Dictionary<string, CaptureTrace> unused, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await foreach (var item in items.ListAsync(sourceId, cancellationToken))
        {
            foreach (var id in item.Captures)
            {
                unused.Remove(id);
            }
        }

        await captures.NoteUnusedAsync([.. unused.Values], now, cancellationToken);
    }
}
