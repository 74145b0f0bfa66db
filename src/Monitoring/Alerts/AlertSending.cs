using Monitoring.Alerts.Delivery;
using Monitoring.Alerts.Mails;
using Monitoring.Storage;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Alerts;

/// <summary>
/// Does what was written down as told: the place in the next digests, then the mail. Every key derives from what was written down, so doing it again adds what is missing.
/// </summary>
public sealed class AlertSending(Outbox outbox, DigestQueue digests, RecipientStates states, UnreviewedMails unreviewed, AlertMail composer, IWorkQueue queue, TimeProvider time)
{
    /// <param name="told">Everything that the recipient was told of the matter, this included.</param>
    public async Task SendAsync(ToldAlert alert, IReadOnlyList<ToldAlert> told, AlertRecord record, Recipient recipient, Routing? routing, CancellationToken cancellationToken)
    {
        var mailId = alert.By is ToldBy.Mail ? MailId(alert) : null;

        // Taken back before anybody saw it: nobody is told that; and if it holds after all, it is news.
        var isSeen = mailId is null || !alert.IsCorrection || await ReachedAsync(alert, told, cancellationToken);
        var isNews = !isSeen && alert.Change is AlertChange.Reinstated;
        var isMailed = mailId is not null && (isSeen || isNews);
        var news = record with { Key = alert.Key, Change = isNews ? AlertChange.New : alert.Change };
        await QueueAsync(alert, news, recipient, routing, isMailed ? mailId : null, cancellationToken);
        if (isMailed)
        {
            await MailAsync(alert, told, news, recipient, routing, mailId!, cancellationToken);
        }
    }

    /// <summary>Asks for the mail that sums up a storm, due then.</summary>
    public Task AskForSummaryAsync(string recipientId, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var wait = due - time.GetUtcNow();
        return queue.EnqueueAsync(new WorkItem(DigestQueue.ComposeWork, SummaryOf(recipientId)), wait > TimeSpan.Zero ? wait : TimeSpan.Zero, cancellationToken);
    }

    /// <summary>The subject of the work that sums up a recipient's storm.</summary>
    public static string SummaryOf(string recipientId) => recipientId + ".summary";

    /// <summary>Whether a recipient was or will be told of an alert, by a mail of its own or in a digest.</summary>
    public async Task<bool> WasToldAsync(string recipientId, string alertKey, CancellationToken cancellationToken) =>
        await digests.HoldsAsync(recipientId, alertKey, cancellationToken) || await outbox.GetAsync(recipientId, MailId(alertKey, recipientId), cancellationToken) is not null;

    private static string MailId(ToldAlert alert) => MailId(alert.Key, alert.RecipientId);

    private static string MailId(string alertKey, string recipientId) => Keys.Hash("alert", alertKey, recipientId);

    /// <summary>Whether a mail that this one corrects reached the recipient, or may have; one that was not sent yet is withdrawn.</summary>
    private async Task<bool> ReachedAsync(ToldAlert alert, IReadOnlyList<ToldAlert> told, CancellationToken cancellationToken)
    {
        var reached = false;
        foreach (var earlier in told.Where(earlier => earlier.Record == alert.Record && earlier.Number < alert.Number && earlier.By is ToldBy.Mail))
        {
            reached |= await outbox.GetAsync(alert.RecipientId, MailId(earlier), cancellationToken) is { State: not MailState.Failed } mail
                && !await outbox.WithdrawAsync(mail, time.GetUtcNow(), cancellationToken);
        }

        return reached;
    }

    private async Task QueueAsync(ToldAlert alert, AlertRecord news, Recipient recipient, Routing? routing, string? mailId, CancellationToken cancellationToken)
    {
        var queued = new QueuedAlert { Lane = DigestLane.Daily, Record = news, Number = alert.Number, MailId = mailId, IsForSummary = alert.By is ToldBy.Summary };
        if ((routing?.Daily ?? recipient.Digest is not null) || alert.By is ToldBy.Summary)
        {
            await digests.AddAsync(recipient.Id, queued, cancellationToken);
        }

        if (routing is { Hourly: true })
        {
            await digests.AddAsync(recipient.Id, queued with { Lane = DigestLane.Hourly, IsForSummary = false }, cancellationToken);
        }

        if (routing is { Weekly: true })
        {
            await digests.AddAsync(recipient.Id, queued with { Lane = DigestLane.Weekly, IsForSummary = false }, cancellationToken);
        }
    }

    private async Task MailAsync(
        ToldAlert alert, IReadOnlyList<ToldAlert> told, AlertRecord news, Recipient recipient, Routing? routing, string mailId, CancellationToken cancellationToken)
    {
        var state = await states.GetAsync(recipient.Id, cancellationToken);
        var why = routing?.Why ?? Reason.Of("why.correction");
        var document = composer.Compose(news, recipient, new MailContext(state, mailId, why));
        var first = told.FirstOrDefault(earlier => earlier.By is ToldBy.Mail && earlier.Number < alert.Number);
        var isHeld = recipient.Quiet is not null && news.Severity < Severity.Critical;
        var mail = new Mail
        {
            RecipientId = recipient.Id,
            MailId = mailId,
            Kind = MailKind.Alert,
            Subject = document.Subject,
            CreatedAt = alert.At,
            Since = alert.At,
            Severity = news.Severity,
            Tells = alert.Key,
            Why = why,
            InReplyTo = first is null ? null : MailId(first),
            NotBefore = isHeld ? QuietTime.End(recipient.Quiet!.Value, TimeZoneInfo.FindSystemTimeZoneById(recipient.TimeZone), alert.At) : null,
        };
        await outbox.AddAsync(mail, document.Render(), cancellationToken);
        await (news.Review is AlertReview.Unreviewed ? unreviewed.AddAsync(alert.Record, recipient.Id, news, alert.At, cancellationToken) : Task.CompletedTask);
    }
}
