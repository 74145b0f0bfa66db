using Monitoring.App.Mailing;
using Monitoring.Storage;
using Monitoring.Storage.Files;
using Monitoring.Storage.Moving;
using Monitoring.Storage.Sqlite;
using Monitoring.Work;

namespace Monitoring.App.Hosting;

/// <summary>The embedded store: a folder with the database, the blobs and the mails. Opened before anything else, so that a store that cannot be used stops the start.</summary>
internal sealed class DataFolder : IAsyncDisposable
{
    private readonly SqliteDatabase _database;

    private DataFolder(string path, SqliteDatabase database)
    {
        Path = path;
        _database = database;
    }

    public string Path { get; }

    /// <exception cref="StorageUnavailableException">The folder or what is in it cannot be used.</exception>
    public static DataFolder Open(Settings settings) => Open(settings.Get<StorageOptions>().DataFolder);

    /// <inheritdoc cref="Open(Settings)"/>
    public static DataFolder Open(string folder)
    {
        var path = System.IO.Path.GetFullPath(folder);
        try
        {
            PrivateFolder.Create(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(StorageProblem.NotWritable, $"The data folder {path} cannot be made.", failure);
        }

        DatabaseSnapshot.RemoveLeft(path);
        return new DataFolder(path, SqliteDatabase.Open(new SqliteOptions { File = DatabaseFile(path) }));
    }

    /// <summary>True if a store was ever opened there; looking makes none.</summary>
    public static bool Exists(string folder) => File.Exists(DatabaseFile(folder));

    public static string PickupFolder(Settings settings) =>
        settings.Get<MailOptions>().PickupFolder is { Length: > 0 } folder ? folder : System.IO.Path.Combine(settings.Get<StorageOptions>().DataFolder, "mail");

    /// <summary>What is kept here, for copies and backups.</summary>
    public MovableStore ToMovable(OutsideWorld world) => new(Path, new LimitedTables(new SqliteTables(_database)), new BlobFiles(System.IO.Path.Combine(Path, "blobs"), world.Time));

    /// <summary>The rows as they are at this moment, while others go on writing; and the blobs as they will be when they are read.</summary>
    /// <exception cref="StorageUnavailableException">Another backup runs, or there is no space for a second database.</exception>
    public Task<DatabaseSnapshot> SnapshotAsync(CancellationToken cancellationToken) => DatabaseSnapshot.TakeAsync(Path, _database, cancellationToken);

    public IServiceCollection AddTo(IServiceCollection services, OutsideWorld world)
    {
        var tables = new LimitedTables(new SqliteTables(_database));
        return services
            .AddSingleton<ITables>(tables)
            .AddSingleton<IBlobStore>(new BlobFiles(System.IO.Path.Combine(Path, "blobs"), world.Time))
            .AddSingleton<IWorkQueue>(new SqliteWorkQueue(_database, new PoisonStore(tables), world.Time));
    }

    /// <summary>Makes this process the store's one worker until it ends, however it ends.</summary>
    /// <exception cref="StorageUnavailableException">Another worker runs.</exception>
    public IDisposable BecomeWorker()
    {
        var file = System.IO.Path.Combine(Path, "worker.lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new StorageUnavailableException(StorageProblem.InUse, $"Another worker runs on the data folder {Path}; one worker at a time may. Other commands may run beside it.", taken);
        }
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static string DatabaseFile(string folder) => System.IO.Path.Combine(folder, "monitoring.db");
}
