using Monitoring.Storage;
using Monitoring.Storage.Moving;
using Monitoring.Work;

namespace Monitoring.App.Hosting;

/// <summary>The open store that the settings name: its engines, and what a worker needs of it.</summary>
internal interface IStoreEngines : IAsyncDisposable
{
    /// <summary>For people, without secrets: a folder, or the address of an account.</summary>
    string Place { get; }

    /// <summary>With the limits above the engine.</summary>
    ITables Tables { get; }

    IBlobStore Blobs { get; }

    IWorkQueue Queue { get; }

    ILeases Leases { get; }

    /// <summary>By what name this process holds leases. Where there can be one worker only, its successor has the same and need not wait.</summary>
    string Holder { get; }

    /// <summary>Before any other use: can this version read the store?</summary>
    /// <exception cref="StorageUnavailableException">The store is newer, or cannot be reached.</exception>
    Task CheckVersionAsync(CancellationToken cancellationToken);

    /// <summary>Takes the place of a worker, writes a little to everything and makes what is missing, so that a worker that could not work does not start.</summary>
    /// <param name="kinds">The kinds of work that there are.</param>
    /// <returns>The place, to be given up at the end.</returns>
    /// <exception cref="StorageUnavailableException">Another worker has the only place, or something cannot be written.</exception>
    Task<IDisposable> BecomeWorkerAsync(IReadOnlyCollection<string> kinds, CancellationToken cancellationToken);
}

internal static class StoreEngines
{
    /// <exception cref="StorageUnavailableException">The store cannot be opened.</exception>
    public static IStoreEngines Open(Settings settings, OutsideWorld world)
    {
        var options = settings.Get<StorageOptions>();
        return options.Engine == StorageOptions.Azure ? new AzureStore(options.Account(), world.Time) : DataFolder.Open(settings, world.Time);
    }

    public static IServiceCollection AddStore(this IServiceCollection services, IStoreEngines store) => services
        .AddSingleton(store.Tables)
        .AddSingleton(store.Blobs)
        .AddSingleton(store.Queue)
        .AddSingleton(store.Leases)
        .AddSingleton(provider => new ScheduleTurn(
            store.Leases, store.Holder, provider.GetRequiredService<WorkOptions>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ScheduleTurn>>()));

    /// <summary>What is kept, for copies and backups.</summary>
    public static MovableStore ToMovable(this IStoreEngines store) => new(store.Place, store.Tables, store.Blobs);
}
