using AngleSharp.Dom;
using Monitoring.Items;

namespace Monitoring.Feeds.Discovery;

/// <summary>Where a site's feed may be. Pure: nothing is asked.</summary>
public static class FeedCandidates
{
    private const int Most = 20;

    private static readonly HashSet<string> FeedTypes = new(
        ["application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json", "application/xml", "text/xml"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Where content systems put their feeds, the usual ones first; news sitemaps name what feeds are missing.</summary>
    private static readonly string[] UsualPaths =
        ["/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss/", "/?feed=rss2", "/feed/atom/", "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml"];

    private static readonly string[] FeedWords = ["rss", "feed", "atom", ".xml", ".rdf"];

    /// <summary>What a page names itself: its alternate links, then its links that look like a feed.</summary>
    public static IReadOnlyList<Uri> NamedBy(string html, Uri url)
    {
        using var document = HtmlTree.Parse(html);
        if (document is null)
        {
            return [];
        }

        var baseUrl = HtmlTree.BaseOf(document, url);
        var alternates = document.QuerySelectorAll("link[rel~=alternate i][href]").Where(link => FeedTypes.Contains((link.GetAttribute("type") ?? "").Split(';')[0].Trim()));
        var links = document.QuerySelectorAll("a[href]").Where(LooksLikeFeed);
        return [.. alternates.Concat(links).Select(link => WebLink.Resolve(baseUrl, link.GetAttribute("href"))).OfType<Uri>().Where(link => link != url).Distinct().Take(Most)];
    }

    /// <summary>Where feeds usually stand, if a page names none.</summary>
    public static IReadOnlyList<Uri> Usual(Uri url) => [.. UsualPaths.Select(path => new Uri(url, path)).Where(candidate => candidate != url)];

    private static bool LooksLikeFeed(IElement link)
    {
        var (href, words) = (link.GetAttribute("href")!, link.TextContent.Trim());
        var path = href.Split('#')[0].TrimEnd('/');
        var last = path[(path.LastIndexOf('/') + 1)..];
        return words.Equals("rss", StringComparison.OrdinalIgnoreCase) || FeedWords.Any(word => last.Contains(word, StringComparison.OrdinalIgnoreCase) && last.Length <= 40);
    }
}
