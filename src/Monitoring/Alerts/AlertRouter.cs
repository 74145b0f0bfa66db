using System.Runtime.CompilerServices;
using Monitoring.Alerts.Delivery;
using Monitoring.Alerts.Mails;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Alerts;

/// <summary>
/// Tells a record to everybody whose rules want it. Idempotent: keys derive from the record and the recipient, so calling it again after a crash
/// adds what is missing and nothing else.
/// </summary>
public sealed class AlertRouter(Outbox outbox, DigestQueue digests, AlertMail composer, TimeProvider time)
{
    /// <summary>A list of recipients is read once for each version of the watch list, and so are its rules.</summary>
    private readonly ConditionalWeakTable<IReadOnlyList<Recipient>, RuleIndex> _rules = [];

    public async Task TellAsync(AlertRecord record, IReadOnlyList<Recipient> recipients, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var routing in _rules.GetValue(recipients, RuleIndex.Of).Match(record))
        {
            if (routing.Daily)
            {
                await digests.AddAsync(routing.Recipient.Id, record, cancellationToken);
            }

            if (routing.AtOnce)
            {
                await MailAsync(record, routing.Recipient, routing.Why, now, cancellationToken);
            }
        }
    }

    /// <summary>Whether one of these recipients was or will be told of an alert, by a mail of its own or in a digest.</summary>
    public async Task<bool> WasToldAsync(string alertKey, IEnumerable<string> recipientIds, CancellationToken cancellationToken)
    {
        foreach (var recipientId in recipientIds)
        {
            if (await digests.HoldsAsync(recipientId, alertKey, cancellationToken) || await outbox.GetAsync(recipientId, MailId(alertKey, recipientId), cancellationToken) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static string MailId(string alertKey, string recipientId) => Keys.Hash("alert", alertKey, recipientId);

    private async Task MailAsync(AlertRecord record, Recipient recipient, Reason why, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var document = composer.Compose(record, recipient, why);
        var mail = new Mail
        {
            RecipientId = recipient.Id,
            MailId = MailId(record.Key, recipient.Id),
            Kind = MailKind.Alert,
            Subject = document.Subject,
            CreatedAt = now,
            Since = now,
            Tells = record.Key,
        };
        await outbox.AddAsync(mail, document.Render(), cancellationToken);
    }
}
