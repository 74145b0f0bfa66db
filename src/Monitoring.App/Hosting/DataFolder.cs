using Monitoring.App.Mailing;
using Monitoring.Storage;
using Monitoring.Storage.Files;
using Monitoring.Storage.Sqlite;
using Monitoring.Work;

namespace Monitoring.App.Hosting;

/// <summary>The embedded store: a folder with the database, the blobs and the mails. Opened before anything else, so that a store that cannot be used stops the start.</summary>
internal sealed class DataFolder : IStoreEngines
{
    private readonly SqliteDatabase _database;

    private DataFolder(string path, SqliteDatabase database, TimeProvider time)
    {
        Place = path;
        _database = database;
        Tables = new LimitedTables(new SqliteTables(database));
        Blobs = new BlobFiles(Path.Combine(path, "blobs"), time);
        Queue = new SqliteWorkQueue(database, new PoisonStore(Tables), time);
        Leases = new SqliteLeases(database, time);
    }

    /// <summary>The folder, as a full path.</summary>
    public string Place { get; }

    public ITables Tables { get; }

    public IBlobStore Blobs { get; }

    public IWorkQueue Queue { get; }

    public ILeases Leases { get; }

    public string Holder => "worker";

    /// <exception cref="StorageUnavailableException">The folder or what is in it cannot be used.</exception>
    public static DataFolder Open(Settings settings, TimeProvider time) => Open(settings.Get<StorageOptions>().DataFolder, time);

    /// <inheritdoc cref="Open(Settings, TimeProvider)"/>
    public static DataFolder Open(string folder, TimeProvider time)
    {
        var path = Path.GetFullPath(folder);
        try
        {
            PrivateFolder.Create(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(StorageProblem.NotWritable, $"The data folder {path} cannot be made.", failure);
        }

        DatabaseSnapshot.RemoveLeft(path);
        return new DataFolder(path, SqliteDatabase.Open(new SqliteOptions { File = DatabaseFile(path) }), time);
    }

    /// <summary>True if a store was ever opened there; looking makes none.</summary>
    public static bool Exists(string folder) => File.Exists(DatabaseFile(folder));

    public static string PickupFolder(Settings settings) => PickupFolder(settings.Get<MailOptions>(), settings.Get<StorageOptions>());

    public static string PickupFolder(MailOptions mail, StorageOptions storage) => mail.PickupFolder is { Length: > 0 } folder ? folder : Path.Combine(storage.DataFolder, "mail");

    /// <summary>The rows as they are at this moment, while others go on writing; and the blobs as they will be when they are read.</summary>
    /// <exception cref="StorageUnavailableException">Another backup runs, or there is no space for a second database.</exception>
    public Task<DatabaseSnapshot> SnapshotAsync(CancellationToken cancellationToken) => DatabaseSnapshot.TakeAsync(Place, _database, cancellationToken);

    /// <summary>Opening the file has checked it.</summary>
    public Task CheckVersionAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IDisposable> BecomeWorkerAsync(IReadOnlyCollection<string> kinds, CancellationToken cancellationToken) => Task.FromResult(BecomeWorker());

    /// <summary>Makes this process the store's one worker until it ends, however it ends.</summary>
    /// <exception cref="StorageUnavailableException">Another worker runs.</exception>
    public IDisposable BecomeWorker()
    {
        var file = Path.Combine(Place, "worker.lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new StorageUnavailableException(StorageProblem.InUse, $"Another worker runs on the data folder {Place}; one worker at a time may. Other commands may run beside it.", taken);
        }
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static string DatabaseFile(string folder) => Path.Combine(folder, "monitoring.db");
}
