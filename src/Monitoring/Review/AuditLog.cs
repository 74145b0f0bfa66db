using System.Globalization;
using System.Runtime.CompilerServices;
using Monitoring.Storage;

namespace Monitoring.Review;

/// <param name="Subject">What it was done to: an item's key.</param>
/// <param name="Who">The editor.</param>
/// <param name="What">The action, e.g. <c>confirmed</c>.</param>
/// <param name="Note">The editor's words.</param>
/// <param name="Applied">False: it was asked for and did not take effect, because somebody else was faster or the program stopped.</param>
public sealed record AuditEntry(string Subject, string Id, DateTimeOffset At, string Who, string What, string? Note, bool Applied);

/// <summary>Who did what to which item, and when. Nothing here is ever changed but "applied". Table <c>Audit</c>: partition = subject, row = newest first; query served: all of a subject.</summary>
public sealed class AuditLog(ITables tables, TimeProvider time)
{
    private readonly IEntityTable _audit = tables.Open("Audit");

    /// <summary>Notes what is about to be done. <see cref="ConfirmAsync"/> notes that it was.</summary>
    public async Task<AuditEntry> BeginAsync(string subject, string who, string what, string? note, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        for (var attempt = 0; ; attempt++)
        {
            // Two entries of one moment are told apart by their number.
            var id = string.Create(CultureInfo.InvariantCulture, $"{Keys.NewestFirst(now)}-{attempt}");
            var row = new Entity(subject, id).Set("At", now).Set("Who", who).Set("What", what).Set("Note", note).Set("Applied", value: false);
            if (await _audit.AddAsync(row, cancellationToken) is AddResult.Added)
            {
                return Read(row);
            }
        }
    }

    public async Task ConfirmAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        if (await _audit.GetAsync(new EntityKey(entry.Subject, entry.Id), columns: [], cancellationToken) is { } row)
        {
            await _audit.MergeAsync(row.Set("Applied", value: true), cancellationToken);
        }
    }

    /// <summary>Adds to what an entry notes, before it is confirmed.</summary>
    public async Task NoteAsync(AuditEntry entry, string more, CancellationToken cancellationToken)
    {
        if (await _audit.GetAsync(new EntityKey(entry.Subject, entry.Id), columns: null, cancellationToken) is { } row)
        {
            await _audit.MergeAsync(row.Set("Note", $"{entry.Note}; {more}"), cancellationToken);
        }
    }

    /// <summary>The entries of a subject, newest first.</summary>
    public async IAsyncEnumerable<AuditEntry> ListAsync(string subject, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _audit.QueryAsync(new RangeQuery(subject), cancellationToken))
        {
            yield return Read(row);
        }
    }

    private static AuditEntry Read(Entity row) => new(
        row.Key.Partition, row.Key.Row, row.NeedTime("At"), row.NeedText("Who"), row.NeedText("What"), row.GetText("Note"), row.GetFlag("Applied") ?? false);
}
