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
    private readonly MadeOfList<AdvisedList> _advised = new(watchlist, list => new AdvisedList(list));

    public Task<AdvisedList> GetAsync(CancellationToken cancellationToken) => _advised.GetAsync(cancellationToken);
}
