using System.Collections.Concurrent;
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

    /// <summary>Turns that go on beside each other, because each waits for the store several times.</summary>
    private const int TurnsAtOnce = 4;

    /// <param name="kind">The kind of subject in the due index.</param>
    /// <param name="workKind">The queue.</param>
    /// <param name="now">Read once by the caller.</param>
    /// <param name="claimAsync">The subject's own rule. Where it fails, the others of the turns under way are still looked after, then the pass ends.</param>
    /// <returns>How many were enqueued.</returns>
    public async Task<int> EnqueueDueAsync(string kind, string workKind, DateTimeOffset now, ClaimAsync claimAsync, CancellationToken cancellationToken)
    {
        var pass = new Pass(kind, workKind, now, now + options.ClaimFor, claimAsync);
        var subjects = await index.ReadAsync(kind, now, cancellationToken).GroupBy(hint => hint.Id, StringComparer.Ordinal).ToListAsync(cancellationToken);
        var turns = new ConcurrentBag<(int Enqueued, DateTimeOffset EmptiedTo)>();
        await Parallel.ForEachAsync(
            subjects.Chunk(AtOnce),
            new ParallelOptions { MaxDegreeOfParallelism = TurnsAtOnce, CancellationToken = cancellationToken },
            async (turn, _) => turns.Add(await TakeTurnAsync(pass, turn, cancellationToken)));
        await index.AdvanceAsync(kind, turns.Select(turn => turn.EmptiedTo).Append(now).Min(), cancellationToken);
        return turns.Sum(turn => turn.Enqueued);
    }

    /// <returns>How many were enqueued, and the earliest hint that has to stay.</returns>
    private async Task<(int Enqueued, DateTimeOffset EmptiedTo)> TakeTurnAsync(Pass pass, IGrouping<string, DueEntry>[] turn, CancellationToken cancellationToken)
    {
        var asking = turn.ToDictionary(hints => hints, hints => AskAsync(pass, hints.Key, cancellationToken));
        var all = Task.WhenAll(asking.Values);
        await ((Task)all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var answers = asking.Where(asked => asked.Value.IsCompletedSuccessfully).Select(asked => new Answer(asked.Key, asked.Value.Result)).ToList();

        var enqueued = await EnqueueAsync(pass, [.. answers.Where(answer => answer.Claim is Claim.Claimed).Select(answer => answer.Id)], cancellationToken);
        await Task.WhenAll(answers.Select(answer => answer.Claim is Claim.Later later && !answer.StandsIn(later.Due) ? index.PutAsync(pass.Kind, answer.Id, later.Due, cancellationToken) : Task.CompletedTask));
        await index.RemoveAsync([.. answers.SelectMany(answer => answer.Stale)], cancellationToken);
        await all;
        return (enqueued, answers.Where(answer => answer.IsOthers).Select(answer => answer.Hints.Min(hint => hint.Slot)).Append(pass.Now).Min());
    }

    /// <summary>A rule that throws at once fails like one that throws later.</summary>
    private static async Task<Claim> AskAsync(Pass pass, string id, CancellationToken cancellationToken) => await pass.ClaimAsync(id, pass.Now, pass.Until, cancellationToken);

    private async Task<int> EnqueueAsync(Pass pass, IReadOnlyList<string> claimed, CancellationToken cancellationToken)
    {
        await index.PutAsync(pass.Kind, claimed, pass.Until, cancellationToken);
        await Task.WhenAll(claimed.Select(id => queue.EnqueueAsync(new WorkItem(pass.WorkKind, id), TimeSpan.Zero, cancellationToken)));
        return claimed.Count;
    }

    /// <param name="Until">When the claims of this pass end.</param>
    private sealed record Pass(string Kind, string WorkKind, DateTimeOffset Now, DateTimeOffset Until, ClaimAsync ClaimAsync);

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
