namespace Monitoring.Watchlist;

/// <summary>The current list for workers: a look at the version row before each work item, a full read only when it changed.</summary>
public sealed class WatchlistReader(WatchlistStore store)
{
    private readonly Lock _gate = new();
    private (string Version, Task<WatchlistSnapshot> List)? _current;

    public async Task<WatchlistSnapshot> GetAsync(CancellationToken cancellationToken)
    {
        var version = await store.GetVersionAsync(cancellationToken);
        Task<WatchlistSnapshot> list;
        lock (_gate)
        {
            // Callers share one read of the list; it outlives the caller that began it, and a failed one is begun again.
            if (_current is not { } current || current.Version != version || current.List.IsFaulted)
            {
                _current = (version, store.LoadAsync(CancellationToken.None));
            }

            list = _current.Value.List;
        }

        return await list.WaitAsync(cancellationToken);
    }
}
