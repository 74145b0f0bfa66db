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
        foreach (var chunk in Chunks(table.Name, entities))
        {
            var batch = chunk.ConvertAll(TableOperation.Add);
            if (await table.BatchAsync(batch, cancellationToken) is BatchResult.Saved)
            {
                added.AddRange(chunk);
                continue;
            }

            foreach (var entity in chunk)
            {
                if (await table.AddAsync(entity, cancellationToken) is AddResult.Added)
                {
                    added.Add(entity);
                }
            }
        }

        return added;
    }

    /// <summary>Cuts by Azure's limits of a batch: 100 operations, 4 MiB.</summary>
    private static IEnumerable<List<Entity>> Chunks(string table, IReadOnlyList<Entity> entities)
    {
        var chunk = new List<Entity>();
        var size = 0;
        foreach (var entity in entities)
        {
            var next = StorageLimits.Check(table, entity);
            if (chunk.Count == StorageLimits.BatchOperations || (chunk.Count > 0 && size + next > StorageLimits.BatchBytes))
            {
                yield return chunk;
                chunk = [];
                size = 0;
            }

            chunk.Add(entity);
            size += next;
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}
