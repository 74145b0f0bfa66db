using System.Runtime.CompilerServices;
using Monitoring.Storage;

namespace Monitoring.Tests.Support;

/// <param name="Method">The method of <see cref="IEntityTable"/>, e.g. <c>PutAsync</c>.</param>
/// <param name="Partition">Of the row, range or batch; empty for everything.</param>
internal sealed record TableCall(string Table, string Method, string Partition)
{
    public bool IsWrite => Method is not (nameof(IEntityTable.GetAsync) or nameof(IEntityTable.QueryAsync) or nameof(IEntityTable.EnumerateAllAsync));
}

/// <summary>Lets a test count the calls of a store, wait in them, write between them, or make them fail.</summary>
internal sealed class HookedTables(ITables inner, Func<TableCall, Task> before) : ITables
{
    public IEntityTable Open(string name) => new Table(inner.Open(name), before);

    public IAsyncEnumerable<string> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    private sealed class Table(IEntityTable inner, Func<TableCall, Task> before) : IEntityTable
    {
        public string Name => inner.Name;

        public Task<Entity?> GetAsync(EntityKey key, IReadOnlyCollection<string>? columns, CancellationToken cancellationToken) =>
            CallAsync(key.Partition, () => inner.GetAsync(key, columns, cancellationToken));

        public Task<AddResult> AddAsync(Entity entity, CancellationToken cancellationToken) => CallAsync(entity.Key.Partition, () => inner.AddAsync(entity, cancellationToken));

        public Task<SaveResult> ReplaceAsync(Entity entity, CancellationToken cancellationToken) =>
            CallAsync(entity.Key.Partition, () => inner.ReplaceAsync(entity, cancellationToken));

        public Task<SaveResult> MergeAsync(Entity entity, CancellationToken cancellationToken) => CallAsync(entity.Key.Partition, () => inner.MergeAsync(entity, cancellationToken));

        public Task PutAsync(Entity entity, CancellationToken cancellationToken) => CallAsync(
            entity.Key.Partition,
            async () =>
            {
                await inner.PutAsync(entity, cancellationToken);
                return 0;
            });

        public Task<SaveResult> DeleteAsync(EntityKey key, string? etag, CancellationToken cancellationToken) =>
            CallAsync(key.Partition, () => inner.DeleteAsync(key, etag, cancellationToken));

        public Task<BatchResult> BatchAsync(IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken) =>
            CallAsync(operations[0].Entity.Key.Partition, () => inner.BatchAsync(operations, cancellationToken));

        public IAsyncEnumerable<Entity> QueryAsync(RangeQuery query, CancellationToken cancellationToken) =>
            ReadAsync(query.Partition, nameof(QueryAsync), inner.QueryAsync(query, cancellationToken), cancellationToken);

        public IAsyncEnumerable<Entity> EnumerateAllAsync(CancellationToken cancellationToken) =>
            ReadAsync("", nameof(EnumerateAllAsync), inner.EnumerateAllAsync(cancellationToken), cancellationToken);

        private async Task<T> CallAsync<T>(string partition, Func<Task<T>> call, [CallerMemberName] string method = "")
        {
            await before(new TableCall(inner.Name, method, partition));
            return await call();
        }

        private async IAsyncEnumerable<Entity> ReadAsync(string partition, string method, IAsyncEnumerable<Entity> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await before(new TableCall(inner.Name, method, partition));
            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                yield return row;
            }
        }
    }
}
