using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Alerts.Mails;
using Monitoring.Watchlist;

namespace Monitoring.Digests;

/// <summary>Which mail a digest is: the overview of a week, that of a day or an hour, or the one that names nothing. Pure.</summary>
public sealed class DigestMails(DigestMail digest, WeeklyMail weekly, SensitiveMail sensitive)
{
    public static Reason WhySummary { get; } = Reason.Of("why.summary");

    public static Reason Why(DigestLane lane) => Reason.Of(lane switch
    {
        DigestLane.Hourly => "why.hourly",
        DigestLane.Weekly => "why.weekly",
        _ => "why.digest",
    });

    public (string Subject, MailContent Content) Render(Recipient recipient, DigestLane lane, DigestContent content, MailContext context)
    {
        if (recipient.Sensitive)
        {
            return (SensitiveMail.SubjectOf(recipient), sensitive.Render(recipient, content.Entries.Count));
        }

        var document = lane is DigestLane.Weekly ? weekly.Compose(recipient, content, context) : digest.Compose(recipient, content, context);
        return (document.Subject, document.Render());
    }

    public MailDocument Summary(Recipient recipient, IReadOnlyList<DigestEntry> storm, MailContext context) => digest.Summary(recipient, storm, context);
}
