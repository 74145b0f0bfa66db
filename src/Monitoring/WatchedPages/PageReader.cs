using Monitoring.Fetching;
using Monitoring.Items;
using Monitoring.Watchlist;

namespace Monitoring.WatchedPages;

/// <summary>A watched page as items: the messages of a channel's public preview; of any other page its links, or the changes of its text.</summary>
/// <param name="readDate">Reads a date of machines, null for what is none.</param>
public sealed class PageReader(Func<string, DateTimeOffset?> readDate) : ISourceReader
{
    public const string AcceptHtml = "text/html, application/xhtml+xml, */*;q=0.5";

    private readonly ArticleExtraction _articles = new(readDate);

    public EntryKind Kind => EntryKind.Page;

    public string Accept => AcceptHtml;

    public SourceReading Read(Source source, ReadOnlyMemory<byte> content, Uri url, string? contentType, SourceMemory memory)
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

        if (ChannelPreview.IsAt(source.Url))
        {
            return ChannelPreview.IsOne(document) ? Document(ChannelPreview.Items(document, url, readDate), language: null) : new SourceReading.Unreadable("no preview of a channel");
        }

        if (source is PageSource { Watch: PageWatch.Text } watched)
        {
            return PageText.Read(document, watched, url, memory, _articles);
        }

        var parts = source is PageSource { Select: { } selector } ? PageParts.Outermost(document, selector).ToList() : [document.DocumentElement];
        return parts.Count == 0
            ? new SourceReading.Unreadable("a page without the selected part")
            : Document(LinkList.Items(document, parts, url), document.DocumentElement.GetAttribute("lang"));
    }

    private static SourceReading.Document Document(IReadOnlyList<IncomingItem> items, string? language) => new(items, Repairs: [], language, AtLeastEvery: null);
}
