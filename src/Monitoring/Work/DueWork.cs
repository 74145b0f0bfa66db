namespace Monitoring.Work;

/// <summary>Sets QueuedUntil in a subject's row, conditionally, if the subject is due at <paramref name="now"/>.</summary>
public delegate Task<Claim> ClaimAsync(string id, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

/// <summary>
/// Turns what is due into work items. Order for each subject: claim in the subject's row, hint in the slot of the claim's end, work item,
/// old hint removed. A crash after the claim costs the time until the claim ends, and nothing else; a backlog does not multiply work.
/// </summary>
public sealed class DueWork(DueIndex index, IWorkQueue queue, WorkOptions options)
{
    /// <param name="kind">The kind of subject in the due index.</param>
    /// <param name="workKind">The queue.</param>
    /// <param name="now">Read once by the caller.</param>
    /// <param name="claimAsync">The subject's own rule.</param>
    /// <returns>How many were enqueued.</returns>
    public async Task<int> EnqueueDueAsync(string kind, string workKind, DateTimeOffset now, ClaimAsync claimAsync, CancellationToken cancellationToken)
    {
        var until = now + options.ClaimFor;
        var enqueued = 0;
        var emptiedTo = now;
        await foreach (var entry in index.ReadAsync(kind, now, cancellationToken))
        {
            switch (await claimAsync(entry.Id, now, until, cancellationToken))
            {
                case Claim.Claimed:
                    await index.PutAsync(kind, entry.Id, until, cancellationToken);
                    await queue.EnqueueAsync(new WorkItem(workKind, entry.Id), TimeSpan.Zero, cancellationToken);
                    await index.RemoveAsync(entry, cancellationToken);
                    enqueued++;
                    break;
                case Claim.Later later when DueIndex.Floor(later.Due) != entry.Slot:
                    await index.PutAsync(kind, entry.Id, later.Due, cancellationToken);
                    await index.RemoveAsync(entry, cancellationToken);
                    break;
                case Claim.Retired:
                    await index.RemoveAsync(entry, cancellationToken);
                    break;
                case Claim.Queued or Claim.Taken:
                    // Whoever is at work moves the hint on; if that one dies, a later pass must find it here.
                    emptiedTo = entry.Slot < emptiedTo ? entry.Slot : emptiedTo;
                    break;
                default:
                    break;
            }
        }

        await index.AdvanceAsync(kind, emptiedTo, cancellationToken);
        return enqueued;
    }
}
