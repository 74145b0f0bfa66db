namespace Monitoring.Alerts.Delivery;

/// <summary>Takes what a provider tells of mails: told at least once and in any order. A bounce or a complaint suspends the address until an operator has seen to it.</summary>
public sealed class MailEvents(Outbox outbox, RecipientStates states, OperatorMail operators, TimeProvider time)
{
    public async Task TakeAsync(IReadOnlyList<MailEvent> events, CancellationToken cancellationToken)
    {
        foreach (var heard in events.OrderBy(heard => heard.At))
        {
            await TakeAsync(heard, cancellationToken);
        }
    }

    private async Task TakeAsync(MailEvent heard, CancellationToken cancellationToken)
    {
        while (await outbox.GetAsync(heard.Mail, cancellationToken) is { } mail)
        {
            var after = DeliveryPolicy.Hear(mail, heard);

            // Suspended first: an event that is told again after a crash finds the mail as it was.
            if (after != mail && heard.Kind is (MailEventKind.Bounced or MailEventKind.Complained))
            {
                await SuspendAsync(mail, heard, after.Steps[^1].What, cancellationToken);
            }

            if (after == mail || await outbox.SaveAsync(after, cancellationToken) is not null)
            {
                return;
            }
        }
    }

    private async Task SuspendAsync(Mail mail, MailEvent heard, string why, CancellationToken cancellationToken)
    {
        // Told first: an event that is told again after a crash in between finds the address as it was.
        if ((await states.GetAsync(mail.RecipientId, cancellationToken)).Suspended is null)
        {
            var notice = new OperatorNotice(
                $"suspended.{heard.Id}",
                "Monitoring: nothing more is mailed to one recipient",
                [$"A mail was {why}.", "Until somebody has seen to the address, all that the recipient should know waits. The page of mails says who it is, and sends mails again."],
                "mails");
            await operators.TellAsync(notice, cancellationToken);
            await states.SuspendAsync(mail.RecipientId, why, time.GetUtcNow(), cancellationToken);
        }
    }
}
