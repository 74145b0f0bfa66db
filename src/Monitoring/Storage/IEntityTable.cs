namespace Monitoring.Storage;

/// <summary>
/// A table with the semantics of Azure Tables, and nothing more. Engines: SQLite, Azure Tables.
/// Contention is answered by result types; an unreachable or damaged store throws <see cref="StorageUnavailableException"/>.
/// A write that returned is durable: it survives a power cut.
/// </summary>
public interface IEntityTable
{
    string Name { get; }

    /// <summary>The row, or null. <paramref name="columns"/> selects what is read; null reads all.</summary>
    Task<Entity?> GetAsync(EntityKey key, IReadOnlyCollection<string>? columns, CancellationToken cancellationToken);

    /// <summary>Inserts if absent. A crash before the answer may have stored the row: adding again then says <see cref="AddResult.AlreadyThere"/>.</summary>
    Task<AddResult> AddAsync(Entity entity, CancellationToken cancellationToken);

    /// <summary>Replaces all columns if the stored ETag equals <see cref="Entity.ETag"/> (which must be set).</summary>
    Task<SaveResult> ReplaceAsync(Entity entity, CancellationToken cancellationToken);

    /// <summary>Overwrites the columns that <paramref name="entity"/> has and leaves the others, under the same condition.</summary>
    Task<SaveResult> MergeAsync(Entity entity, CancellationToken cancellationToken);

    /// <summary>Inserts or replaces without a condition.</summary>
    Task PutAsync(Entity entity, CancellationToken cancellationToken);

    /// <summary>Deletes; with <paramref name="etag"/> only if the stored row still has it. Gone is an answer.</summary>
    Task<SaveResult> DeleteAsync(EntityKey key, string? etag, CancellationToken cancellationToken);

    /// <summary>Reads a range page by page: a long read holds no lock, and may or may not see rows written meanwhile.</summary>
    IAsyncEnumerable<Entity> QueryAsync(RangeQuery query, CancellationToken cancellationToken);

    /// <summary>At most 100 operations on different rows of one partition, all or nothing.</summary>
    Task<BatchResult> BatchAsync(IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken);

    /// <summary>
    /// Every row, in ordinal order of partitions and in them of rows; as every range, read page by page. For maintenance only (copy, backup, rematch): no
    /// user path may call this.
    /// </summary>
    IAsyncEnumerable<Entity> EnumerateAllAsync(CancellationToken cancellationToken);
}

/// <summary>The tables of one store. A table exists from its first use.</summary>
public interface ITables
{
    /// <param name="name">3 to 63 ASCII letters and digits, the first a letter.</param>
    IEntityTable Open(string name);

    /// <summary>The names of the tables that exist, in ordinal order; whether one that was only opened exists, engines answer differently. For maintenance only.</summary>
    IAsyncEnumerable<string> ListAsync(CancellationToken cancellationToken);
}
