using Monitoring.Storage;

namespace Monitoring.Work;

/// <summary>Sets QueuedUntil in a subject's row, conditionally, if the subject is due at <paramref name="now"/>.</summary>
public delegate Task<Claim> ClaimAsync(string id, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

/// <summary>
/// Turns what is due into work items, many subjects at a time. Order for each subject: claim in the subject's row, hint in the slot of the claim's end, work
/// item, old hints removed. A crash after the claim costs the time until the claim ends, and nothing else; a backlog does not multiply work.
/// </summary>
public sealed class DueWork(DueIndex index, IWorkQueue queue, WorkOptions options)
{
    /// <summary>Subjects that go through these steps together: their hints are written in one batch.</summary>
    private const int AtOnce = StorageLimits.BatchOperations;

    /// <param name="kind">The kind of subject in the due index.</param>
    /// <param name="workKind">The queue.</param>
    /// <param name="now">Read once by the caller.</param>
    /// <param name="claimAsync">The subject's own rule. Where it fails, the others of its turn are still looked after, then the pass ends.</param>
    /// <returns>How many were enqueued.</returns>
    public async Task<int> EnqueueDueAsync(string kind, string workKind, DateTimeOffset now, ClaimAsync claimAsync, CancellationToken cancellationToken)
    {
        var until = now + options.ClaimFor;
        var (enqueued, emptiedTo) = (0, now);
        var subjects = await index.ReadAsync(kind, now, cancellationToken).GroupBy(hint => hint.Id, StringComparer.Ordinal).ToListAsync(cancellationToken);
        foreach (var turn in subjects.Chunk(AtOnce))
        {
            var asking = turn.ToDictionary(hints => hints, hints => AskAsync(hints.Key));
            var all = Task.WhenAll(asking.Values);
            await ((Task)all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var answers = asking.Where(asked => asked.Value.IsCompletedSuccessfully).Select(asked => new Answer(asked.Key, asked.Value.Result)).ToList();

            enqueued += await EnqueueAsync(kind, workKind, [.. answers.Where(answer => answer.Claim is Claim.Claimed).Select(answer => answer.Id)], until, cancellationToken);
            await Task.WhenAll(answers.Select(answer => answer.Claim is Claim.Later later && !answer.StandsIn(later.Due) ? index.PutAsync(kind, answer.Id, later.Due, cancellationToken) : Task.CompletedTask));
            await index.RemoveAsync([.. answers.SelectMany(answer => answer.Stale)], cancellationToken);
            emptiedTo = answers.Where(answer => answer.IsOthers).Select(answer => answer.Hints.Min(hint => hint.Slot)).Append(emptiedTo).Min();
            await all;
        }

        await index.AdvanceAsync(kind, emptiedTo, cancellationToken);
        return enqueued;

        async Task<Claim> AskAsync(string id) => await claimAsync(id, now, until, cancellationToken);
    }

    private async Task<int> EnqueueAsync(string kind, string workKind, IReadOnlyList<string> claimed, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await index.PutAsync(kind, claimed, until, cancellationToken);
        await Task.WhenAll(claimed.Select(id => queue.EnqueueAsync(new WorkItem(workKind, id), TimeSpan.Zero, cancellationToken)));
        return claimed.Count;
    }

    /// <summary>What a subject's row said to its hints.</summary>
    private sealed record Answer(IGrouping<string, DueEntry> Hints, Claim Claim)
    {
        public string Id => Hints.Key;

        /// <summary>Whoever is at work moves the hints on; if that one dies, a later pass must find them here.</summary>
        public bool IsOthers => Claim is Claim.Queued or Claim.Taken;

        /// <summary>The hints that another one now stands for.</summary>
        public IEnumerable<DueEntry> Stale => IsOthers ? [] : Claim is Claim.Later later ? Hints.Where(hint => hint.Slot != DueIndex.Floor(later.Due)) : Hints;

        public bool StandsIn(DateTimeOffset due) => Hints.Any(hint => hint.Slot == DueIndex.Floor(due));
    }
}
