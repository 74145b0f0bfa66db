using Monitoring.Watchlist;

namespace Monitoring.Names.Advice;

/// <summary>What the pages ask of one version of the list: advice about its entries, and a text tried against it.</summary>
public sealed class AdvisedList(WatchlistSnapshot list)
{
    private readonly Lazy<NameAdvisor> _advisor = new(() => new NameAdvisor(list.Persons, list.Outlets));
    private readonly Lazy<NameMatcher> _matcher = new(() => NameMatcher.Compile(list.Persons, list.Outlets));

    public WatchlistSnapshot List => list;

    public NameAdvisor Advisor => _advisor.Value;

    public NameMatcher Matcher => _matcher.Value;
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
