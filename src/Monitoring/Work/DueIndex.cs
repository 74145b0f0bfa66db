using System.Globalization;
using System.Runtime.CompilerServices;
using Monitoring.Storage;

namespace Monitoring.Work;

/// <param name="Slot">The minute slot the row stands in.</param>
/// <param name="ETag">Of the row as it was read: a hint written again since then is another hint.</param>
public readonly record struct DueEntry(string Kind, string Id, DateTimeOffset Slot, string ETag);

/// <summary>
/// Which subjects of a kind may be due, without reading all of them. Table <c>Due</c>: partition = kind and UTC minute, row = subject id;
/// query served: all rows of the minutes up to now. Table <c>DueCursors</c>: per kind the minute up to which all slots were emptied.
/// A row is a hint: the subject's own row decides. Jobs only add hints, in the slot of the next time; only the pass over the index removes them,
/// stale ones, and each only if nobody wrote it again meanwhile. So a subject may stand in several slots, and never in none.
/// </summary>
public sealed class DueIndex(ITables tables)
{
    /// <summary>Slots this recent are read again: a writer's clock may be behind ours.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(3);

    /// <summary>
    /// After a longer rest than this, older slots are passed over instead of read one by one: the roster's daily pass gives all that is due a hint again.
    /// </summary>
    private static readonly TimeSpan LongestLookBack = Roster.RepeatAfter + TimeSpan.FromHours(1);

    private readonly IEntityTable _due = tables.Open("Due");
    private readonly IEntityTable _cursors = tables.Open("DueCursors");

    /// <summary>Says where reading a kind begins, before its first hint is written; does nothing later.</summary>
    public Task BeginAsync(string kind, DateTimeOffset now, CancellationToken cancellationToken) => _cursors.AddAsync(Cursor(kind, now), cancellationToken);

    public Task PutAsync(string kind, string id, DateTimeOffset due, CancellationToken cancellationToken) =>
        _due.PutAsync(new Entity(Partition(kind, due), id), cancellationToken);

    /// <summary>Many in one slot.</summary>
    public async Task PutAsync(string kind, IReadOnlyList<string> ids, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var partition = Partition(kind, due);
        foreach (var chunk in EntityTableBatches.Chunks(_due.Name, ids.Select(id => TableOperation.Put(new Entity(partition, id)))))
        {
            await _due.BatchAsync(chunk, cancellationToken);
        }
    }

    /// <summary>Removes hints, each unless it was written again since it was read.</summary>
    public async Task RemoveAsync(IReadOnlyList<DueEntry> hints, CancellationToken cancellationToken)
    {
        foreach (var ofSlot in hints.GroupBy(hint => Partition(hint.Kind, hint.Slot), StringComparer.Ordinal))
        {
            await _due.ApplyEachAsync(ofSlot.Select(hint => TableOperation.Delete(new EntityKey(ofSlot.Key, hint.Id), hint.ETag)), cancellationToken);
        }
    }

    /// <summary>The subjects in all slots from the cursor to the minute of <paramref name="now"/>.</summary>
    public async IAsyncEnumerable<DueEntry> ReadAsync(string kind, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await _cursors.GetAsync(new EntityKey(kind, "cursor"), columns: null, cancellationToken) is not { } cursor)
        {
            yield break;
        }

        var (emptied, earliest) = (cursor.NeedTime("EmptiedTo"), Floor(now - LongestLookBack));
        for (var slot = emptied > earliest ? emptied : earliest; slot <= now; slot += TimeSpan.FromMinutes(1))
        {
            await foreach (var row in _due.QueryAsync(new RangeQuery(Partition(kind, slot)), cancellationToken))
            {
                yield return new DueEntry(kind, row.Key.Row, slot, row.ETag!);
            }
        }
    }

    /// <summary>Says that every hint before <paramref name="time"/> was moved on. Call only after a complete pass.</summary>
    public Task AdvanceAsync(string kind, DateTimeOffset time, CancellationToken cancellationToken) =>
        _cursors.PutAsync(Cursor(kind, time), cancellationToken);

    public static DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private static Entity Cursor(string kind, DateTimeOffset time) => new Entity(kind, "cursor").Set("EmptiedTo", Floor(time - Overlap));

    private static string Partition(string kind, DateTimeOffset slot) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{Keys.Minute(slot)}");
}
