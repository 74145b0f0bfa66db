using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Microsoft.Data.Sqlite;
using Monitoring.Storage;
using Monitoring.Storage.Sqlite;

namespace Monitoring.Benchmarks;

/// <summary>
/// Insert-if-absent of 100,000 items in batches of 100: our table against a loop by hand with one prepared statement, on the same schema, pragmas, keys,
/// columns and batches. Both begin with the items; ours also checks the limits of Azure, gives ETags back and survives contention.
/// </summary>
public class InsertBenchmark
{
    private const int Items = 100_000;
    private const int BatchLength = 100;
    private const string Summary = "Мирас Кыранбеков сегодня утром снимал очередь у входа. Свидетели говорят, что его увезли в районный отдел полиции.";

    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly ArrayBufferWriter<byte> _json = new();
    private string _file = "";

    /// <summary>On a disk waiting for it weighs most; in memory only the work does.</summary>
    [Params("disk", "memory")]
    public string Where { get; set; } = "";

    public static int Run()
    {
        // In this process: the batches need no build of their own.
        var job = Job.Default.WithStrategy(RunStrategy.Monitoring).WithWarmupCount(1).WithIterationCount(5).WithInvocationCount(1).WithUnrollFactor(1)
            .WithToolchain(InProcessEmitToolchain.Instance);
        var summary = BenchmarkRunner.Run<InsertBenchmark>(DefaultConfig.Instance.AddJob(job).WithArtifactsPath(Path.Combine(Path.GetTempPath(), "monitoring-benchmarks")));
        return summary.HasCriticalValidationErrors ? 1 : 0;
    }

    [IterationSetup]
    public void Prepare()
    {
        var folder = Where == "memory" && Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        _file = Path.Combine(folder, $"monitoring-insert-{Guid.NewGuid():N}.db");
    }

    [IterationCleanup]
    public void Clean()
    {
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete(_file + suffix);
        }
    }

    [Benchmark(Baseline = true, Description = "prepared statement by hand")]
    public int ByHand()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _file, Pooling = false }.ToString());
        connection.Open();
        Run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8192; PRAGMA journal_size_limit=67108864");
        Run(connection, "CREATE TABLE t_Items (pk TEXT NOT NULL, rk TEXT NOT NULL, etag TEXT NOT NULL, cols TEXT NOT NULL, PRIMARY KEY (pk, rk)) WITHOUT ROWID");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO t_Items (pk, rk, etag, cols) VALUES ($0, $1, $2, $3) ON CONFLICT DO NOTHING";
        var parameters = Enumerable.Range(0, 4).Select(i => insert.Parameters.Add("$" + i, SqliteType.Text)).ToArray();
        using var json = new Utf8JsonWriter(_json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        var added = 0;
        foreach (var batch in Enumerable.Range(0, Items).Chunk(BatchLength))
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var i in batch)
            {
                (parameters[0].Value, parameters[1].Value) = (Partition(i), Row(i));
                (parameters[2].Value, parameters[3].Value) = (i.ToString("x16", CultureInfo.InvariantCulture), Columns(json, i));
                added += insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return added;
    }

    [Benchmark(Description = "our table")]
    public async Task<int> OurTable()
    {
        await using var database = SqliteDatabase.Open(new SqliteOptions { File = _file });
        var table = new LimitedTables(new SqliteTables(database)).Open("Items");
        var added = 0;
        foreach (var batch in Enumerable.Range(0, Items).Chunk(BatchLength))
        {
            var result = await table.BatchAsync([.. batch.Select(i => TableOperation.Add(Item(i)))], CancellationToken.None);
            added += result is BatchResult.Saved ? batch.Length : 0;
        }

        return added;
    }

    private static Entity Item(int i) => new Entity(Partition(i), Row(i))
        .Set("Title", Title(i))
        .Set("Summary", Summary)
        .Set("Link", Link(i))
        .Set("Language", "ru")
        .Set("Published", Start.AddMinutes(i))
        .Set("FirstSeen", Start.AddMinutes(i + 5))
        .Set("Revision", (long)i);

    private string Columns(Utf8JsonWriter json, int i)
    {
        _json.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        json.WriteString("Title", Title(i));
        json.WriteString("Summary", Summary);
        json.WriteString("Link", Link(i));
        json.WriteString("Language", "ru");
        WriteTime(json, "Published", Start.AddMinutes(i));
        WriteTime(json, "FirstSeen", Start.AddMinutes(i + 5));
        json.WriteNumber("Revision", i);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(_json.WrittenSpan);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset time)
    {
        json.WriteStartObject(name);
        json.WriteString("time", time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static string Partition(int i) => $"source-{i / BatchLength % 50:00}";

    private static string Row(int i) => string.Create(CultureInfo.InvariantCulture, $"{Keys.NewestFirst(Start.AddMinutes(i))}-{i:x8}");

    private static string Title(int i) => $"Журналист Аян Серкебаев задержан у здания суда, {i}";

    private static string Link(int i) => $"https://stepnoy-vestnik.test/novosti/2026/11/{i}";

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
