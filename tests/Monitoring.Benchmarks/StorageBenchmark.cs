using Azure.Core.Pipeline;
using Monitoring.Storage;
using Monitoring.Storage.AzureStorage;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Benchmarks;

/// <summary>
/// Our client of the Azure services against an <see cref="HttpClient"/> that sends the same requests, signed beforehand, to the same Azurite and reads the
/// answers as bytes. Ours also writes and reads rows, signs, and knows what to do about lost answers.
/// </summary>
internal static class StorageBenchmark
{
    /// <summary>Azurite takes milliseconds for each row of a batch.</summary>
    private const int Inserted = 1_000;

    private const int Scanned = 10_000;
    private const int BatchLength = 100;
    private const int Messages = 500;
    private const string Kind = "visit-source";

    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler());
        var tables = 0;
        var isReached = await Race.RunAsync($"insert {Inserted} rows in batches of {BatchLength}", Inserted, () => InsertAsync($"Ours{tables++}", Inserted), () => RawInsertAsync($"Raw{tables++}", http));
        var account = await TakeAsync();
        await (await InsertAsync("Items", Scanned, account))();
        isReached &= await Race.RunAsync($"scan a partition of {Scanned} rows", Scanned, () => Task.FromResult(Scan(account)), () => RawScanAsync(account, http));
        isReached &= await Race.RunAsync($"receive {Messages} messages", Messages, ReceiveAsync, () => RawReceiveAsync(http));
        isReached &= await Race.RunAsync($"complete {Messages} messages", Messages, CompleteAsync, () => RawCompleteAsync(http));
        return isReached ? 0 : 1;
    }

    private static async Task<StorageAccount> TakeAsync() => ConnectionString.Parse((await AzuriteProcess.TakeAsync()).ConnectionString);

    private static async Task<Func<Task>> InsertAsync(string table, int rows, StorageAccount? given = null)
    {
        var account = given ?? await TakeAsync();
        var client = new TableServiceClient(account, new StorageClientOptions(), TimeProvider.System);
        await CreateAsync(client, table);
        var batches = Batches(rows);
        return async () =>
        {
            foreach (var batch in batches)
            {
                Need(await client.Open(table).BatchAsync(batch, CancellationToken.None) is BatchResult.Saved);
            }

            client.Dispose();
        };
    }

    private static async Task<Func<Task>> RawInsertAsync(string table, HttpClient http)
    {
        var account = await TakeAsync();
        using var client = new TableServiceClient(account, new StorageClientOptions(), TimeProvider.System);
        await CreateAsync(client, table);
        var recorded = new RecordedRequests(passOn: false);
        using var recording = new TableServiceClient(account, Through(recorded), TimeProvider.System);
        foreach (var batch in Batches(Inserted))
        {
            await RefusedAsync(recording.Open(table).BatchAsync(batch, CancellationToken.None));
        }

        return SendAll(recorded.Take(), http);
    }

    private static Func<Task> Scan(StorageAccount account) => async () =>
    {
        using var client = new TableServiceClient(account, new StorageClientOptions(), TimeProvider.System);
        Need(await client.Open("Items").QueryAsync(new RangeQuery("p"), CancellationToken.None).CountAsync() == Scanned);
    };

    private static async Task<Func<Task>> RawScanAsync(StorageAccount account, HttpClient http)
    {
        var recorded = new RecordedRequests(passOn: true);
        using var recording = new TableServiceClient(account, Through(recorded), TimeProvider.System);
        Need(await recording.Open("Items").QueryAsync(new RangeQuery("p"), CancellationToken.None).CountAsync() == Scanned);
        return SendAll(recorded.Take(), http);
    }

    private static async Task<Func<Task>> ReceiveAsync()
    {
        var queue = Queue(await FilledAsync(), new StorageClientOptions());
        return async () => Need((await queue.ReceiveAsync(Kind, Messages + 1, Lease, CancellationToken.None)).Count == Messages);
    }

    private static async Task<Func<Task>> RawReceiveAsync(HttpClient http)
    {
        var recorded = new RecordedRequests(passOn: true);
        var account = await FilledAsync();

        // Recorded on a queue that is as full, and sent to it again when it is full again.
        await Queue(account, Through(recorded)).ReceiveAsync(Kind, Messages + 1, Lease, CancellationToken.None);
        await FillAsync(account);
        return SendAll(recorded.Take(), http);
    }

    private static async Task<Func<Task>> CompleteAsync()
    {
        var account = await FilledAsync();
        var queue = Queue(account, new StorageClientOptions());
        var received = await queue.ReceiveAsync(Kind, Messages, Lease, CancellationToken.None);
        return async () =>
        {
            foreach (var work in received)
            {
                Need(await queue.CompleteAsync(work, CancellationToken.None));
            }
        };
    }

    private static async Task<Func<Task>> RawCompleteAsync(HttpClient http)
    {
        var account = await FilledAsync();
        var recorded = new RecordedRequests(passOn: false);
        var recording = Queue(account, Through(recorded));
        foreach (var work in await Queue(account, new StorageClientOptions()).ReceiveAsync(Kind, Messages, Lease, CancellationToken.None))
        {
            await RefusedAsync(recording.CompleteAsync(work, CancellationToken.None));
        }

        return SendAll(recorded.Take(), http);
    }

    private static Func<Task> SendAll(List<HttpRequestMessage> requests, HttpClient http) => async () =>
    {
        foreach (var request in requests)
        {
            using var answer = await http.SendAsync(request);
            Need(answer.IsSuccessStatusCode);
            await answer.Content.ReadAsByteArrayAsync();
        }
    };

    private static async Task<StorageAccount> FilledAsync()
    {
        var account = await TakeAsync();
        await FillAsync(account);
        return account;
    }

    private static async Task FillAsync(StorageAccount account)
    {
        using var queue = Queue(account, new StorageClientOptions());
        for (var i = 0; i < Messages; i++)
        {
            await queue.EnqueueAsync(new WorkItem(Kind, $"source-{i}"), TimeSpan.Zero, CancellationToken.None);
        }
    }

    private static QueueServiceClient Queue(StorageAccount account, StorageClientOptions options) =>
        new(account, new PoisonStore(new TableServiceClient(account, options, TimeProvider.System)), options, TimeProvider.System);

    private static StorageClientOptions Through(HttpMessageHandler handler) => new() { MaxRetries = 0, Transport = new HttpClientTransport(handler) };

    /// <summary>A table exists from its first row.</summary>
    private static Task CreateAsync(TableServiceClient client, string table) => client.Open(table).AddAsync(new Entity("other", "first"), CancellationToken.None);

    /// <summary>The requests are recorded and answered with a refusal.</summary>
    private static async Task RefusedAsync(Task operation)
    {
        try
        {
            await operation;
        }
        catch (StorageUnavailableException)
        {
            return;
        }

        Need(false);
    }

    private static List<TableOperation[]> Batches(int rows) => [.. Enumerable.Range(0, rows).Select(i => TableOperation.Add(Item(i))).Chunk(BatchLength)];

    private static Entity Item(int i) => new Entity("p", $"{i:x8}")
        .Set("Title", $"Журналист Аян Серкебаев задержан у здания суда, {i}")
        .Set("Summary", "Мирас Кыранбеков сегодня утром снимал очередь у входа. Свидетели говорят, что его увезли в районный отдел полиции.")
        .Set("Link", $"https://stepnoy-vestnik.test/novosti/2026/11/{i}")
        .Set("SourceId", "source-17")
        .Set("Language", "ru")
        .Set("Published", Start.AddMinutes(i))
        .Set("FirstSeen", Start.AddMinutes(i + 5))
        .Set("Revision", (long)i)
        .Set("Score", i / 7.0)
        .Set("IsListed", true);

    private static void Need(bool isSo)
    {
        if (!isSo)
        {
            throw new InvalidOperationException("A run did not do what it measures.");
        }
    }
}
