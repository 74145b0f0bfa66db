using System.Globalization;
using Monitoring.Storage;

namespace Monitoring.Alerts.Delivery;

/// <summary>Tells operators, once a day and recipient, that a mail was given up: what it told stands in the next digest, but that may fail as well, and not everybody gets one.</summary>
public sealed class MailFailures(RecipientStates states, OperatorMail operators, TimeProvider time)
{
    private static readonly TimeSpan Again = TimeSpan.FromDays(1);

    public async Task TellAsync(Mail mail, RecipientState state, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - state.FailureTold < Again)
        {
            return;
        }

        var notice = new OperatorNotice(
            string.Create(CultureInfo.InvariantCulture, $"failed.{mail.RecipientId}.{Keys.Time(now)}"),
            "Monitoring: a mail to one recipient was given up",
            [$"What happened last: {mail.Reason}.", "What it told stands in the recipient's next digest, where there is one. The page of mails says who it is and what was tried."],
            $"mails/{mail.Key}");

        // Told first: after a crash in between it is told again.
        if (await operators.TellAsync(notice, cancellationToken))
        {
            await states.FailureToldAsync(mail.RecipientId, now, cancellationToken);
        }
    }
}
