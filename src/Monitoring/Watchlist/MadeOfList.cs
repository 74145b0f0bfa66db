namespace Monitoring.Watchlist;

/// <summary>What is made of the watch list once per version: immutable, and swapped as a whole when the list changes.</summary>
/// <param name="make">Two callers may both call it after a change; the result is the same.</param>
public sealed class MadeOfList<T>(WatchlistReader watchlist, Func<WatchlistSnapshot, T> make) where T : class
{
    private volatile Tuple<WatchlistSnapshot, T>? _current;

    public async Task<T> GetAsync(CancellationToken cancellationToken)
    {
        var list = await watchlist.GetAsync(cancellationToken);
        if (_current is not { } current || !ReferenceEquals(current.Item1, list))
        {
            _current = current = Tuple.Create(list, make(list));
        }

        return current.Item2;
    }
}
