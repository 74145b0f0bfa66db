using System.Security.Cryptography;
using Monitoring.Storage;
using Monitoring.Storage.AzureStorage;
using Monitoring.Work;

namespace Monitoring.App.Hosting;

/// <summary>A storage account: any number of workers, on any number of machines. What goes wrong with it is told by the clients, in one line.</summary>
internal sealed class AzureStore : IStoreEngines
{
    private const string Container = "monitoring";

    /// <summary>Leases are of the engine, and do not move with what is kept.</summary>
    private const string LeaseContainer = "monitoring-leases";

    private readonly TableServiceClient _tables;
    private readonly BlobContainerClient _blobs;
    private readonly BlobContainerClient _leases;
    private readonly QueueServiceClient _queue;
    private readonly TimeProvider _time;

    public AzureStore(StorageAccount account, TimeProvider time)
    {
        var options = new StorageClientOptions();
        _tables = new TableServiceClient(account, options, time);
        _blobs = new BlobContainerClient(account, Container, options, time);
        _leases = new BlobContainerClient(account, LeaseContainer, options, time);
        Tables = new LimitedTables(_tables);
        _queue = new QueueServiceClient(account, new PoisonStore(Tables), options, time);
        _time = time;
        Place = account.Tables.Authority + account.Tables.AbsolutePath.TrimEnd('/');
    }

    public string Place { get; }

    public ITables Tables { get; }

    public IBlobStore Blobs => _blobs;

    public IWorkQueue Queue => _queue;

    public ILeases Leases => _leases.Leases;

    public string Holder { get; } = RandomNumberGenerator.GetHexString(16, lowercase: true);

    public Task CheckVersionAsync(CancellationToken cancellationToken) => new StoreVersion(Tables).CheckAsync(Place, cancellationToken);

    public async Task<IDisposable> BecomeWorkerAsync(IReadOnlyCollection<string> kinds, CancellationToken cancellationToken)
    {
        await new StoreVersion(Tables).WriteAsync(_time.GetUtcNow(), cancellationToken);
        await _blobs.CreateAsync(cancellationToken);
        using (var mark = new MemoryStream())
        {
            await _leases.PutAsync("started", mark, BlobCondition.CreateOnly, cancellationToken);
        }

        foreach (var kind in kinds)
        {
            await _queue.CreateAsync(kind, cancellationToken);
        }

        return new NoPlace();
    }

    public ValueTask DisposeAsync()
    {
        _tables.Dispose();
        _blobs.Dispose();
        _leases.Dispose();
        _queue.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>There is room for any number.</summary>
    private sealed class NoPlace : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
