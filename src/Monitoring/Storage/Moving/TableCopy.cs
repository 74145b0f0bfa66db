using System.Buffers;
using System.Runtime.CompilerServices;

namespace Monitoring.Storage.Moving;

/// <summary>
/// Makes one table hold exactly the rows of another, by writing only what differs: into an empty table that is everything, after an interruption the rest,
/// after a change at the source the change. Rows that the source does not have are deleted.
/// </summary>
internal sealed class TableCopy(IEntityTable from, IEntityTable to)
{
    /// <param name="count">Called for each row that was looked at.</param>
    /// <returns>Rows written or deleted.</returns>
    public async Task<long> RunAsync(Action count, CancellationToken cancellationToken)
    {
        var written = 0L;
        var chunks = EntityTableBatches.ChunksAsync(to.Name, DifferencesAsync(count, cancellationToken), cancellationToken);
        await Parallel.ForEachAsync(chunks, MovableStore.Options(cancellationToken), async (chunk, token) =>
        {
            // A refusal means that somebody deleted a row here meanwhile: the comparison at the end judges, not this answer.
            await to.BatchAsync(chunk, token);
            Interlocked.Add(ref written, chunk.Count);
        });
        return written;
    }

    private async IAsyncEnumerable<TableOperation> DifferencesAsync(Action count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The destination is read while it is written: rows are written only below the key that its reading has reached.
        var pairs = OrderedPairs.PairAsync(from.EnumerateAllAsync(cancellationToken), to.EnumerateAllAsync(cancellationToken), ByKey, cancellationToken);
        await foreach (var (source, present) in pairs)
        {
            count();
            if (source is null)
            {
                yield return TableOperation.Delete(present!.Key);
            }
            else if (present is null || !IsSame(source, present))
            {
                yield return TableOperation.Put(source);
            }
        }
    }

    private static int ByKey(Entity a, Entity b) => string.CompareOrdinal(a.Key.Partition, b.Key.Partition) is not 0 and var partitions
        ? partitions
        : string.CompareOrdinal(a.Key.Row, b.Key.Row);

    private static bool IsSame(Entity a, Entity b)
    {
        var (left, right) = (new ArrayBufferWriter<byte>(1024), new ArrayBufferWriter<byte>(1024));
        EntityForm.Write(a, left);
        EntityForm.Write(b, right);
        return left.WrittenSpan.SequenceEqual(right.WrittenSpan);
    }
}
