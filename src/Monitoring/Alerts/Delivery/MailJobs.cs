using Monitoring.Alerts.Mails;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Alerts.Delivery;

/// <summary>
/// Sends one mail, one worker at a time. Where the transport cannot send one mail twice, a crash after it took it sends it again with the same id; where it can, nobody
/// knows, and what is urgent is sent once more when nothing is heard of it: twice at worst, never not at all.
/// </summary>
public sealed class SendMailJob(Outbox outbox, IMailTransport transport, RecipientStates states, MailFailures failures, WatchlistReader watchlist, AlertsOptions options, TimeProvider time) : IWorkJob
{
    public string Kind => Outbox.SendMail;

    public async Task<JobResult> RunAsync(string subject, CancellationToken cancellationToken)
    {
        while (await outbox.GetAsync(subject, cancellationToken) is { } mail)
        {
            switch (DeliveryPolicy.Turn(mail, transport.IsIdempotent, options.SendingAtMost, time.GetUtcNow()))
            {
                case MailTurn.Wait wait:
                    return new JobResult.NotNow(wait.For);
                case MailTurn.Note note:
                    await outbox.SaveAsync(note.Mail, cancellationToken);
                    continue;
                case MailTurn.Send send when await outbox.SaveAsync(send.Mail, cancellationToken) is { } mine:
                    return await SendAsync(mine, cancellationToken);
                case MailTurn.Nothing:
                    await outbox.RemovePendingAsync(mail, cancellationToken);
                    return new JobResult.NothingDue();
                default:
                    return new JobResult.NothingDue();
            }
        }

        return new JobResult.NothingDue();
    }

    private async Task<JobResult> SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        var list = await watchlist.GetAsync(cancellationToken);
        var recipient = list.Find<Recipient>(EntryKind.Recipient, mail.RecipientId);
        var content = await outbox.GetContentAsync(mail, cancellationToken);
        var state = await states.GetAsync(mail.RecipientId, cancellationToken);
        var refusal = (recipient, content, state) switch
        {
            (null, _, _) => "the recipient was retired",
            (_, null, _) => "the mail's content is missing",
            (_, _, { Suspended: not null }) when mail.Kind is not MailKind.Test => "the address is suspended",
            _ when !state.Wants(mail.List) => "the recipient has unsubscribed",
            _ => null,
        };
        if (refusal is not null)
        {
            return await EndAsync(mail, new DeliveryResult.Refused(refusal), tried: null, cancellationToken);
        }

        var outgoing = Outgoing(mail, recipient!, content!, state);
        var (ready, unsealed) = recipient!.PgpKey is { } key ? SealedMail.Seal(outgoing, recipient, key, time.GetUtcNow()) : (outgoing, null);
        return await EndAsync(mail, ready is null ? new DeliveryResult.Refused(unsealed!) : await transport.SendAsync(ready, cancellationToken), state, cancellationToken);
    }

    /// <summary>A provider may tell of the mail before its own answer has come: then the end is that of the mail as it is by now.</summary>
    /// <param name="tried">Of the recipient it was, or was to be, sent to; null if nobody is to be told that it was not.</param>
    private async Task<JobResult> EndAsync(Mail mail, DeliveryResult result, RecipientState? tried, CancellationToken cancellationToken)
    {
        for (var sent = mail; sent is { State: MailState.Sending }; sent = await outbox.GetAsync(mail.RecipientId, mail.MailId, cancellationToken))
        {
            var (ended, again) = DeliveryPolicy.End(sent, result, transport.IsIdempotent, time.GetUtcNow());
            await (ended.State is MailState.Failed && tried is not null ? failures.TellAsync(ended, tried, cancellationToken) : Task.CompletedTask);
            if (await outbox.SaveAsync(ended, cancellationToken) is null)
            {
                continue;
            }

            if (again is not null)
            {
                return new JobResult.NotNow(again.Value);
            }

            await outbox.RemovePendingAsync(ended, cancellationToken);
            return new JobResult.Done(ended.State.ToString().ToLowerInvariant());
        }

        await outbox.RemovePendingAsync(mail, cancellationToken);
        return new JobResult.NothingDue();
    }

    private OutgoingMail Outgoing(Mail mail, Recipient recipient, MailContent content, RecipientState state)
    {
        var sent = mail.IsRepeat ? content.AsRepeat() : content;
        return new OutgoingMail
        {
            Id = mail.MailId,
            Key = mail.Key,
            From = options.From,
            FromName = options.FromName,
            To = recipient.Address,
            ToName = recipient.Name,
            Subject = mail.IsRepeat ? $"{mail.Subject} ({Texts.Of(content.Language)["repeat"]})" : mail.Subject,
            Text = sent.Text,
            Html = sent.Html,
            Language = content.Language,
            CreatedAt = mail.CreatedAt,
            List = mail.List.ToString().ToLowerInvariant(),
            InReplyTo = mail.InReplyTo,
            Unsubscribe = MailAddresses.Unsubscribe(options, state, mail.List),
        };
    }
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
            // A fresh mail has its own work item; one that waits for its next attempt, for the end of quiet hours or for its provider has one too.
            if (await outbox.GetAsync(key, cancellationToken) is { } mail && Later(mail.Since, mail.NotBefore) + Patience(mail) < now)
            {
                await queue.EnqueueAsync(new WorkItem(Outbox.SendMail, key), TimeSpan.Zero, cancellationToken);
                asked++;
            }
        }

        return asked == 0 ? new JobResult.NothingDue() : new JobResult.Done($"{asked} mails asked for again");
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    private TimeSpan Patience(Mail mail) => options.SendingAtMost + (mail.State is MailState.Unknown ? DeliveryPolicy.HearWithin : TimeSpan.FromMinutes(1));
}
