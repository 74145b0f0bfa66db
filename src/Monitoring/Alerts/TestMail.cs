using Monitoring.Alerts.Delivery;
using Monitoring.Alerts.Mails;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Alerts;

/// <summary>A mail that somebody asked for on a page, to see whether mails arrive: by the same way as all others, also to an address that is suspended.</summary>
public sealed class TestMail(Outbox outbox, RecipientStates states, WatchlistReader watchlist, AlertMail entries, SensitiveMail sensitive, TimeProvider time)
{
    private static readonly Reason Why = Reason.Of("why.test");

    /// <returns>Null if nobody of this id gets mail.</returns>
    public async Task<Mail?> SendAsync(string recipientId, CancellationToken cancellationToken)
    {
        if ((await watchlist.GetAsync(cancellationToken)).Find<Recipient>(EntryKind.Recipient, recipientId) is not { } recipient)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var mailId = Keys.Hash("test", recipientId, Keys.Time(now));
        var (subject, content) = recipient.Sensitive
            ? (SensitiveMail.SubjectOf(recipient), sensitive.Render(recipient, count: 0))
            : Compose(recipient, new MailContext(await states.GetAsync(recipientId, cancellationToken), mailId, Why));
        var mail = new Mail { RecipientId = recipientId, MailId = mailId, Kind = MailKind.Test, Subject = subject, CreatedAt = now, Since = now, Tells = "test", Why = Why };
        await outbox.AddAsync(mail, content, cancellationToken);
        return mail;
    }

    private (string Subject, MailContent Content) Compose(Recipient recipient, MailContext context)
    {
        var texts = Texts.Of(recipient.Language);
        var document = new MailDocument
        {
            Texts = texts,
            Subject = texts["test.subject"],
            Summary = texts["test.summary"],
            Footer = AlertMail.Footer(recipient, context.Why),
            FooterLinks = [.. entries.FooterLinks(texts, recipient, context, MailList.Alerts)],
        };
        return (document.Subject, document.Render());
    }
}
