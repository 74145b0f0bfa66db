using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Alerts.Delivery;

/// <summary>Sends one mail. A crash after the transport took it and before "sent" is stored sends it again with the same id: twice at worst, never not at all.</summary>
public sealed class SendMailJob(Outbox outbox, IMailTransport transport, WatchlistReader watchlist, AlertsOptions options, TimeProvider time) : IWorkJob
{
    public string Kind => Outbox.SendMail;

    public async Task<JobResult> RunAsync(string subject, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        switch (await outbox.GetAsync(subject, cancellationToken))
        {
            case null:
                return new JobResult.NothingDue();
            case { State: MailState.Sent or MailState.Failed } over:
                await outbox.RemovePendingAsync(over, cancellationToken);
                return new JobResult.NothingDue();
            case { State: MailState.Sending } busy when now - busy.Since < options.SendingAtMost:
                return new JobResult.NotNow(options.SendingAtMost - (now - busy.Since));
            case var mail:
                // Who loses this save has nothing to do: the winner sends.
                var mine = await outbox.SaveAsync(mail with { State = MailState.Sending, Attempts = mail.Attempts + 1, Since = now }, cancellationToken);
                return mine is null ? new JobResult.NothingDue() : await SendAsync(mine, cancellationToken);
        }
    }

    private async Task<JobResult> SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        var list = await watchlist.GetAsync(cancellationToken);
        var recipient = list.Find<Recipient>(EntryKind.Recipient, mail.RecipientId);
        var content = await outbox.GetContentAsync(mail, cancellationToken);
        var result = recipient is null || content is null
            ? new DeliveryResult.Refused(recipient is null ? "the recipient was retired" : "the mail's content is missing")
            : await transport.SendAsync(Outgoing(mail, recipient, content), cancellationToken);
        return await EndAsync(mail, result, cancellationToken);
    }

    private async Task<JobResult> EndAsync(Mail mail, DeliveryResult result, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var pause = DeliveryPolicy.Pause(mail.Attempts);
        var ended = result switch
        {
            DeliveryResult.Sent => mail with { State = MailState.Sent, Since = now, Reason = null },
            DeliveryResult.Failed failed when pause is not null => mail with { State = MailState.Pending, Since = now, Reason = failed.Reason },
            DeliveryResult.Failed failed => mail with { State = MailState.Failed, Since = now, Reason = failed.Reason },
            DeliveryResult.Refused refused => mail with { State = MailState.Failed, Since = now, Reason = refused.Reason },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        await outbox.SaveAsync(ended, cancellationToken);
        if (ended.State is MailState.Pending)
        {
            return new JobResult.NotNow(pause!.Value);
        }

        await outbox.RemovePendingAsync(ended, cancellationToken);
        return new JobResult.Done(ended.State is MailState.Sent ? "sent" : "failed");
    }

    private OutgoingMail Outgoing(Mail mail, Recipient recipient, MailContent content) => new()
    {
        Id = mail.MailId,
        From = options.From,
        FromName = options.FromName,
        To = recipient.Address,
        ToName = recipient.Name,
        Subject = mail.Subject,
        Text = content.Text,
        Html = content.Html,
        Language = content.Language,
        CreatedAt = mail.CreatedAt,
        List = mail.Kind is MailKind.Digest ? "digests" : "alerts",
    };
}

/// <summary>Asks again for every mail that is still to be sent: work items may be lost, pending rows are not.</summary>
public sealed class SendAlertsKnock(Outbox outbox, IWorkQueue queue, AlertsOptions options, TimeProvider time) : IKnock
{
    public string Name => "SendAlerts";

    public async Task<JobResult> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var asked = 0;
        await foreach (var key in outbox.ListPendingAsync(cancellationToken))
        {
            // A fresh mail has its own work item; one that waits for its next attempt has one too.
            if (await outbox.GetAsync(key, cancellationToken) is { } mail && now - mail.Since > options.SendingAtMost + (DeliveryPolicy.Pause(mail.Attempts) ?? TimeSpan.Zero))
            {
                await queue.EnqueueAsync(new WorkItem(Outbox.SendMail, key), TimeSpan.Zero, cancellationToken);
                asked++;
            }
        }

        return asked == 0 ? new JobResult.NothingDue() : new JobResult.Done($"{asked} mails asked for again");
    }
}
