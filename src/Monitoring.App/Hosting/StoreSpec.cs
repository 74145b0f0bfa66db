using Monitoring.Storage;
using Monitoring.Storage.Moving;

namespace Monitoring.App.Hosting;

/// <summary>A store named on a command line, open.</summary>
/// <param name="Store">What is in it.</param>
/// <param name="Folder">Of the embedded engine, its folder; otherwise null.</param>
/// <param name="PickupFolder">Where its mails lie as files, if they do: they belong to the machine and do not move.</param>
internal sealed record OpenStore(MovableStore Store, DataFolder? Folder, string? PickupFolder) : IAsyncDisposable
{
    /// <summary>How many mails lie there.</summary>
    public int Mails => Directory.Exists(PickupFolder) ? Directory.EnumerateFiles(PickupFolder, "*.eml").Count() : 0;

    /// <summary>Keeps workers of the embedded engine away until it is disposed of. Other engines have many workers, and nobody can keep them away.</summary>
    /// <exception cref="StorageUnavailableException">A worker runs.</exception>
    public IDisposable? KeepWorkersAway()
    {
        try
        {
            return Folder?.BecomeWorker();
        }
        catch (StorageUnavailableException taken) when (taken.Problem is StorageProblem.InUse)
        {
            throw new StorageUnavailableException(StorageProblem.InUse, $"A worker runs on the data folder {Folder!.Path}: stop the service first.", taken);
        }
    }

    public ValueTask DisposeAsync() => Folder?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>How command lines name a store: <c>Sqlite</c>, <c>Sqlite:FOLDER</c> or <c>Azure</c>. The one place that opens an engine by such a name.</summary>
internal static class StoreSpec
{
    public const string Help = "Sqlite (the data folder of the settings), Sqlite:FOLDER, or Azure (the account of the settings).";

    private const string Embedded = "Sqlite";

    /// <param name="mustExist">A store to read from: none is made.</param>
    /// <exception cref="StartException">The name is wrong, or there is no such store.</exception>
    /// <exception cref="StorageUnavailableException">The store cannot be used.</exception>
    public static OpenStore Open(string spec, bool mustExist, Settings settings, OutsideWorld world)
    {
        if (spec.Equals(Embedded, StringComparison.OrdinalIgnoreCase))
        {
            return OpenFolder(settings.Get<StorageOptions>().DataFolder, DataFolder.PickupFolder(settings), mustExist, world);
        }

        if (spec.StartsWith(Embedded + ":", StringComparison.OrdinalIgnoreCase) && spec[(Embedded.Length + 1)..] is { Length: > 0 } folder)
        {
            return OpenFolder(folder, Path.Combine(folder, "mail"), mustExist, world);
        }

        throw new StartException(ExitCode.Usage, spec.Equals("Azure", StringComparison.OrdinalIgnoreCase)
            ? "Azure: this version has no such engine yet."
            : $"{spec}: a store is named {Help}");
    }

    private static OpenStore OpenFolder(string folder, string pickupFolder, bool mustExist, OutsideWorld world)
    {
        var path = Path.GetFullPath(folder);
        if (mustExist && !DataFolder.Exists(path))
        {
            throw new StartException(ExitCode.NoInput, $"{path}: there is no store in this folder.");
        }

        var data = DataFolder.Open(path);
        return new OpenStore(data.ToMovable(world), data, pickupFolder);
    }
}
