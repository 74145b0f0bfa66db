using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Monitoring.Fetching;
using Monitoring.Items;
using Monitoring.Watchlist;

namespace Monitoring.WatchedPages;

/// <summary>
/// A watched page as items: each link of the chosen part whose words look like a headline. The page gives no dates, so its items are undated and
/// never mailed at once.
/// </summary>
public sealed class LinkListReader : ISourceReader
{
    /// <summary>Shorter link texts are menus: "Home", "Sport", "Read more".</summary>
    private const int ShortestHeadline = 20;

    private const int MaxItems = 500;

    public EntryKind Kind => EntryKind.Page;

    public string Accept => "text/html, application/xhtml+xml, */*;q=0.5";

    public SourceReading Read(Source source, ReadOnlyMemory<byte> content, Uri url, string? contentType)
    {
        var text = TextDecoding.Decode(content.Span, contentType, url.Host).Text;
        if (!text.Contains('<', StringComparison.Ordinal))
        {
            return new SourceReading.Unreadable(text.Length == 0 ? "nothing" : "no HTML");
        }

        using var document = HtmlTree.Parse(text);
        if (document is null)
        {
            return new SourceReading.Unreadable("a page nested too deeply");
        }

        var parts = source is PageSource { Select: { } selector } ? document.QuerySelectorAll(selector).ToList() : [document.DocumentElement];
        if (parts.Count == 0)
        {
            return new SourceReading.Unreadable("a page without the selected part");
        }

        var baseUrl = Base(document, url);
        var items = parts.SelectMany(Links).Select(link => Item(link, baseUrl)).OfType<IncomingItem>()
            .DistinctBy(item => CanonicalLink.Of(item.Link!)).Take(MaxItems).ToList();
        return new SourceReading.Document(items, Repairs: [], document.DocumentElement.GetAttribute("lang"), AtLeastEvery: null);
    }

    /// <summary>A selector may choose the links themselves.</summary>
    private static IEnumerable<IElement> Links(IElement part) => part.QuerySelectorAll("a[href]").Prepend(part).Where(link => link.Matches("a[href]"));

    /// <summary>The page may name another base of its links than its address.</summary>
    private static Uri Base(IHtmlDocument document, Uri url) => WebLink.Resolve(url, document.QuerySelector("base[href]")?.GetAttribute("href")) ?? url;

    private static IncomingItem? Item(IElement link, Uri baseUrl)
    {
        var words = string.Join(' ', link.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var isHeadline = words.Length >= ShortestHeadline && words.Contains(' ', StringComparison.Ordinal);
        return isHeadline && WebLink.Resolve(baseUrl, link.GetAttribute("href")) is { } target ? new IncomingItem { Link = target, Title = words } : null;
    }
}
