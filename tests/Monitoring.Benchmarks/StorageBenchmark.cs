using System.Text.RegularExpressions;
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
internal static partial class StorageBenchmark
{
    /// <summary>Azurite takes milliseconds for each row of a batch.</summary>
    private const int Inserted = 1_000;

    private const int Scanned = 10_000;
    private const int BatchLength = 100;
    private const int Messages = 500;
    private const string Kind = "visit-source";
    private const string Table = "Items";

    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler());
        var isReached = await Race.RunAsync($"receive and complete {Messages} messages", Messages, WorkAsync, () => RawWorkAsync(http));
        isReached &= await Race.RunAsync($"insert {Inserted} rows in batches of {BatchLength}", Inserted, () => InsertAsync(Inserted), () => RawInsertAsync(http));
        var account = await TakeAsync();
        await (await InsertAsync(Scanned, account))();
        isReached &= await Race.RunAsync($"scan a partition of {Scanned} rows", Scanned, () => Task.FromResult(Scan(account)), () => RawScanAsync(account, http));
        return isReached ? 0 : 1;
    }

    private static async Task<StorageAccount> TakeAsync() => ConnectionString.Parse((await AzuriteProcess.TakeAsync()).ConnectionString);

    private static async Task<Func<Task>> InsertAsync(int rows, StorageAccount? given = null)
    {
        var account = given ?? await TakeAsync();
        var client = new TableServiceClient(account, new StorageClientOptions(), TimeProvider.System);
        await CreateAsync(client);
        var batches = Batches(rows);
        return async () =>
        {
            foreach (var batch in batches)
            {
                Need(await client.Open(Table).BatchAsync(batch, CancellationToken.None) is BatchResult.Saved);
            }

            client.Dispose();
        };
    }

    private static async Task<Func<Task>> RawInsertAsync(HttpClient http)
    {
        var account = await TakeAsync();
        using var client = new TableServiceClient(account, new StorageClientOptions(), TimeProvider.System);
        await CreateAsync(client);
        var recorded = new RecordedRequests(passOn: false);
        using var recording = new TableServiceClient(account, Through(recorded), TimeProvider.System);
        foreach (var batch in Batches(Inserted))
        {
            await RefusedAsync(recording.Open(Table).BatchAsync(batch, CancellationToken.None));
        }

        return SendAll(recorded.Take(), http);
    }

    private static Func<Task> Scan(StorageAccount account) => async () =>
    {
        using var client = new TableServiceClient(account, new StorageClientOptions(), TimeProvider.System);
        Need(await client.Open(Table).QueryAsync(new RangeQuery("p"), CancellationToken.None).CountAsync() == Scanned);
    };

    private static async Task<Func<Task>> RawScanAsync(StorageAccount account, HttpClient http)
    {
        var recorded = new RecordedRequests(passOn: true);
        using var recording = new TableServiceClient(account, Through(recorded), TimeProvider.System);
        Need(await recording.Open(Table).QueryAsync(new RangeQuery("p"), CancellationToken.None).CountAsync() == Scanned);
        return SendAll(recorded.Take(), http);
    }

    private static async Task<Func<Task>> WorkAsync()
    {
        var queue = Queue(await FilledAsync());
        return async () =>
        {
            var done = 0;
            while (await queue.ReceiveAsync(Kind, 32, Lease, CancellationToken.None) is { Count: > 0 } received)
            {
                foreach (var work in received)
                {
                    done += await queue.CompleteAsync(work, CancellationToken.None) ? 1 : 0;
                }
            }

            Need(done == Messages);
        };
    }

    /// <summary>Receipts are only known when the messages have come: these requests cannot be prepared, and are signed by hand.</summary>
    private static async Task<Func<Task>> RawWorkAsync(HttpClient http)
    {
        var raw = new HandSigned(await FilledAsync(), http);
        return async () =>
        {
            var done = 0;
            for (var isEmpty = false; !isEmpty;)
            {
                using var answer = await raw.QueueAsync(HttpMethod.Get, $"/work-{Kind}/messages?numofmessages=32&visibilitytimeout=300");
                var messages = Message().Matches(await answer.Content.ReadAsStringAsync());
                foreach (Match message in messages)
                {
                    using var removed = await raw.QueueAsync(HttpMethod.Delete, $"/work-{Kind}/messages/{message.Groups[1].Value}?popreceipt={Uri.EscapeDataString(message.Groups[2].Value)}");
                    done += removed.IsSuccessStatusCode ? 1 : 0;
                }

                isEmpty = messages.Count == 0;
            }

            Need(done == Messages);
        };
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

    private static async Task<AzuriteAccount> FilledAsync()
    {
        var account = await AzuriteProcess.TakeAsync();
        using var queue = Queue(account);
        for (var i = 0; i < Messages; i++)
        {
            await queue.EnqueueAsync(new WorkItem(Kind, $"source-{i}"), TimeSpan.Zero, CancellationToken.None);
        }

        return account;
    }

    private static QueueServiceClient Queue(AzuriteAccount taken)
    {
        var (account, options) = (ConnectionString.Parse(taken.ConnectionString), new StorageClientOptions());
        return new QueueServiceClient(account, new PoisonStore(new TableServiceClient(account, options, TimeProvider.System)), options, TimeProvider.System);
    }

    private static StorageClientOptions Through(HttpMessageHandler handler) => new() { MaxRetries = 0, Transport = new HttpClientTransport(handler) };

    /// <summary>A table exists from its first row.</summary>
    private static Task CreateAsync(TableServiceClient client) => client.Open(Table).AddAsync(new Entity("other", "first"), CancellationToken.None);

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

    [GeneratedRegex("<MessageId>(.*?)</MessageId>.*?<PopReceipt>(.*?)</PopReceipt>", RegexOptions.Singleline)]
    private static partial Regex Message();
}
