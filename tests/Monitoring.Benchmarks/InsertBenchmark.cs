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
/// Insert-if-absent of 100,000 items in batches of 100: our table against a loop by hand with one prepared statement, on the same schema, pragmas,
/// keys and batches. The loop gets its rows ready-made; ours makes them of entities, checks the limits of Azure and gives ETags back.
/// </summary>
public class InsertBenchmark
{
    private const int Items = 100_000;
    private const int BatchLength = 100;

    private List<Entity[]> _batches = [];
    private List<(string Partition, string Row, string ETag, string Columns)[]> _rows = [];
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
        _batches = [.. Enumerable.Range(0, Items).Select(Item).Chunk(BatchLength)];
        _rows = [.. _batches.Select(batch => batch.Select(item => (item.Key.Partition, item.Key.Row, "0000000000000000", Columns(item))).ToArray())];
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
        var added = 0;
        foreach (var batch in _rows)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var row in batch)
            {
                (parameters[0].Value, parameters[1].Value, parameters[2].Value, parameters[3].Value) = row;
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
        foreach (var batch in _batches)
        {
            var result = await table.BatchAsync([.. batch.Select(TableOperation.Add)], CancellationToken.None);
            added += result is BatchResult.Saved ? batch.Length : 0;
        }

        return added;
    }

    private static Entity Item(int i) => new Entity($"source-{i / BatchLength % 50:00}", Keys.NewestFirst(DateTimeOffset.UnixEpoch.AddMinutes(i)) + "-" + i.ToString("x8", System.Globalization.CultureInfo.InvariantCulture))
        .Set("Title", $"Журналист Аян Серкебаев задержан у здания суда, {i}")
        .Set("Summary", "Мирас Кыранбеков сегодня утром снимал очередь у входа. Свидетели говорят, что его увезли в районный отдел полиции. Редакция ждёт ответа.")
        .Set("Link", $"https://stepnoy-vestnik.test/novosti/2026/11/{i}")
        .Set("Language", "ru")
        .Set("Published", DateTimeOffset.UnixEpoch.AddMinutes(i))
        .Set("FirstSeen", DateTimeOffset.UnixEpoch.AddMinutes(i + 5))
        .Set("Identity", $"https://stepnoy-vestnik.test/?p={i}")
        .Set("Revision", (long)i);

    private static string Columns(Entity item) => System.Text.Encoding.UTF8.GetString(ColumnsJson.Write(item));

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
