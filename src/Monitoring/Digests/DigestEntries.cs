using Monitoring.Alerts;
using Monitoring.Watchlist;

namespace Monitoring.Digests;

/// <summary>The parts of a digest, in order.</summary>
public enum DigestSection
{
    Urgent,
    Corrections,
    Updates,
    New,
    Confirmed,
    Sites,
}

/// <summary>What is known of a mail that tells the same.</summary>
public enum MailFate
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>On its way.</summary>
    Waiting,

    Arrived,

    /// <summary>It failed, came back, or nobody knows.</summary>
    Unsure,
}

/// <param name="Alert">As it waits for a digest.</param>
/// <param name="Mailed">Its mail, if it had one of its own.</param>
/// <param name="Said">The digest that said it, if one did.</param>
public sealed record DigestCandidate(QueuedAlert Alert, MailFate Mailed, DateTimeOffset? MailedAt, MailFate Said);

/// <summary>One matter as a digest says it.</summary>
/// <param name="MailedAt">When a mail of its own told it; null if none did.</param>
/// <param name="IsUnsure">It was mailed or said in a digest before, and may not have arrived.</param>
public sealed record DigestEntry(DigestSection Section, AlertRecord Record, DateTimeOffset? MailedAt, bool IsUnsure);

/// <summary>
/// What a digest says of what waits for it: each matter once. Pure. Of an item's matter the last state is said, in the part of the strongest that happened; what was told to nobody
/// before it was taken back is not said at all. Changes of sites are said one by one, in their order: each is a dated step.
/// </summary>
public static class DigestEntries
{
    public static IReadOnlyList<DigestEntry> Of(IEnumerable<DigestCandidate> candidates) =>
    [
        .. candidates
            .GroupBy(candidate => candidate.Alert.Record is { Kind: AlertKind.Item, Matter: var matter } ? matter : candidate.Alert.Record.Key, StringComparer.Ordinal)
            .Select(group => Of([.. group.OrderBy(candidate => candidate.Alert.Number)]))
            .OfType<DigestEntry>()
            .OrderBy(entry => entry.Section)
            .ThenByDescending(entry => entry.Section is DigestSection.Sites ? Severity.Info : entry.Record.Severity)
            .ThenBy(entry => entry.Section is DigestSection.Sites ? entry.Record.At.UtcTicks : -entry.Record.At.UtcTicks)
            .ThenBy(entry => entry.Record.Key, StringComparer.Ordinal),
    ];

    private static DigestEntry? Of(IReadOnlyList<DigestCandidate> matter)
    {
        var last = matter[^1];
        var isNew = matter.Any(candidate => candidate.Alert.Record.Change is AlertChange.New);
        var isUntold = isNew && matter.All(candidate => candidate is { Mailed: MailFate.None, Said: MailFate.None });
        if (last.Alert.Record.Review is AlertReview.Dismissed or AlertReview.Withdrawn && isUntold)
        {
            return null;
        }

        // What the reader does not know yet is neither an update nor a correction.
        var isFirst = (last.Alert.Record.Change is AlertChange.Update && isNew) || (isUntold && last.Alert.Record.Review is not AlertReview.Confirmed);
        var record = isFirst ? last.Alert.Record with { Change = AlertChange.New } : last.Alert.Record;
        var isUnsure = matter.Any(candidate => candidate.Mailed is MailFate.Unsure || candidate.Said is MailFate.Unsure);
        return new DigestEntry(SectionOf(record), record, last.Mailed is MailFate.Arrived ? last.MailedAt : null, isUnsure);
    }

    private static DigestSection SectionOf(AlertRecord record) => record switch
    {
        { Kind: not AlertKind.Item } => DigestSection.Sites,
        { Change: AlertChange.Dismissed or AlertChange.Withdrawn or AlertChange.Reinstated or AlertChange.Reopened or AlertChange.Changed } => DigestSection.Corrections,
        { Review: AlertReview.Confirmed } => DigestSection.Confirmed,
        { Change: AlertChange.Update } => DigestSection.Updates,
        { Severity: >= Severity.High } => DigestSection.Urgent,
        _ => DigestSection.New,
    };
}
