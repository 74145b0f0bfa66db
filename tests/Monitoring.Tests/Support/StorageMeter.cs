using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Monitoring.App.Costs;
using Monitoring.Storage;
using Monitoring.Work;

namespace Monitoring.Tests.Support;

/// <summary>
/// Stands before a store and counts what is asked of it as a storage account bills it: each call is a request, each further page of a list another one, a merge
/// is read first by the limits above the engine, and removing a blob is free.
/// </summary>
internal sealed class StorageMeter
{
    private const int RowsOfPage = 1000;
    private const int BlobsOfPage = 5000;

    private readonly Lock _gate = new();
    private StorageUse _used;

    public void AddTo(IServiceCollection services)
    {
        services.Wrap<ITables>(inner => new Tables(this, inner));
        services.Wrap<IBlobStore>(inner => new Blobs(this, inner));
        services.Wrap<IWorkQueue>(inner => new Queue(this, inner));
        services.Wrap<ILeases>(inner => new Leases(this, inner));
    }

    /// <summary>What was used since the last call.</summary>
    public StorageUse Take()
    {
        lock (_gate)
        {
            var used = _used;
            _used = default;
            return used;
        }
    }

    private void Count(StorageUse use)
    {
        lock (_gate)
        {
            _used += use;
        }
    }

    private Task<T> Row<T>(Task<T> answer, int requests = 1)
    {
        Count(new StorageUse(Tables: requests));
        return answer;
    }

    private Task<T> Message<T>(Task<T> answer)
    {
        Count(new StorageUse(Queues: 1));
        return answer;
    }

    private Task Message(Task done)
    {
        Count(new StorageUse(Queues: 1));
        return done;
    }

