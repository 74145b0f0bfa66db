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
        var chunk = new List<TableOperation>();
        var size = 0;
        foreach (var operation in operations)
        {
            var next = StorageLimits.Check(table, operation.Entity);
            if (chunk.Count == StorageLimits.BatchOperations || (chunk.Count > 0 && size + next > StorageLimits.BatchBytes))
            {
                yield return chunk;
                chunk = [];
                size = 0;
            }

            chunk.Add(operation);
            size += next;
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}
