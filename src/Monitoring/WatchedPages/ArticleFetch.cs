using Monitoring.Fetching;
using Monitoring.Items;
using Monitoring.Watchlist;

namespace Monitoring.WatchedPages;

/// <param name="Route">Null: its source names a vantage that has no proxy.</param>
public sealed record ArticlePage(Uri Link, TimeSpan? Pause, FetchRoute? Route);

/// <summary>Fetches the pages of articles as their source is fetched: with its pause, through its vantage.</summary>
public sealed class ArticleFetch(WatchlistReader watchlist, SourceRoutes routes, PoliteFetch fetch)
{
    /// <summary>Null: the item has no page that may be fetched, as the watch list stands now.</summary>
    public async Task<ArticlePage?> PageOfAsync(Item item, CancellationToken cancellationToken)
    {
        var list = await watchlist.GetAsync(cancellationToken);
        return list.FindSource(item.Key.SourceId) is { } source && ArticlePages.Of(source, item.Link) is { } link
            ? new ArticlePage(link, source.Pause, routes.Of(source, list))
            : null;
    }

    public async Task<FetchAttempt> FetchAsync(ArticlePage page, Uri asked, CancellationToken cancellationToken) => page.Route is { } route
        ? await fetch.FetchAsync(new FetchRequest(asked, PageReader.AcceptHtml, Validators: null) { Route = route }, page.Pause, cancellationToken)
        : new FetchAttempt.Answered(new FetchResult.Failed("no proxy is set for its vantage"));
}