    private async IAsyncEnumerable<T> Pages<T>(IAsyncEnumerable<T> rows, int ofPage, StorageUse page, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Count(page);
        var read = 0;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            yield return row;
            if (++read % ofPage == 0)
            {
                Count(page);
            }
        }
    }

    private sealed class Tables(StorageMeter meter, ITables inner) : ITables
    {
        public IEntityTable Open(string name) => new Table(meter, inner.Open(name));

        public IAsyncEnumerable<string> ListAsync(CancellationToken cancellationToken) => meter.Pages(inner.ListAsync(cancellationToken), RowsOfPage, new StorageUse(Tables: 1), cancellationToken);
    }

    private sealed class Table(StorageMeter meter, IEntityTable inner) : IEntityTable
    {
        public string Name => inner.Name;

        public Task<Entity?> GetAsync(EntityKey key, IReadOnlyCollection<string>? columns, CancellationToken cancellationToken) => meter.Row(inner.GetAsync(key, columns, cancellationToken));

        public Task<AddResult> AddAsync(Entity entity, CancellationToken cancellationToken) => meter.Row(inner.AddAsync(entity, cancellationToken));

        public Task<SaveResult> ReplaceAsync(Entity entity, CancellationToken cancellationToken) => meter.Row(inner.ReplaceAsync(entity, cancellationToken));

        public Task<SaveResult> MergeAsync(Entity entity, CancellationToken cancellationToken) => meter.Row(inner.MergeAsync(entity, cancellationToken), requests: 2);

        public Task PutAsync(Entity entity, CancellationToken cancellationToken)
        {
            meter.Count(new StorageUse(Tables: 1));
            return inner.PutAsync(entity, cancellationToken);
        }

        public Task<SaveResult> DeleteAsync(EntityKey key, string? etag, CancellationToken cancellationToken) => meter.Row(inner.DeleteAsync(key, etag, cancellationToken));

        public Task<BatchResult> BatchAsync(IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken) =>
            meter.Row(inner.BatchAsync(operations, cancellationToken), 1 + operations.Count(operation => operation.Kind == TableOperationKind.Merge));

        public IAsyncEnumerable<Entity> QueryAsync(RangeQuery query, CancellationToken cancellationToken) =>
            meter.Pages(inner.QueryAsync(query, cancellationToken), RowsOfPage, new StorageUse(Tables: 1), cancellationToken);

        public IAsyncEnumerable<Entity> EnumerateAllAsync(CancellationToken cancellationToken) =>
            meter.Pages(inner.EnumerateAllAsync(cancellationToken), RowsOfPage, new StorageUse(Tables: 1), cancellationToken);
    }

    private sealed class Blobs(StorageMeter meter, IBlobStore inner) : IBlobStore
    {
        public Task<PutBlobResult> PutAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken) =>
            Use(new StorageUse(BlobWrites: 1), inner.PutAsync(name, content, condition, cancellationToken));

        public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) => Use(new StorageUse(BlobReads: 1), inner.OpenAsync(name, cancellationToken));

        public Task<BlobProperties?> GetPropertiesAsync(string name, CancellationToken cancellationToken) =>
            Use(new StorageUse(BlobReads: 1), inner.GetPropertiesAsync(name, cancellationToken));

        public IAsyncEnumerable<BlobProperties> ListAsync(string prefix, CancellationToken cancellationToken) =>
            meter.Pages(inner.ListAsync(prefix, cancellationToken), BlobsOfPage, new StorageUse(BlobWrites: 1), cancellationToken);

        public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

        private Task<T> Use<T>(StorageUse use, Task<T> answer)
        {
            meter.Count(use);
            return answer;
        }
    }

    private sealed class Leases(StorageMeter meter, ILeases inner) : ILeases
    {
        public async Task<ILease?> TryAcquireAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken)
        {
            meter.Count(new StorageUse(BlobReads: 1));
            return await inner.TryAcquireAsync(name, holder, duration, cancellationToken) is { } lease ? new Lease(meter, lease) : null;
        }
    }

    private sealed class Lease(StorageMeter meter, ILease inner) : ILease
    {
        public Task<bool> RenewAsync(CancellationToken cancellationToken)
        {
            meter.Count(new StorageUse(BlobReads: 1));
            return inner.RenewAsync(cancellationToken);
        }

        public Task ReleaseAsync(CancellationToken cancellationToken)
        {
            meter.Count(new StorageUse(BlobReads: 1));
            return inner.ReleaseAsync(cancellationToken);
        }
    }

    private sealed class Queue(StorageMeter meter, IWorkQueue inner) : IWorkQueue
    {
        public Task EnqueueAsync(WorkItem item, TimeSpan visibleAfter, CancellationToken cancellationToken) => meter.Message(inner.EnqueueAsync(item, visibleAfter, cancellationToken));

        public Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(string kind, int max, TimeSpan lease, CancellationToken cancellationToken) =>
            meter.Message(inner.ReceiveAsync(kind, max, lease, cancellationToken));

        public Task<ReceivedWork?> RenewAsync(ReceivedWork work, TimeSpan lease, CancellationToken cancellationToken) => meter.Message(inner.RenewAsync(work, lease, cancellationToken));

        public Task<bool> CompleteAsync(ReceivedWork work, CancellationToken cancellationToken) => meter.Message(inner.CompleteAsync(work, cancellationToken));

        public Task ReleaseAsync(ReceivedWork work, TimeSpan after, string reason, CancellationToken cancellationToken) => meter.Message(inner.ReleaseAsync(work, after, reason, cancellationToken));

        public Task PoisonAsync(ReceivedWork work, string reason, CancellationToken cancellationToken) => meter.Message(inner.PoisonAsync(work, reason, cancellationToken));

        public Task DeferAsync(ReceivedWork work, TimeSpan after, CancellationToken cancellationToken) => meter.Message(inner.DeferAsync(work, after, cancellationToken));

        public Task<IReadOnlyList<QueueState>> GetStateAsync(CancellationToken cancellationToken) => meter.Message(inner.GetStateAsync(cancellationToken));

        public IAsyncEnumerable<PoisonedWork> ListPoisonAsync(CancellationToken cancellationToken) => inner.ListPoisonAsync(cancellationToken);

        public Task<bool> RequeuePoisonAsync(string id, CancellationToken cancellationToken) => meter.Message(inner.RequeuePoisonAsync(id, cancellationToken));
    }
}
