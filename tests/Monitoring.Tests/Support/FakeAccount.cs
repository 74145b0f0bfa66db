using Azure.Core.Pipeline;
using Monitoring.Storage;
using Monitoring.Storage.AzureStorage;
using Monitoring.Work;

namespace Monitoring.Tests.Support;

/// <summary>Our clients of an account whose three services are one <see cref="FakeStorage"/>, and one operation of each.</summary>
internal sealed class FakeAccount : IDisposable
{
    /// <summary>Must never be told.</summary>
    public const string SecretRow = "row-nobody-may-read-in-a-log";

    /// <inheritdoc cref="SecretRow"/>
    public const string Secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0";

    private static readonly Dictionary<string, Func<FakeAccount, CancellationToken, Task>> All = new(StringComparer.Ordinal)
    {
        ["Table.Get"] = (at, token) => at.Table.GetAsync(Row().Key, columns: null, token),
        ["Table.Insert"] = (at, token) => at.Table.AddAsync(Row(), token),
        ["Table.Replace"] = (at, token) => at.Table.ReplaceAsync(Row(), token),
        ["Table.Merge"] = (at, token) => at.Table.MergeAsync(Row(), token),
        ["Table.Put"] = (at, token) => at.Table.PutAsync(Row(), token),
        ["Table.Delete"] = (at, token) => at.Table.DeleteAsync(Row().Key, etag: null, token),
        ["Table.Query"] = async (at, token) => await at.Table.QueryAsync(new RangeQuery("partition"), token).CountAsync(token),
        ["Table.Batch"] = (at, token) => at.Table.BatchAsync([TableOperation.Add(Row()), TableOperation.Delete(new EntityKey("partition", "two"))], token),
        ["Table.List"] = async (at, token) => await at._tables.ListAsync(token).CountAsync(token),
        ["Blob.Put"] = (at, token) => at.Blobs.PutAsync("captures/one", new MemoryStream([1, 2]), BlobCondition.CreateOnly, token),
        ["Blob.Get"] = async (at, token) => await ReadAsync(await at.Blobs.OpenAsync("captures/one", token), token),
        ["Blob.GetProperties"] = (at, token) => at.Blobs.GetPropertiesAsync("captures/one", token),
        ["Blob.List"] = async (at, token) => await at.Blobs.ListAsync("captures/", token).CountAsync(token),
        ["Blob.Delete"] = (at, token) => at.Blobs.DeleteAsync("captures/one", token),
        ["Blob.AcquireLease"] = (at, token) => at.Leases.TryAcquireAsync("scheduler", "me", TimeSpan.FromSeconds(30), token),
        ["Queue.Put"] = (at, token) => at.Queue.EnqueueAsync(new WorkItem("visit-source", SecretRow), TimeSpan.Zero, token),
        ["Queue.Get"] = (at, token) => at.Queue.ReceiveAsync("visit-source", 1, TimeSpan.FromMinutes(1), token),
        ["Queue.Update"] = (at, token) => at.Queue.RenewAsync(Work(), TimeSpan.FromMinutes(1), token),
        ["Queue.Delete"] = (at, token) => at.Queue.CompleteAsync(Work(), token),
        ["Queue.List"] = (at, token) => at.Queue.GetStateAsync(token),
    };

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly TableServiceClient _tables;
    private readonly BlobContainerClient _blobs;
    private readonly QueueServiceClient _queue;

    public FakeAccount(StorageAccount account, StorageClientOptions? options = null, TimeProvider? time = null)
    {
        var given = options ?? RelayedAccount.Quick(Long, retries: 2);
        _tables = new TableServiceClient(account, given, time ?? TimeProvider.System);
        _blobs = new BlobContainerClient(account, "monitoring", given, time ?? TimeProvider.System);
        _queue = new QueueServiceClient(account, new PoisonStore(_tables), given, time ?? TimeProvider.System);
        Table = _tables.Open("Things");
    }

    public FakeAccount(FakeStorage server, StorageClientOptions? options = null, TimeProvider? time = null) : this(At(server), options, time)
    {
    }

    public IEntityTable Table { get; }

    public ITables Tables => _tables;

    public IBlobStore Blobs => _blobs;

    public ILeases Leases => _blobs.Leases;

    public IWorkQueue Queue => _queue;

    /// <summary>Every operation that a store has, by the name it carries in failures.</summary>
    public static IEnumerable<string> Operations => All.Keys;

    public static StorageAccount Somewhere(int port = 9, string scheme = "http", StorageCredential? credential = null)
    {
        var endpoint = new Uri($"{scheme}://127.0.0.1:{port}/account");
        return new StorageAccount(endpoint, endpoint, endpoint, credential ?? new StorageCredential.SharedKey("account", Convert.FromBase64String(Secret)));
    }

    public static StorageAccount At(FakeStorage server) => Somewhere(server.Port);

    /// <summary>Fails at once, without a network.</summary>
    public static HttpPipelineTransport Failing(Exception failure) => new HttpClientTransport(new FailingTransport(failure));

    /// <summary>The network as it is. Every attempt is noted here, because a busy machine may give one up before the service met it.</summary>
    public static HttpPipelineTransport Noting(List<Uri?> attempts) => new HttpClientTransport(new NotingTransport(attempts));

    public Task RunAsync(string operation, CancellationToken cancellationToken = default) => All[operation](this, cancellationToken);

    public void Dispose()
    {
        _tables.Dispose();
        _blobs.Dispose();
        _queue.Dispose();
    }

    public static Entity Row() => new("partition", SecretRow) { ETag = "W/\"datetime'2026-11-22T01%3A24%3A16.0806346Z'\"" };

    public static ReceivedWork Work() => new("visit-source", "id", $"0:{SecretRow}", "{}", 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    private static async Task ReadAsync(Stream? stream, CancellationToken cancellationToken)
    {
        if (stream is not null)
        {
            await using var content = stream;
            await content.CopyToAsync(Stream.Null, cancellationToken);
        }
    }

    private sealed class NotingTransport(List<Uri?> attempts) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            attempts.Add(request.RequestUri);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class FailingTransport(Exception failure) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromException<HttpResponseMessage>(failure);
    }
}
