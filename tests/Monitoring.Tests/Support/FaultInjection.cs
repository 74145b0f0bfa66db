using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Monitoring.Alerts.Delivery;
using Monitoring.Storage;
using Monitoring.Work;

namespace Monitoring.Tests.Support;

/// <summary>The process is dead from here on.</summary>
internal sealed class SimulatedCrashException() : Exception("The process is dead.");

/// <summary>
/// Stands between the rooms and all their engines, counts writes, and lets the process die before a chosen one: that write and everything after it, reads
/// too, fails.
/// </summary>
internal sealed class FaultInjection(int? dieBefore)
{
    private int? _dieBefore = dieBefore;
    private int _writes;
    private volatile bool _isDead;

    public int Writes => _writes;

    /// <summary>Begins to count anew, alive.</summary>
    public void Arm(int? dieBefore) => (_writes, _dieBefore, _isDead) = (0, dieBefore, false);

    public void AddTo(IServiceCollection services)
    {
        services.Wrap<ITables>(inner => new Tables(this, inner));
        services.Wrap<IBlobStore>(inner => new Blobs(this, inner));
        services.Wrap<IWorkQueue>(inner => new Queue(this, inner));
        services.Wrap<IMailTransport>(inner => new Transport(this, inner));
    }

    private Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        if (Interlocked.Increment(ref _writes) == _dieBefore)
        {
            _isDead = true;
        }

        return ReadAsync(write);
    }

    private Task WriteAsync(Func<Task> write) => WriteAsync(async () =>
    {
        await write();
        return 0;
    });

    private Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        Check();
        return read();
    }

    private void Check()
    {
        if (_isDead)
        {
            throw new SimulatedCrashException();
        }
    }

    private async IAsyncEnumerable<T> Guard<T>(IAsyncEnumerable<T> rows, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            Check();
            yield return row;
        }
    }

    private sealed class Tables(FaultInjection faults, ITables inner) : ITables
    {
        public IEntityTable Open(string name) => new Table(faults, inner.Open(name));

        public IAsyncEnumerable<string> ListAsync(CancellationToken cancellationToken) => faults.Guard(inner.ListAsync(cancellationToken), cancellationToken);
    }

    private sealed class Table(FaultInjection faults, IEntityTable inner) : IEntityTable
    {
        public string Name => inner.Name;

        public Task<Entity?> GetAsync(EntityKey key, IReadOnlyCollection<string>? columns, CancellationToken cancellationToken) => faults.ReadAsync(() => inner.GetAsync(key, columns, cancellationToken));

        public Task<AddResult> AddAsync(Entity entity, CancellationToken cancellationToken) => faults.WriteAsync(() => inner.AddAsync(entity, cancellationToken));

        public Task<SaveResult> ReplaceAsync(Entity entity, CancellationToken cancellationToken) => faults.WriteAsync(() => inner.ReplaceAsync(entity, cancellationToken));

        public Task<SaveResult> MergeAsync(Entity entity, CancellationToken cancellationToken) => faults.WriteAsync(() => inner.MergeAsync(entity, cancellationToken));

        public Task PutAsync(Entity entity, CancellationToken cancellationToken) => faults.WriteAsync(() => inner.PutAsync(entity, cancellationToken));

        public Task<SaveResult> DeleteAsync(EntityKey key, string? etag, CancellationToken cancellationToken) => faults.WriteAsync(() => inner.DeleteAsync(key, etag, cancellationToken));

        public IAsyncEnumerable<Entity> QueryAsync(RangeQuery query, CancellationToken cancellationToken) => faults.Guard(inner.QueryAsync(query, cancellationToken), cancellationToken);

        public Task<BatchResult> BatchAsync(IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken) => faults.WriteAsync(() => inner.BatchAsync(operations, cancellationToken));

        public IAsyncEnumerable<Entity> EnumerateAllAsync(CancellationToken cancellationToken) => faults.Guard(inner.EnumerateAllAsync(cancellationToken), cancellationToken);
    }

    private sealed class Blobs(FaultInjection faults, IBlobStore inner) : IBlobStore
    {
        public Task<PutBlobResult> PutAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken) =>
            faults.WriteAsync(() => inner.PutAsync(name, content, condition, cancellationToken));

        public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) => faults.ReadAsync(() => inner.OpenAsync(name, cancellationToken));

        public Task<BlobProperties?> GetPropertiesAsync(string name, CancellationToken cancellationToken) => faults.ReadAsync(() => inner.GetPropertiesAsync(name, cancellationToken));

        public IAsyncEnumerable<BlobProperties> ListAsync(string prefix, CancellationToken cancellationToken) => faults.Guard(inner.ListAsync(prefix, cancellationToken), cancellationToken);

        public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => faults.WriteAsync(() => inner.DeleteAsync(name, cancellationToken));
    }

    private sealed class Queue(FaultInjection faults, IWorkQueue inner) : IWorkQueue
    {
        public Task EnqueueAsync(WorkItem item, TimeSpan visibleAfter, CancellationToken cancellationToken) => faults.WriteAsync(() => inner.EnqueueAsync(item, visibleAfter, cancellationToken));

        public async Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(string kind, int max, TimeSpan lease, CancellationToken cancellationToken)
        {
            // An empty queue is only looked at; a lease is a write, after which the process may die.
            var received = await faults.ReadAsync(() => inner.ReceiveAsync(kind, max, lease, cancellationToken));
            return received.Count == 0 ? received : await faults.WriteAsync(() => Task.FromResult(received));
        }

        public Task<ReceivedWork?> RenewAsync(ReceivedWork work, TimeSpan lease, CancellationToken cancellationToken) => faults.WriteAsync(() => inner.RenewAsync(work, lease, cancellationToken));

        public Task<bool> CompleteAsync(ReceivedWork work, CancellationToken cancellationToken) => faults.WriteAsync(() => inner.CompleteAsync(work, cancellationToken));

        public Task ReleaseAsync(ReceivedWork work, TimeSpan after, string reason, CancellationToken cancellationToken) => faults.WriteAsync(() => inner.ReleaseAsync(work, after, reason, cancellationToken));

        public Task PoisonAsync(ReceivedWork work, string reason, CancellationToken cancellationToken) => faults.WriteAsync(() => inner.PoisonAsync(work, reason, cancellationToken));

        public Task DeferAsync(ReceivedWork work, TimeSpan after, CancellationToken cancellationToken) => faults.WriteAsync(() => inner.DeferAsync(work, after, cancellationToken));

        public Task<IReadOnlyList<QueueState>> GetStateAsync(CancellationToken cancellationToken) => faults.ReadAsync(() => inner.GetStateAsync(cancellationToken));

        public IAsyncEnumerable<PoisonedWork> ListPoisonAsync(CancellationToken cancellationToken) => faults.Guard(inner.ListPoisonAsync(cancellationToken), cancellationToken);

        public Task<bool> RequeuePoisonAsync(string id, CancellationToken cancellationToken) => faults.WriteAsync(() => inner.RequeuePoisonAsync(id, cancellationToken));
    }

    private sealed class Transport(FaultInjection faults, IMailTransport inner) : IMailTransport
    {
        public string Name => inner.Name;

        public bool IsIdempotent => inner.IsIdempotent;

        public Task<DeliveryResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken) => faults.WriteAsync(() => inner.SendAsync(mail, cancellationToken));
    }
}
