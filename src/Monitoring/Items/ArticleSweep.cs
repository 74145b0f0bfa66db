using Monitoring.Storage;
using Monitoring.Work;

namespace Monitoring.Items;

/// <summary>
/// Turns what is due among articles into work items, whatever became of earlier ones. Like <see cref="DueWork"/>, on hints that are sorted by time: claim in the
/// article's row, with the hint at its end, work item, old hint removed. A crash after the claim costs the time until the claim ends.
/// </summary>
public sealed class ArticleSweep(ArticleStore articles, IWorkQueue queue, WorkOptions options)
{
    /// <summary>Articles in one sweep; the rest waits for the next.</summary>
    private const int Most = 500;

    /// <summary>Work items in a row that came to no end: then something is wrong with this page, and no other one helps.</summary>
    private const int MostClaims = 20;

    /// <summary>What falls due until about the next sweep is enqueued now, to be delivered at its time.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <returns>How many were enqueued.</returns>
    public async Task<int> EnqueueDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var enqueued = 0;
        await foreach (var hint in articles.ListDueAsync(now + Ahead, Most, cancellationToken))
        {
            var state = await articles.GetAsync(hint.Key, cancellationToken);
            if (state?.Due is not { } due || (state.QueuedUntil ?? due) > now + Ahead)
            {
                // A later time has a hint of its own.
                await articles.RemoveHintAsync(hint, cancellationToken);
            }
            else if (!(state.QueuedUntil > now) && await ClaimAsync(state, due > now ? due : now, now, cancellationToken))
            {
                await articles.RemoveHintAsync(hint, cancellationToken);
                enqueued++;
            }
        }

        return enqueued;
    }

    private async Task<bool> ClaimAsync(ArticleState state, DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (state.Claims >= MostClaims)
        {
            var reading = state.NextRead is null ? state : state with { Reading = ArticleReading.Failed, Outcome = "given up: reading it never came to an end" };
            await articles.SaveAsync(reading with { NextRead = null, NextLook = null, QueuedUntil = null, Claims = 0 }, cancellationToken);
            return false;
        }

        if (await articles.SaveAsync(state with { QueuedUntil = at + options.ClaimFor, Claims = state.Claims + 1 }, cancellationToken) is not SaveResult.Saved)
        {
            return false;
        }

        await queue.EnqueueAsync(new WorkItem(ArticleAsking.WorkKind, state.Key.ToString()), at - now, cancellationToken);
        return true;
    }
}
