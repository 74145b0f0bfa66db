using Monitoring.Watchlist;

namespace Monitoring.Names.Advice;

/// <summary>One version of the list, and advice about its entries.</summary>
public sealed class AdvisedList(WatchlistSnapshot list)
{
    private readonly Lazy<NameAdvisor> _advisor = new(() => new NameAdvisor(list.Persons, list.Outlets));

    public WatchlistSnapshot List => list;

    public NameAdvisor Advisor => _advisor.Value;
}

/// <summary>Advice of the current list, made when it is first asked for and again after a change.</summary>
public sealed class ListAdvisor(WatchlistReader watchlist)
{
    private volatile AdvisedList? _current;

    public async Task<AdvisedList> GetAsync(CancellationToken cancellationToken)
    {
        var list = await watchlist.GetAsync(cancellationToken);
        if (_current is not { } current || !ReferenceEquals(current.List, list))
        {
            // Two requests may begin at once after a change; the result is the same.
            _current = current = new AdvisedList(list);
        }

        return current;
    }
}
