using System.Runtime.CompilerServices;
using Monitoring.Storage;

namespace Monitoring.Evidence;

/// <summary>What retention reads of a capture.</summary>
/// <param name="IsKept">Its body is stored.</param>
/// <param name="UnusedSince">Since when nothing refers to it, as far as we looked; null while something does.</param>
public sealed record CaptureTrace(string Subject, string Id, string Sha256, bool IsKept, DateTimeOffset At, DateTimeOffset? UnusedSince, string? ETag);

/// <summary>
/// Removes captures: the row says first that the body is not kept, then the body goes unless another capture has the same bytes, then the row. A crash in
/// between leaves rows that name no body, which is how a capture without one looks; removing them again finishes.
/// </summary>
public sealed class CaptureRemoval(ITables tables, CaptureBodies bodies)
{
    private readonly IEntityTable _captures = tables.Open("Captures");

    /// <summary>The captures of a subject that were made before <paramref name="before"/>, newest first.</summary>
    public async IAsyncEnumerable<CaptureTrace> ListAsync(string subject, DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _captures.QueryAsync(new RangeQuery(subject) { From = Keys.NewestFirst(before), Columns = ["Sha256", "Kept", "At", "UnusedSince"] }, cancellationToken))
        {
            yield return Read(row);
        }
    }

    /// <summary>All captures of all subjects, with the headers of the answer as JSON. For maintenance only.</summary>
    public async IAsyncEnumerable<(CaptureTrace Capture, string? Headers)> ListAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _captures.EnumerateAllAsync(cancellationToken))
        {
            yield return (Read(row), row.GetText("ResponseHeaders"));
        }
    }

    /// <summary>Removes a capture's body, also from every other capture of the same bytes; hash and length stay.</summary>
    public async Task EmptyAsync(CaptureTrace capture, CancellationToken cancellationToken)
    {
        await bodies.RemoveAsync(capture.Sha256, cancellationToken);
        await NoteBodilessAsync([capture], cancellationToken);
    }

    /// <summary>Notes since when nothing refers to captures of one subject.</summary>
    public Task NoteUnusedAsync(IReadOnlyList<CaptureTrace> captures, DateTimeOffset since, CancellationToken cancellationToken) => _captures.ApplyEachAsync(
        captures.Select(capture => TableOperation.Merge(new Entity(capture.Subject, capture.Id) { ETag = capture.ETag }.Set("UnusedSince", since))), cancellationToken);

    /// <summary>Removes captures of one subject with the bodies that no other capture needs.</summary>
    /// <param name="isGone">Of another capture, whether it counts as removed already (a dry run removes nothing on its way).</param>
    /// <param name="dryRun">Only count.</param>
    /// <returns>How many captures, and the bytes of their bodies as stored.</returns>
    public async Task<(int Captures, int Bodies, long Bytes)> RemoveAsync(
        IReadOnlyList<CaptureTrace> captures, Func<CaptureTrace, bool> isGone, bool dryRun, CancellationToken cancellationToken)
    {
        if (!dryRun)
        {
            captures = await NoteBodilessAsync(captures, cancellationToken);
        }

        var needed = await FindNeededAsync(captures, isGone, cancellationToken);
        var (removed, count, bytes) = (new List<CaptureTrace>(), 0, 0L);
        foreach (var ofBody in captures.GroupBy(capture => capture.Sha256, StringComparer.Ordinal))
        {
            var length = needed.Contains(ofBody.Key) ? 0 : await bodies.GetRemovableAsync(ofBody.Key, cancellationToken);
            if (length is null)
            {
                continue;
            }

            removed.AddRange(ofBody);
            if (length > 0)
            {
                count++;
                bytes += length.Value;
                await (dryRun ? Task.CompletedTask : bodies.RemoveAsync(ofBody.Key, cancellationToken));
            }
        }

        if (!dryRun)
        {
            await _captures.ApplyEachAsync(removed.Select(capture => TableOperation.Delete(new EntityKey(capture.Subject, capture.Id))), cancellationToken);
        }

        return (removed.Count, count, bytes);
    }

    private async Task<IReadOnlyList<CaptureTrace>> NoteBodilessAsync(IReadOnlyList<CaptureTrace> captures, CancellationToken cancellationToken)
    {
        var rows = captures.Select(capture => new Entity(capture.Subject, capture.Id) { ETag = capture.ETag }.Set("Kept", value: false)).ToList();
        var applied = await _captures.ApplyEachAsync(rows.Select(TableOperation.Merge), cancellationToken);
        return [.. captures.Where((_, i) => applied[i])];
    }

    /// <summary>Which of these bodies other captures need. Reads the whole table, once for many captures: bodies are shared between subjects.</summary>
    private async Task<HashSet<string>> FindNeededAsync(IReadOnlyList<CaptureTrace> captures, Func<CaptureTrace, bool> isGone, CancellationToken cancellationToken)
    {
        var ids = captures.Select(capture => (capture.Subject, capture.Id)).ToHashSet();
        var asked = captures.Select(capture => capture.Sha256).ToHashSet(StringComparer.Ordinal);
        var needed = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in _captures.EnumerateAllAsync(cancellationToken))
        {
            var other = Read(row);
            if (other.IsKept && asked.Contains(other.Sha256) && !ids.Contains((other.Subject, other.Id)) && !isGone(other))
            {
                needed.Add(other.Sha256);
            }
        }

        return needed;
    }

    private static CaptureTrace Read(Entity row) => new(
        row.Key.Partition, row.Key.Row, row.NeedText("Sha256"), row.GetFlag("Kept") ?? false, row.NeedTime("At"), row.GetTime("UnusedSince"), row.ETag);
}
