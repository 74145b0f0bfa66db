using System.Text.RegularExpressions;

namespace Monitoring.Storage;

/// <summary>Enforces <see cref="StorageLimits"/> above an engine, so that every engine refuses exactly what Azure refuses.</summary>
public sealed partial class LimitedTables(ITables engine) : ITables
{
    public IEntityTable Open(string name) =>
        IsTableName(name)
            ? new LimitedTable(engine.Open(name))
            : throw new ArgumentException($"'{name}' is no table name: 3 to 63 ASCII letters and digits, the first a letter.", nameof(name));

    public IAsyncEnumerable<string> ListAsync(CancellationToken cancellationToken) => engine.ListAsync(cancellationToken);

    public static bool IsTableName(string name) => TableName().IsMatch(name);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}\\z")]
    private static partial Regex TableName();

    private sealed class LimitedTable(IEntityTable inner) : IEntityTable
    {
        public string Name => inner.Name;

        public Task<Entity?> GetAsync(EntityKey key, IReadOnlyCollection<string>? columns, CancellationToken cancellationToken)
        {
            CheckKey(key);
            return inner.GetAsync(key, columns, cancellationToken);
        }

        public Task<AddResult> AddAsync(Entity entity, CancellationToken cancellationToken)
        {
            StorageLimits.Check(Name, entity);
            return inner.AddAsync(entity, cancellationToken);
        }

        public Task<SaveResult> ReplaceAsync(Entity entity, CancellationToken cancellationToken)
        {
            StorageLimits.Check(Name, entity);
            return inner.ReplaceAsync(entity, cancellationToken);
        }

        public async Task<SaveResult> MergeAsync(Entity entity, CancellationToken cancellationToken)
        {
            StorageLimits.Check(Name, entity);
            await CheckMergedAsync(entity, cancellationToken);
            return await inner.MergeAsync(entity, cancellationToken);
        }

        public Task PutAsync(Entity entity, CancellationToken cancellationToken)
        {
            StorageLimits.Check(Name, entity);
            return inner.PutAsync(entity, cancellationToken);
        }

        public Task<SaveResult> DeleteAsync(EntityKey key, string? etag, CancellationToken cancellationToken)
        {
            CheckKey(key);
            return inner.DeleteAsync(key, etag, cancellationToken);
        }

        public IAsyncEnumerable<Entity> QueryAsync(RangeQuery query, CancellationToken cancellationToken)
        {
            StorageLimits.CheckKey(Name, new EntityKey(query.Partition, ""), query.Partition, "PartitionKey");
            return inner.QueryAsync(query, cancellationToken);
        }

        public async Task<BatchResult> BatchAsync(IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken)
        {
            StorageLimits.CheckBatch(Name, operations);
            foreach (var (_, entity) in operations.Where(operation => operation.Kind == TableOperationKind.Merge))
            {
                await CheckMergedAsync(entity, cancellationToken);
            }

            return await inner.BatchAsync(operations, cancellationToken);
        }

        public IAsyncEnumerable<Entity> EnumerateAllAsync(CancellationToken cancellationToken) => inner.EnumerateAllAsync(cancellationToken);

        /// <summary>What a merge leaves behind counts, not what it brings. If the row is another by now, the engine's own condition says so.</summary>
        private async Task CheckMergedAsync(Entity changes, CancellationToken cancellationToken)
        {
            if (changes.ETag is not null
                && await inner.GetAsync(changes.Key, columns: null, cancellationToken) is { } stored
                && string.Equals(stored.ETag, changes.ETag, StringComparison.Ordinal))
            {
                StorageLimits.Check(Name, stored.Overlay(changes));
            }
        }

        private void CheckKey(EntityKey key)
        {
            StorageLimits.CheckKey(Name, key, key.Partition, "PartitionKey");
            StorageLimits.CheckKey(Name, key, key.Row, "RowKey");
        }
    }
}
