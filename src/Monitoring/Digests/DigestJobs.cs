using Monitoring.Alerts;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Digests;

/// <summary>Finds the recipients one of whose digests is due.</summary>
public sealed class SendDigestsKnock(WatchlistReader watchlist, DigestStore digests, IWorkQueue queue, TimeProvider time) : IKnock
{
    public string Name => "SendDigests";

    public async Task<JobResult> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var list = await watchlist.GetAsync(cancellationToken);
        var due = 0;
        foreach (var recipient in list.Recipients.Where(DigestSchedule.HasAny))
        {
            var state = await digests.GetStateAsync(recipient.Id, now, cancellationToken);
            foreach (var lane in Enum.GetValues<DigestLane>())
            {
                if (DigestSchedule.Due(recipient, lane, state.Last(lane), state.Since, now) is not null)
                {
                    await queue.EnqueueAsync(new WorkItem(DigestQueue.ComposeWork, DigestWork.Subject(recipient.Id, lane)), TimeSpan.Zero, cancellationToken);
                    due++;
                }
            }
        }

        return due == 0 ? new JobResult.NothingDue() : new JobResult.Done($"{due} digests are due");
    }
}

/// <summary>The subject of the work that composes a digest: the recipient, and unless it is the daily one, which.</summary>
public static class DigestWork
{
    public static string Subject(string recipientId, DigestLane lane) => lane is DigestLane.Daily ? recipientId : $"{recipientId}.{lane.ToString().ToLowerInvariant()}";

    /// <returns>The recipient, and the lane; null for the summary of a storm.</returns>
    public static (string RecipientId, DigestLane? Lane)? Read(string subject) => subject.Split('.') switch
    {
        [var recipient] => (recipient, DigestLane.Daily),
        [var recipient, "hourly"] => (recipient, DigestLane.Hourly),
        [var recipient, "weekly"] => (recipient, DigestLane.Weekly),
        [var recipient, "summary"] => (recipient, null),
        _ => null,
    };
}

/// <summary>Composes one recipient's digest, or the summary of a storm.</summary>
public sealed class ComposeDigestJob(WatchlistReader watchlist, DigestStore digests, DigestComposing composing, RecipientStates states, MailLane lanes, TimeProvider time) : IWorkJob
{
    public string Kind => DigestQueue.ComposeWork;

    public async Task<JobResult> RunAsync(string subject, CancellationToken cancellationToken)
    {
        var list = await watchlist.GetAsync(cancellationToken);
        if (DigestWork.Read(subject) is not var (recipientId, lane) || list.Find<Recipient>(EntryKind.Recipient, recipientId) is not { } recipient)
        {
            return new JobResult.NothingDue();
        }

        var state = await states.GetAsync(recipientId, cancellationToken);
        if (lane is null)
        {
            return await SumUpAsync(recipient, state, cancellationToken);
        }

        // What waits for a suspended address goes on waiting until that is mended.
        return state.Suspended is null ? await ComposeAsync(recipient, lane.Value, state, list, cancellationToken) : new JobResult.NothingDue();
    }

    private async Task<JobResult> ComposeAsync(Recipient recipient, DigestLane lane, RecipientState state, WatchlistSnapshot list, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = await digests.GetStateAsync(recipient.Id, now, cancellationToken);
        if (DigestSchedule.Due(recipient, lane, known.Last(lane), known.Since, now) is not { } occasion)
        {
            return new JobResult.NothingDue();
        }

        // Who left the digests does not find the news of a year in the first one after coming back.
        var said = state.Wants(MailList.Digests) ? await composing.ComposeAsync(recipient, occasion, state, list, cancellationToken) : await composing.LeaveOutAsync(recipient, lane, cancellationToken);
        await digests.SetLastAsync(recipient.Id, lane, occasion.Name, cancellationToken);
        return new JobResult.Done(said is null ? "nothing to say" : $"{said} records");
    }

    private async Task<JobResult> SumUpAsync(Recipient recipient, RecipientState state, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        switch (await lanes.GetDueAsync(recipient.Id, cancellationToken))
        {
            case null:
                return new JobResult.NothingDue();
            case { } due when due > now:
                return new JobResult.NotNow(due - now);
            case { } due:
                var said = await composing.SumUpAsync(recipient, due, state, cancellationToken);
                await lanes.EndAsync(recipient.Id, due, cancellationToken);
                return new JobResult.Done($"{said} records");
        }
    }
}
