using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Monitoring.Items;

namespace Monitoring.WatchedPages;

/// <summary>
/// A watched page as items: each link of the chosen part whose words look like a headline. The page gives no dates, so its items are undated and
/// never mailed at once.
/// </summary>
internal static class LinkList
{
    /// <summary>Shorter link texts are menus: "Home", "Sport", "Read more".</summary>
    private const int ShortestHeadline = 20;

    private const int MaxItems = 500;

    public static IReadOnlyList<IncomingItem> Items(IHtmlDocument document, IEnumerable<IElement> parts, Uri url)
    {
        var baseUrl = HtmlTree.BaseOf(document, url);
        return [.. parts.SelectMany(Links).Select(link => Item(link, baseUrl)).OfType<IncomingItem>().DistinctBy(item => CanonicalLink.Of(item.Link!)).Take(MaxItems)];
    }

    /// <summary>A selector may choose the links themselves.</summary>
    private static IEnumerable<IElement> Links(IElement part) => part.QuerySelectorAll("a[href]").Prepend(part).Where(link => link.Matches("a[href]"));

    private static IncomingItem? Item(IElement link, Uri baseUrl)
    {
        var words = string.Join(' ', link.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var isHeadline = words.Length >= ShortestHeadline && words.Contains(' ', StringComparison.Ordinal);
        return isHeadline && WebLink.Resolve(baseUrl, link.GetAttribute("href")) is { } target ? new IncomingItem { Link = target, Title = words } : null;
    }
}
