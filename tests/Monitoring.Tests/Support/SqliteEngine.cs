using Monitoring.Storage;
using Monitoring.Storage.Files;
using Monitoring.Storage.Sqlite;
using Monitoring.Work;

namespace Monitoring.Tests.Support;

/// <summary>A database file and a folder of blobs, as the standalone program has them.</summary>
internal sealed class SqliteEngine : IEngine
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDatabase _database;

    public SqliteEngine(TimeProvider time)
    {
        _database = SqliteDatabase.Open(new SqliteOptions { File = _folder.File("store.db") });
        Tables = new SqliteTables(_database);
        Blobs = new BlobFiles(_folder.File("blobs"), time);
        Queue = new SqliteWorkQueue(_database, new PoisonStore(new LimitedTables(Tables)), time);
        Leases = new SqliteLeases(_database, time);
    }

    public ITables Tables { get; }

    public IBlobStore Blobs { get; }

    public IWorkQueue Queue { get; }

    public ILeases Leases { get; }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }
}
