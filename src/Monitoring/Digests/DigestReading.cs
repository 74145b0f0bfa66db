using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;

namespace Monitoring.Digests;

/// <summary>What waits for a recipient's digest, with what became of the mails that told the same.</summary>
/// <param name="Candidates">To be said.</param>
/// <param name="Over">Said by a digest that arrived, long enough ago that no bounce comes any more: to be removed.</param>
public sealed record DigestWaiting(IReadOnlyList<DigestCandidate> Candidates, IReadOnlyList<QueuedAlert> Over);

/// <summary>Reads what a digest is to say: what none said before, and what was said by one that may not have arrived.</summary>
public sealed class DigestReading(DigestQueue queue, Outbox outbox, TimeProvider time)
{
    /// <summary>A mail that was taken over may still come back for so long; receiving servers try for up to five days, and most for less (RFC 5321 section 4.5.4.1).</summary>
    private static readonly TimeSpan MayComeBack = TimeSpan.FromDays(5);

    public async Task<DigestWaiting> ReadAsync(string recipientId, DigestLane lane, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (candidates, over, mails) = (new List<DigestCandidate>(), new List<QueuedAlert>(), new Dictionary<string, Mail?>(StringComparer.Ordinal));
        await foreach (var alert in queue.ListAsync(recipientId, lane, cancellationToken))
        {
            var said = await FindAsync(alert.SaidBy);
            if (alert.SaidBy is not null && Fate(said) is MailFate.Waiting or MailFate.Arrived)
            {
                if (said is { State: MailState.Sent } && now - said.Since > MayComeBack)
                {
                    over.Add(alert);
                }

                continue;
            }

            var mailed = await FindAsync(alert.MailId);
            candidates.Add(new DigestCandidate(alert, Fate(mailed), mailed?.Since, alert.SaidBy is null ? MailFate.None : MailFate.Unsure));
        }

        return new DigestWaiting(candidates, over);

        // The mails of a few digests and of a few mails of their own: each is read once.
        async Task<Mail?> FindAsync(string? mailId)
        {
            if (mailId is null)
            {
                return null;
            }

            if (!mails.TryGetValue(mailId, out var mail))
            {
                mail = mails[mailId] = await outbox.GetAsync(recipientId, mailId, cancellationToken);
            }

            return mail;
        }
    }

    private static MailFate Fate(Mail? mail) => mail?.State switch
    {
        null or MailState.Withdrawn => MailFate.None,
        MailState.Pending or MailState.Sending => MailFate.Waiting,
        MailState.Sent => MailFate.Arrived,
        _ => MailFate.Unsure,
    };
}
