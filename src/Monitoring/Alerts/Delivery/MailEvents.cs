namespace Monitoring.Alerts.Delivery;

/// <summary>Takes what a provider tells of mails: told at least once and in any order. A bounce or a complaint suspends the address until an operator has seen to it.</summary>
public sealed class MailEvents(Outbox outbox, RecipientStates states, TimeProvider time)
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
                await states.SuspendAsync(mail.RecipientId, after.Steps[^1].What, time.GetUtcNow(), cancellationToken);
            }

            if (after == mail || await outbox.SaveAsync(after, cancellationToken) is not null)
            {
                return;
            }
        }
    }
}
