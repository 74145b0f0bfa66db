using Monitoring.Storage;

namespace Monitoring.Items.Stories;

/// <summary>
/// The index of what was filed in the window. Table <c>StoryIndex</c>: one partition, row = a number that grows with each filing and holds one item's bands and
/// keys; query served: what was filed after a number. Memory holds a copy, brought up to date by that query before each use; a row is added under the number
/// after the last one read, so that whoever decided without knowing of another's row is refused. Rows of one item stand together, because a row for each
/// band would be 56 requests to write and 56 to ask.
/// </summary>
public sealed class StoryIndex(ITables tables)
{
    /// <summary>Items filed or published longer apart tell of different events.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(7);

    private readonly IEntityTable _index = tables.Open("StoryIndex");
    private readonly CandidateIndex _memory = new();

    /// <summary>Everything that was filed in the window. Not safe for several threads.</summary>
    internal async Task<CandidateIndex> RefreshAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var query = new RangeQuery(IndexEntry.Partition) { From = IndexEntry.RowKey(_memory.Last + 1).Row };
        await foreach (var row in _index.QueryAsync(query, cancellationToken))
        {
            _memory.Add(IndexEntry.FromRow(row));
        }

        _memory.Expire(now - Window);
        return _memory;
    }

    /// <returns>False if somebody else filed an item meanwhile: the decision is to be made again.</returns>
    internal async Task<bool> AddAsync(IndexEntry entry, CancellationToken cancellationToken)
    {
        if (await _index.AddAsync(entry.ToRow(), cancellationToken) is AddResult.AlreadyThere)
        {
            return false;
        }

        _memory.Add(entry);
        return true;
    }

    /// <summary>Leaves of an entry its number only: numbers are never given twice.</summary>
    internal Task BlankAsync(long number, DateTimeOffset filed, CancellationToken cancellationToken) =>
        _index.PutAsync(new IndexEntry(number, Item: null, filed, filed, Language: null, [], []).ToRow(), cancellationToken);

    /// <summary>The entries that left the window, oldest first; never the newest of all, from which numbers go on.</summary>
    internal async IAsyncEnumerable<IndexEntry> ListExpiredAsync(DateTimeOffset now, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var before = (IndexEntry?)null;
        await foreach (var row in _index.QueryAsync(new RangeQuery(IndexEntry.Partition), cancellationToken))
        {
            if (before is not null)
            {
                yield return before;
            }

            before = IndexEntry.FromRow(row);
            if (before.Filed >= now - Window)
            {
                yield break;
            }
        }
    }

    internal Task RemoveAsync(IReadOnlyList<IndexEntry> expired, CancellationToken cancellationToken) =>
        _index.ApplyEachAsync(expired.Select(entry => TableOperation.Delete(IndexEntry.RowKey(entry.Number))), cancellationToken);
}
