using Monitoring.Watchlist;

namespace Monitoring.Items;

/// <summary>Stored items may not know the present list or rules.</summary>
/// <param name="Since">When a rematch of all of them last ended; null if none has.</param>
public sealed record OutdatedItems(DateTimeOffset? Since);

/// <summary>Whether stored items may have been understood by another list or other rules than the present ones. Reads a few rows, never all items.</summary>
public sealed class StoredItemsAge(RematchPlaceStore places, ItemStore items, WatchlistReader watchlist)
{
    private const int MostSources = 20;
    private const int MostItems = 5;

    /// <summary>Null if nothing says so. Where no rematch has ended yet, some items of some sources are looked at.</summary>
    public async Task<OutdatedItems?> GetAsync(CancellationToken cancellationToken)
    {
        var list = await watchlist.GetAsync(cancellationToken);
        var present = CompiledList.UnderstoodByOf(list.Version);
        if (await places.GetEndedAsync(cancellationToken) is { } ended)
        {
            return ended.UnderstoodBy == present ? null : new OutdatedItems(ended.At);
        }

        foreach (var source in list.Sources.Take(MostSources))
        {
            if (await items.ListAsync(source.Id, after: null, cancellationToken).Take(MostItems).AnyAsync(item => item.UnderstoodBy is { } by && by != present, cancellationToken))
            {
                return new OutdatedItems(Since: null);
            }
        }

        return null;
    }
}
