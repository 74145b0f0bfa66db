using System.Globalization;
using Microsoft.Data.Sqlite;
using Monitoring.Storage;
using Monitoring.Storage.Sqlite;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage;

/// <summary>What an operator meets: files that are not what they should be, each with its problem and one clear line.</summary>
public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string File => _folder.File("store.db");

    [Fact]
    public async Task Data_survives_closing_and_reopening()
    {
        string? etag;
        await using (var database = Open())
        {
            var row = new Entity("p", "r").Set("Text", "Алматы");
            await new SqliteTables(database).Open("Things").AddAsync(row, CancellationToken.None);
            etag = row.ETag;
        }

        await using var reopened = Open();
        var stored = await new SqliteTables(reopened).Open("Things").GetAsync(new EntityKey("p", "r"), columns: null, CancellationToken.None);
        Assert.Equal(("Алматы", etag), (stored!.GetText("Text"), stored.ETag));
    }

    [Fact]
    public void A_file_that_is_no_database_is_damaged_and_left_as_it_is()
    {
        _folder.Write("store.db", "These are the notes of an editor, and no database. " + new string('x', 5000));
        var before = System.IO.File.ReadAllText(File);

        Expect(StorageProblem.Corrupt, $"The database file {File} is damaged or not a database; restore a backup or move the file away.");
        Assert.Equal(before, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public async Task A_truncated_database_is_damaged()
    {
        await FillAsync();
        using (var file = System.IO.File.OpenWrite(File))
        {
            file.SetLength(file.Length / 2);
        }

        Expect(StorageProblem.Corrupt, $"The database file {File} is damaged or not a database; restore a backup or move the file away.");
    }

    [Fact]
    public async Task Damage_inside_a_table_is_found_when_it_is_read()
    {
        await FillAsync();
        using (var file = System.IO.File.OpenWrite(File))
        {
            // The first page names the tables and stays good; all others are overwritten.
            file.Position = 8192;
            file.Write([.. Enumerable.Repeat((byte)0xAB, (int)(file.Length - 8192))]);
        }

        await using var database = Open();
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await new SqliteTables(database).Open("Things").EnumerateAllAsync(CancellationToken.None).CountAsync());

        Assert.Equal(StorageProblem.Corrupt, failure.Problem);
    }

    [Fact]
    public void A_database_of_a_newer_version_is_not_opened()
    {
        WriteVersion("2");

        Expect(StorageProblem.TooNew, $"The database file {File} was written by a newer version (schema 2); this one reads up to 1.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("99999999999")]
    public void A_version_that_is_no_number_is_damage(string version)
    {
        WriteVersion(version);

        Expect(StorageProblem.Corrupt, $"The database file {File} is damaged or not a database; restore a backup or move the file away.");
    }

    [Theory]
    [InlineData(0)] // must not mean "for ever"
    [InlineData(1)]
    public async Task A_file_that_another_program_locks_is_locked(int busySeconds)
    {
        await FillAsync();
        using var other = Lock("BEGIN EXCLUSIVE");

        Expect(StorageProblem.Locked, $"The database file {File} is locked by another program.", TimeSpan.FromSeconds(busySeconds));
    }

    [Fact]
    public async Task A_write_that_finds_the_file_locked_says_so_and_the_next_one_writes()
    {
        await using var database = Open();
        var table = new SqliteTables(database).Open("Things");
        await table.PutAsync(new Entity("p", "1"), CancellationToken.None);
        using (var other = Lock("BEGIN IMMEDIATE"))
        {
            var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => table.PutAsync(new Entity("p", "2"), CancellationToken.None));

            Assert.Equal(StorageProblem.Locked, failure.Problem);
            Assert.NotNull(await table.GetAsync(new EntityKey("p", "1"), columns: null, CancellationToken.None));
        }

        await table.PutAsync(new Entity("p", "2"), CancellationToken.None);
        Assert.Equal(2, await table.EnumerateAllAsync(CancellationToken.None).CountAsync());
    }

    [Fact]
    public void A_place_below_a_file_is_not_writable()
    {
        var below = Path.Combine(_folder.Write("file", "content"), "store.db");

        var failure = Assert.Throws<StorageUnavailableException>(() => SqliteDatabase.Open(new SqliteOptions { File = below }));

        Assert.Equal((StorageProblem.NotWritable, $"The database file {below} cannot be opened for writing."), (failure.Problem, failure.Message));
    }

    [Fact]
    public async Task A_row_that_somebody_damaged_is_named()
    {
        await using var database = Open();
        var table = new SqliteTables(database).Open("Things");
        await table.PutAsync(new Entity("p", "r").Set("Text", "secret"), CancellationToken.None);
        foreach (var damage in new[] { "", "secret", "[\"secret\"]", "{\"Text\":", "{\"Text\":null}", "{\"Text\":0.5}", "{\"Text\":{\"real\":\"x\"}}", "{\"Text\":{\"real\":1}}", "{\"Text\":{\"time\":\"x\"}}", "{\"Text\":{\"bytes\":\"x\"}}", "{\"Text\":{\"other\":\"x\"}}", "{\"Text\":{}}" })
        {
            await database.WriteAsync(session => session.Execute("UPDATE t_Things SET cols = $0", damage), CancellationToken.None);

            var failure = await Assert.ThrowsAsync<StoredRowException>(() => table.GetAsync(new EntityKey("p", "r"), columns: null, CancellationToken.None));

            Assert.Equal(new EntityKey("p", "r"), failure.Key);
            Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();

    private SqliteDatabase Open(TimeSpan? busy = null) => SqliteDatabase.Open(new SqliteOptions { File = File, BusyTimeout = busy ?? TimeSpan.FromSeconds(1) });

    private void Expect(StorageProblem problem, string message, TimeSpan? busy = null)
    {
        var failure = Assert.Throws<StorageUnavailableException>(() => Open(busy));

        Assert.Equal((problem, message), (failure.Problem, failure.Message));
    }

    /// <summary>Some hundred pages of rows, in the file itself and no longer in its log.</summary>
    private async Task FillAsync()
    {
        await using var database = Open();
        var rows = Enumerable.Range(0, 1000).Select(i => new Entity("p", i.ToString("D4", CultureInfo.InvariantCulture)).Set("Text", new string('x', 500))).ToList();
        await new SqliteTables(database).Open("Things").AddMissingAsync(rows, CancellationToken.None);
    }

    private void WriteVersion(string version)
    {
        using var other = Lock($"CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID; INSERT INTO meta VALUES ('schema', '{version}')");
    }

    /// <summary>Another program on the same file.</summary>
    private SqliteConnection Lock(string sql)
    {
        var other = new SqliteConnection($"Data Source={File};Pooling=False");
        other.Open();
        using var command = other.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        return other;
    }
}
