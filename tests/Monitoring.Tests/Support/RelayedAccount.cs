using Azure.Core.Pipeline;
using Monitoring.Storage;
using Monitoring.Storage.AzureStorage;
using Monitoring.Work;

namespace Monitoring.Tests.Support;

/// <summary>An account in Azurite that our clients see through relays and others directly.</summary>
internal sealed class RelayedAccount : IAsyncDisposable
{
    private readonly TableServiceClient _tables;
    private readonly TableServiceClient _theirs;

    private RelayedAccount(StorageAccount account)
    {
        TableRelay = new StorageRelay(account.Tables);
        BlobRelay = new StorageRelay(account.Blobs);
        QueueRelay = new StorageRelay(account.Queues);
        var relayed = account with { Tables = TableRelay.Endpoint, Blobs = BlobRelay.Endpoint, Queues = QueueRelay.Endpoint };

        // Long enough for an honest answer on a busy machine: whatever else is lost must only cost time.
        var options = Quick(TimeSpan.FromSeconds(1));
        _tables = new TableServiceClient(relayed, options, TimeProvider.System);
        Blobs = new BlobContainerClient(relayed, "monitoring", options, TimeProvider.System);
        Queue = new QueueServiceClient(relayed, new PoisonStore(_tables), options, TimeProvider.System);
        _theirs = new TableServiceClient(account, new StorageClientOptions(), TimeProvider.System);
        TheirBlobs = new BlobContainerClient(account, "monitoring", new StorageClientOptions(), TimeProvider.System);
        Table = _tables.Open("Things");
        TheirTable = _theirs.Open("Things");
    }

    public StorageRelay TableRelay { get; }

    public StorageRelay BlobRelay { get; }

    public StorageRelay QueueRelay { get; }

    public IEntityTable Table { get; }

    public BlobContainerClient Blobs { get; }

    public QueueServiceClient Queue { get; }

    public IEntityTable TheirTable { get; }

    public BlobContainerClient TheirBlobs { get; }

    /// <summary>Retries without waiting long.</summary>
    public static StorageClientOptions Quick(TimeSpan networkTimeout, int retries = 5, HttpPipelineTransport? transport = null) => new()
    {
        MaxRetries = retries,
        Delay = TimeSpan.FromMilliseconds(1),
        MaxDelay = TimeSpan.FromMilliseconds(5),
        NetworkTimeout = networkTimeout,
        Transport = transport,
    };

    public static async Task<RelayedAccount> TakeAsync() => new(ConnectionString.Parse((await AzuriteProcess.TakeAsync()).ConnectionString));

    public async ValueTask DisposeAsync()
    {
        _tables.Dispose();
        _theirs.Dispose();
        Blobs.Dispose();
        TheirBlobs.Dispose();
        Queue.Dispose();
        await TableRelay.DisposeAsync();
        await BlobRelay.DisposeAsync();
        await QueueRelay.DisposeAsync();
    }
}
