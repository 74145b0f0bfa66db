using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Alerts.Mails;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Digests;

/// <summary>
/// Writes a digest down: plan, mail, then what it says is marked; in this order. A crash in between repeats it, and what finds the plan sends that. What it says is removed when it
/// has arrived; of one that did not arrive everything stands in the next.
/// </summary>
public sealed class DigestComposing(
    DigestReading reading, DigestStore digests, DigestQueue queue, UnreviewedMails unreviewed, SourceHealthReport health, DigestMails mails, Outbox outbox, TimeProvider time)
{
    /// <returns>How many records it says; null if there is no digest, because it would say nothing.</returns>
    public async Task<int?> ComposeAsync(Recipient recipient, DigestOccasion occasion, RecipientState state, WatchlistSnapshot list, CancellationToken cancellationToken)
    {
        var waiting = await reading.ReadAsync(recipient.Id, occasion.Lane, cancellationToken);
        if (waiting.Candidates.Count == 0 && (occasion.Lane is DigestLane.Hourly || (occasion.Lane is DigestLane.Daily && recipient is { EmptyDigests: false, Sensitive: false })))
        {
            return null;
        }

        var content = new DigestContent(occasion.Day, DigestEntries.Of(waiting.Candidates), await UnreviewedAsync(recipient, cancellationToken), await health.ReadAsync(list, cancellationToken));
        var mailId = MailId(recipient.Id, occasion.Name);
        var why = DigestMails.Why(occasion.Lane);
        var (subject, rendered) = mails.Render(recipient, occasion.Lane, content, new MailContext(state, mailId, why));
        var name = occasion.Lane is DigestLane.Daily ? occasion.Name : $"{DigestStore.Text(occasion.Day)}.{occasion.Name}";
        var plan = await PlanAsync(recipient, name, subject, rendered, waiting.Candidates, cancellationToken);
        await outbox.AddAsync(MailOf(recipient, mailId, MailKind.Digest, occasion.Name, why, Severity.Info, plan), plan.Content, cancellationToken);
        await queue.SaidAsync(recipient.Id, Said(plan, waiting.Candidates), mailId, cancellationToken);
        await queue.RemoveAsync(recipient.Id, waiting.Over, cancellationToken);
        return plan.Keys.Count;
    }

    /// <summary>Instead of a digest that the recipient does not want: what waits for it is dropped, but for what the summary of a storm is to say.</summary>
    public async Task<int?> LeaveOutAsync(Recipient recipient, DigestLane lane, CancellationToken cancellationToken)
    {
        var waiting = await reading.ReadAsync(recipient.Id, lane, cancellationToken);
        await queue.RemoveAsync(recipient.Id, [.. waiting.Over, .. waiting.Candidates.Select(candidate => candidate.Alert).Where(alert => !alert.IsForSummary)], cancellationToken);
        return null;
    }

    /// <summary>Of what came beyond the mails of their own, one mail.</summary>
    /// <param name="due">When it became due: names it.</param>
    /// <returns>How many records it says.</returns>
    public async Task<int> SumUpAsync(Recipient recipient, DateTimeOffset due, RecipientState state, CancellationToken cancellationToken)
    {
        var candidates = (await reading.ReadAsync(recipient.Id, DigestLane.Daily, cancellationToken)).Candidates.Where(candidate => candidate.Alert.IsForSummary).ToList();
        if (candidates.Count == 0)
        {
            return 0;
        }

        var entries = DigestEntries.Of(candidates);
        var tells = "summary-" + Keys.Time(due);
        var mailId = MailId(recipient.Id, tells);
        var document = mails.Summary(recipient, entries, new MailContext(state, mailId, DigestMails.WhySummary));
        var plan = await PlanAsync(recipient, $"{DigestStore.Text(DateOnly.FromDateTime(due.UtcDateTime))}.{tells}", document.Subject, document.Render(), candidates, cancellationToken);
        var gravest = entries.Select(entry => entry.Record.Severity).DefaultIfEmpty(Severity.Info).Max();
        await outbox.AddAsync(MailOf(recipient, mailId, MailKind.Summary, tells, DigestMails.WhySummary, gravest, plan), plan.Content, cancellationToken);
        await queue.SummedUpAsync(recipient.Id, Said(plan, candidates), mailId, cancellationToken);
        return plan.Keys.Count;
    }

    private static string MailId(string recipientId, string occasion) => Keys.Hash("digest", recipientId, occasion);

    private static Mail MailOf(Recipient recipient, string mailId, MailKind kind, string tells, Reason why, Severity severity, DigestPlan plan) => new()
    {
        RecipientId = recipient.Id,
        MailId = mailId,
        Kind = kind,
        Subject = plan.Subject,
        CreatedAt = plan.ComposedAt,
        Since = plan.ComposedAt,
        Severity = severity,
        Tells = tells,
        Why = why,
    };

    private static IEnumerable<QueuedAlert> Said(DigestPlan plan, IEnumerable<DigestCandidate> candidates)
    {
        var keys = plan.Keys.ToHashSet(StringComparer.Ordinal);
        return candidates.Select(candidate => candidate.Alert).Where(alert => keys.Contains(alert.Record.Key));
    }

    private Task<DigestPlan> PlanAsync(Recipient recipient, string name, string subject, MailContent content, IEnumerable<DigestCandidate> candidates, CancellationToken cancellationToken) =>
        digests.PlanAsync(recipient.Id, name, new DigestPlan(subject, time.GetUtcNow(), content, [.. candidates.Select(candidate => candidate.Alert.Record.Key)]), cancellationToken);

    private async Task<IReadOnlyList<UnreviewedMail>> UnreviewedAsync(Recipient recipient, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await unreviewed.ListAsync(now, cancellationToken).Where(mail => mail.RecipientId == recipient.Id && now - mail.Mailed < UnreviewedMails.Reminded).ToListAsync(cancellationToken);
    }
}
