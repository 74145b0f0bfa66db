using Monitoring.Watchlist;

namespace Monitoring.Items;

/// <summary>
/// Which items have an article on a page of its own, and which of those pages are read. Pure. Links to other sites count too: a feed that gathers the news of
/// others tells of each in a few lines. Not fetched are posts of channels (their preview is all there is), the changes of a watched text (the page is the
/// source itself), and whatever a source with <c>fullText: false</c> links to.
/// </summary>
public static class ArticlePages
{
    private static readonly HashSet<string> Channels = new(["t.me", "telegram.me", "telegram.dog"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The page of an item's article; null if it has none that we may fetch.</summary>
    /// <param name="source">Null: it left the list.</param>
    public static Uri? Of(Source? source, Uri? link) =>
        source is { FullText: true } and not PageSource { Watch: PageWatch.Text } && link is { Scheme: "http" or "https" } && !Channels.Contains(link.Host) && link != source.Url
            ? link
            : null;

    /// <summary>Of the items that a visit brought, those whose text is short, in their order; of a first visit only the newest.</summary>
    public static IReadOnlyList<ItemKey> ToRead(Source source, IEnumerable<(Item Item, string Text)> items, ArticlesOptions options)
    {
        var wanted = items.Where(pair => pair.Text.Length < options.ShortText && Of(source, pair.Item.Link) is not null).Select(pair => pair.Item).ToList();
        var newest = wanted.Where(item => item.IsBaseline).OrderByDescending(item => item.Published).Take(options.OfBaseline).Select(item => item.Key).ToHashSet();
        return [.. wanted.Where(item => !item.IsBaseline || newest.Contains(item.Key)).Select(item => item.Key)];
    }
}
