using Monitoring.Storage;
using Monitoring.Storage.Sqlite;

namespace Monitoring.App.Hosting;

/// <summary>
/// The database of a data folder as it was at one moment, in a second file beside it. Gone when it is closed; what a killed backup left is removed by the
/// next program that opens the folder.
/// </summary>
internal sealed class DatabaseSnapshot : IAsyncDisposable
{
    private readonly IDisposable _lock;
    private readonly string _folder;
    private readonly SqliteDatabase _database;

    private DatabaseSnapshot(IDisposable taken, string folder, SqliteDatabase database)
    {
        (_lock, _folder, _database) = (taken, folder, database);
        Tables = new SqliteTables(database);
    }

    public ITables Tables { get; }

    public static async Task<DatabaseSnapshot> TakeAsync(string dataFolder, SqliteDatabase database, CancellationToken cancellationToken)
    {
        var taken = TryLock(dataFolder) ?? throw new StorageUnavailableException(StorageProblem.InUse, $"Another backup runs on the data folder {dataFolder}.");
        var folder = FolderIn(dataFolder);
        try
        {
            Remove(folder);
            PrivateFolder.Create(folder);
            var file = Path.Combine(folder, "snapshot.db");
            await database.SnapshotAsync(file, cancellationToken);
            return new DatabaseSnapshot(taken, folder, SqliteDatabase.Open(new SqliteOptions { File = file }));
        }
        catch
        {
            Remove(folder);
            await taken.DisposeAsync();
            throw;
        }
    }

    /// <summary>Removes what a killed backup left, unless a running one is still at it.</summary>
    public static void RemoveLeft(string dataFolder)
    {
        if (!Directory.Exists(FolderIn(dataFolder)))
        {
            return;
        }

        using var taken = TryLock(dataFolder);
        if (taken is not null)
        {
            Remove(FolderIn(dataFolder));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Remove(_folder);
        _lock.Dispose();
    }

    private static FileStream? TryLock(string dataFolder)
    {
        try
        {
            return new FileStream(Path.Combine(dataFolder, "backup.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string FolderIn(string dataFolder) => Path.Combine(dataFolder, "backup-snapshot");
}
