using Monitoring.App.Mailing;
using Monitoring.Storage;
using Monitoring.Storage.Files;
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
    public static DataFolder Open(Settings settings)
    {
        var path = System.IO.Path.GetFullPath(settings.Get<StorageOptions>().DataFolder);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(StorageProblem.NotWritable, $"The data folder {path} cannot be made.", failure);
        }

        return new DataFolder(path, SqliteDatabase.Open(new SqliteOptions { File = System.IO.Path.Combine(path, "monitoring.db") }));
    }

    public static string PickupFolder(Settings settings) =>
        settings.Get<MailOptions>().PickupFolder is { Length: > 0 } folder ? folder : System.IO.Path.Combine(settings.Get<StorageOptions>().DataFolder, "mail");

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
}
