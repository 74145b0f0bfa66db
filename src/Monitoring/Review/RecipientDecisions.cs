using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Review;

/// <summary>An editor's changes of who gets mail, each noted in the audit log before it is made, under the recipient, and marked there as applied after.</summary>
public sealed class RecipientDecisions(WatchlistStore watchlist, AuditLog audit)
{
    /// <summary>Under what the log keeps the changes of a recipient.</summary>
    public static string SubjectOf(string recipientId) => "recipient." + recipientId;

    /// <param name="stamp">What the editor saw; null adds a new recipient.</param>
    /// <param name="changes">For the log: which fields, not what stands in them, which is somebody's address.</param>
    public async Task<SaveResult> SaveAsync(Recipient recipient, EntryStamp? stamp, string changes, string editor, CancellationToken cancellationToken)
    {
        var entry = await audit.BeginAsync(SubjectOf(recipient.Id), editor, stamp is null ? "added" : "changed", changes, cancellationToken);
        var saved = await watchlist.EditAsync(recipient, stamp, editor, cancellationToken);
        await (saved is SaveResult.Saved ? audit.ConfirmAsync(entry, cancellationToken) : Task.CompletedTask);
        return saved;
    }

    public async Task RetireAsync(Recipient recipient, string editor, CancellationToken cancellationToken)
    {
        var entry = await audit.BeginAsync(SubjectOf(recipient.Id), editor, "retired", note: null, cancellationToken);
        await watchlist.RetireNowAsync(recipient, cancellationToken);
        await audit.ConfirmAsync(entry, cancellationToken);
    }
}
