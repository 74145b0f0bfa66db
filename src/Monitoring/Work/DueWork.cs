namespace Monitoring.Work;

/// <summary>Sets QueuedUntil in a subject's row, conditionally, if the subject is due at <paramref name="now"/>.</summary>
public delegate Task<Claim> ClaimAsync(string id, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

/// <summary>
/// Turns what is due into work items. Order for each subject: claim in the subject's row, hint in the slot of the claim's end, work item,
/// old hint deleted. A crash after the claim costs the time until the claim ends, and nothing else; a backlog does not multiply work.
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
        var everyHintMoved = true;
        await foreach (var entry in index.ReadAsync(kind, now, cancellationToken))
        {
            switch (await claimAsync(entry.Id, now, until, cancellationToken))
            {
                case Claim.Claimed:
                    await index.PutAsync(kind, entry.Id, until, cancellationToken);
                    await queue.EnqueueAsync(new WorkItem(workKind, entry.Id), TimeSpan.Zero, cancellationToken);
                    if (DueIndex.Floor(until) != entry.Slot)
                    {
                        await index.DeleteAsync(kind, entry.Id, entry.Slot, cancellationToken);
                    }

                    enqueued++;
                    break;
                case Claim.Later later when DueIndex.Floor(later.Due) != entry.Slot:
                    await index.PutAsync(kind, entry.Id, later.Due, cancellationToken);
                    await index.DeleteAsync(kind, entry.Id, entry.Slot, cancellationToken);
                    break;
                case Claim.Retired:
                    await index.DeleteAsync(kind, entry.Id, entry.Slot, cancellationToken);
                    break;
                case Claim.Taken:
                    // The other worker moves the hint; if it dies before, a later pass must find it here.
                    everyHintMoved = false;
                    break;
                default:
                    break;
            }
        }

        if (everyHintMoved)
        {
            await index.AdvanceAsync(kind, now, cancellationToken);
        }

        return enqueued;
    }
}
