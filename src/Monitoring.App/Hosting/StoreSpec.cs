using Monitoring.Storage;
using Monitoring.Storage.Moving;

namespace Monitoring.App.Hosting;

/// <summary>A store named on a command line, open.</summary>
/// <param name="Engines">What is in it.</param>
/// <param name="PickupFolder">Where its mails lie as files, if they do: they belong to the machine and do not move.</param>
internal sealed record OpenStore(IStoreEngines Engines, string? PickupFolder) : IAsyncDisposable
{
    /// <summary>As a copy sees it.</summary>
    public MovableStore Store { get; } = Engines.ToMovable();

    /// <summary>How many mails lie there.</summary>
    public int Mails => Directory.Exists(PickupFolder) ? Directory.EnumerateFiles(PickupFolder, "*.eml").Count() : 0;

    /// <summary>Keeps workers of the embedded engine away until it is disposed of. Other engines have many workers, and nobody can keep them away.</summary>
    /// <exception cref="StorageUnavailableException">A worker runs.</exception>
    public IDisposable? KeepWorkersAway()
    {
        try
        {
            return (Engines as DataFolder)?.BecomeWorker();
        }
        catch (StorageUnavailableException taken) when (taken.Problem is StorageProblem.InUse)
        {
            throw new StorageUnavailableException(StorageProblem.InUse, $"A worker runs on the data folder {Engines.Place}: stop the service first.", taken);
        }
    }

    public ValueTask DisposeAsync() => Engines.DisposeAsync();
}

/// <summary>How command lines name a store: <c>Sqlite</c>, <c>Sqlite:FOLDER</c> or <c>Azure</c>. The one place that opens an engine by such a name.</summary>
internal static class StoreSpec
{
    public const string Help = "Sqlite (the data folder of the settings), Sqlite:FOLDER, or Azure (the account of the settings).";

    /// <param name="mustExist">A store to read from: none is made.</param>
    /// <exception cref="StartException">The name is wrong, or there is no such store.</exception>
    /// <exception cref="StorageUnavailableException">The store cannot be used.</exception>
    public static async Task<OpenStore> OpenAsync(string spec, bool mustExist, Settings settings, OutsideWorld world, CancellationToken cancellationToken)
    {
        var options = settings.Get<StorageOptions>();
        if (spec.Equals(StorageOptions.Azure, StringComparison.OrdinalIgnoreCase))
        {
            return await OpenAccountAsync(options, world, cancellationToken);
        }

        return spec.Equals(StorageOptions.Sqlite, StringComparison.OrdinalIgnoreCase) ? OpenFolder(options.DataFolder, DataFolder.PickupFolder(settings), mustExist, world)
            : spec.StartsWith(StorageOptions.Sqlite + ":", StringComparison.OrdinalIgnoreCase) && spec[(StorageOptions.Sqlite.Length + 1)..] is { Length: > 0 } folder
                ? OpenFolder(folder, Path.Combine(folder, "mail"), mustExist, world)
                : throw new StartException(ExitCode.Usage, $"{spec}: a store is named {Help}");
    }

    private static async Task<OpenStore> OpenAccountAsync(StorageOptions options, OutsideWorld world, CancellationToken cancellationToken)
    {
        try
        {
            var account = new AzureStore(options.Account(), world.Time);
            await account.CheckVersionAsync(cancellationToken);
            return new OpenStore(account, PickupFolder: null);
        }
        catch (FormatException mistake)
        {
            throw new StartException(ExitCode.BadSettings, mistake.Message);
        }
    }

    private static OpenStore OpenFolder(string folder, string pickupFolder, bool mustExist, OutsideWorld world)
    {
        var path = Path.GetFullPath(folder);
        return !mustExist || DataFolder.Exists(path)
            ? new OpenStore(DataFolder.Open(path, world.Time), pickupFolder)
            : throw new StartException(ExitCode.NoInput, $"{path}: there is no store in this folder.");
    }
}
