using System.Globalization;
using Monitoring.Storage;
using Monitoring.Storage.Sqlite;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage;

/// <summary>Writes that share a transaction share nothing else: each gets its own answer, and what fails is undone alone.</summary>
public sealed class SqliteWriterTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private SqliteDatabase? _database;

    private SqliteDatabase Database => _database!;

    private IEntityTable Table { get; set; } = null!;

    public async Task InitializeAsync()
    {
        _database = SqliteDatabase.Open(new SqliteOptions { File = _folder.File("store.db") });
        Table = new SqliteTables(_database).Open("Things");
        await Table.PutAsync(new Entity("p", "0"), CancellationToken.None);
    }

    public async Task DisposeAsync() => await Database.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Many_concurrent_writers_all_get_their_answers()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 5000).Select(i => Task.Run(() => Table.AddAsync(Row(i / 2), CancellationToken.None))));

        Assert.Equal((2500, 2500), (answers.Count(answer => answer == AddResult.Added), answers.Count(answer => answer == AddResult.AlreadyThere)));
        Assert.Equal(2500 + 1, await Table.EnumerateAllAsync(CancellationToken.None).CountAsync());
    }

    [Fact]
    public async Task A_write_that_fails_does_not_spoil_the_others_of_its_group()
    {
        var (before, bug, sql, refused, after) = await InOneGroupAsync(() =>
        (
            Table.AddAsync(Row(1), CancellationToken.None),
            Database.WriteAsync<int>(session => FailAfter(session, "UPDATE t_Things SET etag = 'spoilt'"), CancellationToken.None),
            Database.WriteAsync(session => session.Execute("INSERT INTO no_such_table VALUES (1)"), CancellationToken.None),
            Table.BatchAsync([TableOperation.Put(Row(2)), TableOperation.Add(new Entity("p", "0"))], CancellationToken.None),
            Table.AddAsync(Row(3), CancellationToken.None)
        ));

        Assert.Equal(AddResult.Added, await before);
        Assert.Equal("a bug", (await Assert.ThrowsAsync<InvalidOperationException>(() => bug)).Message);
        Assert.Equal(StorageProblem.Failed, (await Assert.ThrowsAsync<StorageUnavailableException>(() => sql)).Problem);
        Assert.Equal(new BatchResult.Refused(1), await refused);
        Assert.Equal(AddResult.Added, await after);
        var rows = await Table.EnumerateAllAsync(CancellationToken.None).ToListAsync();
        Assert.Equal(["0", "00001", "00003"], rows.Select(row => row.Key.Row));
        Assert.DoesNotContain(rows, row => row.ETag == "spoilt");
    }

    [Fact]
    public async Task A_single_statement_that_fails_half_way_leaves_nothing_and_spoils_no_other()
    {
        await Table.PutAsync(Row(9), CancellationToken.None);

        // The first row takes the new key, the second cannot.
        var (before, failed, after) = await InOneGroupAsync(() =>
        (
            Table.AddAsync(Row(1), CancellationToken.None),
            Database.WriteOneAsync(session => session.Execute("UPDATE t_Things SET rk = 'same'"), CancellationToken.None),
            Table.AddAsync(Row(3), CancellationToken.None)
        ));

        Assert.Equal(StorageProblem.Failed, (await Assert.ThrowsAsync<StorageUnavailableException>(() => failed)).Problem);
        Assert.Equal((AddResult.Added, AddResult.Added), (await before, await after));
        Assert.Equal(["0", "00001", "00003", "00009"], (await Table.EnumerateAllAsync(CancellationToken.None).ToListAsync()).Select(row => row.Key.Row));
    }

    [Fact]
    public async Task A_full_disk_fails_what_does_not_fit_and_nothing_later()
    {
        await LimitPagesAsync("1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => TryAddAsync(Row(i).Set("Text", new string('x', 2000)))));

        Assert.Equal(StorageProblem.Full, Assert.Single(answers.OfType<StorageUnavailableException>().Select(failure => failure.Problem).Distinct()));
        Assert.All(answers.OfType<StorageUnavailableException>(), failure => Assert.Equal($"The database file {_folder.File("store.db")} cannot grow: the disk is full.", failure.Message));

        await LimitPagesAsync("1000000");
        Assert.Equal(AddResult.Added, await Table.AddAsync(Row(1000), CancellationToken.None));
        Assert.Equal(answers.Count(answer => answer is null) + 2, await Table.EnumerateAllAsync(CancellationToken.None).CountAsync());
    }

    [Fact]
    public async Task An_entity_whose_write_was_undone_by_a_full_disk_keeps_its_etag()
    {
        var row = Row(1);
        await Table.AddAsync(row, CancellationToken.None);
        var etag = row.ETag;
        await LimitPagesAsync("1");

        await Assert.ThrowsAsync<StorageUnavailableException>(() => Table.ReplaceAsync(row.Set("Bytes", new byte[1 << 20]), CancellationToken.None));
        Assert.Equal(etag, row.ETag);

        await LimitPagesAsync("1000000");
        Assert.Equal(SaveResult.Saved, await Table.ReplaceAsync(row, CancellationToken.None));
    }

    [Fact]
    public async Task A_cancelled_caller_does_not_wait_for_a_full_queue()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Table.PutAsync(Row(1), stop.Token));

        Assert.Null(await Table.GetAsync(Row(1).Key, columns: null, CancellationToken.None));
    }

    private static Entity Row(int i) => new("p", i.ToString("D5", CultureInfo.InvariantCulture));

    private static int FailAfter(SqliteSession session, string sql)
    {
        session.Execute(sql);
        throw new InvalidOperationException("a bug");
    }

    private async Task<Exception?> TryAddAsync(Entity row)
    {
        try
        {
            await Table.AddAsync(row, CancellationToken.None);
            return null;
        }
        catch (StorageUnavailableException failure)
        {
            return failure;
        }
    }

    /// <summary>Makes the engine itself say SQLITE_FULL, as it does when the disk is: the file may not grow beyond so many pages (1: as it is).</summary>
    private Task LimitPagesAsync(string pages) => Database.WriteAsync(session => session.Execute($"PRAGMA max_page_count={pages}"), CancellationToken.None);

    /// <summary>Holds the writer until all of these writes stand in its queue.</summary>
    private async Task<T> InOneGroupAsync<T>(Func<T> writes)
    {
        using var gate = new ManualResetEventSlim();
        var held = Database.WriteAsync(
            _ =>
            {
                gate.Wait();
                return 0;
            },
            CancellationToken.None);
        var tasks = writes();
        gate.Set();
        await held;
        return tasks;
    }
}
