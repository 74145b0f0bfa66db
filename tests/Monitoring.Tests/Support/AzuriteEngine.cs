using System.Globalization;
using Azure.Core.Pipeline;
using Monitoring.Storage;
using Monitoring.Storage.AzureStorage;
using Monitoring.Work;

namespace Monitoring.Tests.Support;

/// <summary>An account of its own in Azurite, which lives by the clock of the test.</summary>
internal sealed class AzuriteEngine : IEngine
{
    private readonly TableServiceClient _tables;
    private readonly BlobContainerClient _blobs;
    private readonly QueueServiceClient _queue;

    private AzuriteEngine(StorageAccount account, TestClock clock)
    {
        var options = new StorageClientOptions { MaxRetries = 0, Transport = new HttpClientTransport(new ClockHeader(clock)) };
        _tables = new TableServiceClient(account, options, clock);
        _blobs = new BlobContainerClient(account, "monitoring", options, clock);
        _queue = new QueueServiceClient(account, new PoisonStore(new LimitedTables(_tables)), options, clock);
    }

    public ITables Tables => _tables;

    public IBlobStore Blobs => _blobs;

    public IWorkQueue Queue => _queue;

    public ILeases Leases => _blobs.Leases;

    public static async Task<IEngine> CreateAsync(TestClock clock) =>
        new AzuriteEngine(ConnectionString.Parse((await AzuriteProcess.TakeAsync()).ConnectionString), clock);

    public ValueTask DisposeAsync()
    {
        _tables.Dispose();
        _blobs.Dispose();
        _queue.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Tells Azurite the time of the test.</summary>
    private sealed class ClockHeader(TimeProvider clock) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("x-test-now", clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
