using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Storage;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Digests;

/// <summary>Finds the recipients whose digest is due.</summary>
public sealed class SendDigestsKnock(WatchlistReader watchlist, DigestStore digests, IWorkQueue queue, TimeProvider time) : IKnock
{
    public string Name => "SendDigests";

    public async Task<JobResult> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var list = await watchlist.GetAsync(cancellationToken);
        var due = 0;
        foreach (var recipient in list.Recipients.Where(recipient => recipient.Digest is not null))
        {
            var (since, last) = await digests.GetStateAsync(recipient.Id, now, cancellationToken);
            if (DigestSchedule.Due(recipient, last, since, now) is not null)
            {
                await queue.EnqueueAsync(new WorkItem(ComposeDigestJob.WorkKind, recipient.Id), TimeSpan.Zero, cancellationToken);
                due++;
            }
        }

        return due == 0 ? new JobResult.NothingDue() : new JobResult.Done($"{due} digests are due");
    }
}

/// <summary>
/// Composes one recipient's digest: plan, mail, queue rows removed, day noted; in this order. A crash in between repeats the job, which finds the plan
/// and sends that.
/// </summary>
public sealed class ComposeDigestJob(WatchlistReader watchlist, DigestStore digests, DigestQueue queue, DigestMail composer, SourceHealthReport health, Outbox outbox, TimeProvider time)
    : IWorkJob
{
    public const string WorkKind = "compose-digest";

    public string Kind => WorkKind;

    public async Task<JobResult> RunAsync(string subject, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var list = await watchlist.GetAsync(cancellationToken);
        if (list.Find<Recipient>(EntryKind.Recipient, subject) is not { } recipient)
        {
            return new JobResult.NothingDue();
        }

        var (since, last) = await digests.GetStateAsync(subject, now, cancellationToken);
        if (DigestSchedule.Due(recipient, last, since, now) is not { } day)
        {
            return new JobResult.NothingDue();
        }

        var records = new List<AlertRecord>();
        await foreach (var record in queue.ListAsync(subject, cancellationToken))
        {
            records.Add(record);
        }

        var document = composer.Compose(recipient, day, records, await health.ReadAsync(list, cancellationToken));
        var plan = await digests.PlanAsync(subject, day, new DigestPlan(document.Subject, now, document.Render(), [.. records.Select(record => record.Key)]), cancellationToken);
        await outbox.AddAsync(MailOf(recipient, day, plan), plan.Content, cancellationToken);
        await queue.RemoveAsync(subject, plan.Keys, cancellationToken);
        await digests.SetLastAsync(subject, day, cancellationToken);
        return new JobResult.Done($"{plan.Keys.Count} records");
    }

    private static Mail MailOf(Recipient recipient, DateOnly day, DigestPlan plan) => new()
    {
        RecipientId = recipient.Id,
        MailId = Keys.Hash("digest", recipient.Id, DigestStore.Text(day)),
        Kind = MailKind.Digest,
        Subject = plan.Subject,
        CreatedAt = plan.ComposedAt,
        Since = plan.ComposedAt,
        Tells = DigestStore.Text(day),
    };
}
