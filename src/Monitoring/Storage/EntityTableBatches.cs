using System.Runtime.CompilerServices;

namespace Monitoring.Storage;

/// <summary>What several stores do with batches, once.</summary>
public static class EntityTableBatches
{
    /// <summary>
    /// Adds the rows of one partition that are missing, up to 100 at a time: a batch where all are new, one by one where one was there.
    /// May stop half-way on a crash; calling again finishes the rest.
    /// </summary>
    /// <returns>The rows that were added by this call.</returns>
    public static async Task<IReadOnlyList<Entity>> AddMissingAsync(this IEntityTable table, IReadOnlyList<Entity> entities, CancellationToken cancellationToken)
    {
        var added = new List<Entity>(entities.Count);
        foreach (var chunk in Chunks(table.Name, entities.Select(TableOperation.Add)))
        {
            if (await table.BatchAsync(chunk, cancellationToken) is BatchResult.Saved)
            {
                added.AddRange(chunk.Select(operation => operation.Entity));
                continue;
            }

            foreach (var (_, entity) in chunk)
            {
                if (await table.AddAsync(entity, cancellationToken) is AddResult.Added)
                {
                    added.Add(entity);
                }
            }
        }

        return added;
    }

    /// <summary>Applies operations on different rows of one partition, each with its own condition: a batch where all hold, one by one where one does not.</summary>
    /// <returns>For each operation whether it took effect.</returns>
    public static async Task<IReadOnlyList<bool>> ApplyEachAsync(this IEntityTable table, IEnumerable<TableOperation> operations, CancellationToken cancellationToken)
    {
        var applied = new List<bool>();
        foreach (var chunk in Chunks(table.Name, operations))
        {
            if (await table.BatchAsync(chunk, cancellationToken) is BatchResult.Saved)
            {
                applied.AddRange(chunk.Select(_ => true));
                continue;
            }

            foreach (var operation in chunk)
            {
                applied.Add(await table.BatchAsync([operation], cancellationToken) is BatchResult.Saved);
            }
        }

        return applied;
    }

    /// <summary>Cuts operations on one partition by Azure's limits of a batch: 100 operations, 4 MiB.</summary>
    public static IEnumerable<IReadOnlyList<TableOperation>> Chunks(string table, IEnumerable<TableOperation> operations)
    {
        var cut = new Cut(table);
        foreach (var operation in operations)
        {
            if (cut.Take(operation) is { } full)
            {
                yield return full;
            }
        }

        if (cut.Rest.Count > 0)
        {
            yield return cut.Rest;
        }
    }

    /// <summary>The same for operations on many partitions that come one partition after the other: no batch holds two.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<TableOperation>> ChunksAsync(
        string table, IAsyncEnumerable<TableOperation> operations, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cut = new Cut(table);
        await foreach (var operation in operations.WithCancellation(cancellationToken))
        {
            if (cut.Take(operation) is { } full)
            {
                yield return full;
            }
        }

        if (cut.Rest.Count > 0)
        {
            yield return cut.Rest;
        }
    }

    /// <summary>Gathers operations until the next one would break a limit.</summary>
    private sealed class Cut(string table)
    {
        private List<TableOperation> _chunk = [];
        private int _size;

        public IReadOnlyList<TableOperation> Rest => _chunk;

        /// <returns>What was gathered before, if this one does not go with it.</returns>
        public IReadOnlyList<TableOperation>? Take(TableOperation operation)
        {
            var next = StorageLimits.Check(table, operation.Entity);
            var full = _chunk;
            var fits = full.Count == 0
                || (full.Count < StorageLimits.BatchOperations && _size + next <= StorageLimits.BatchBytes
                    && string.Equals(full[0].Entity.Key.Partition, operation.Entity.Key.Partition, StringComparison.Ordinal));
            if (!fits)
            {
                (_chunk, _size) = ([], 0);
            }

            _chunk.Add(operation);
            _size += next;
            return fits ? null : full;
        }
    }
}
