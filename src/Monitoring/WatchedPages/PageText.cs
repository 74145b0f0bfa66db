using System.Globalization;
using AngleSharp.Html.Dom;
using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.WatchedPages;

/// <summary>
/// A watched page as one text: an item for the text it has at first, and one for each change of it. A text counts when two fetches in a row gave it; one that is
/// shorter than half of the last good text only after it stayed for three days, because pages that fail often still answer with a good status. Numbers,
/// dates and order do not count.
/// </summary>
internal static class PageText
{
    /// <summary>What of a page is compared, in characters; official lists and statements have less, and a row's column holds no more.</summary>
    private const int MaxText = 30_000;

    /// <summary>Characters of removed sentences that an item quotes.</summary>
    private const int MaxRemoved = 2000;

    private static readonly TimeSpan ShortTextStays = TimeSpan.FromDays(3);

    public static SourceReading Read(IHtmlDocument page, PageSource source, Uri url, SourceMemory before, ArticleExtraction extraction)
    {
        var article = extraction.Read(page, url, source.Select);
        if (article.Text is null)
        {
            return new SourceReading.Unreadable(source.Select is null ? "a page without text" : "a page without the selected part");
        }

        var whole = string.Concat(article.Text.Value.Where(character => character == '\n' || !char.IsControl(character)));
        var text = whole.Length <= MaxText ? whole : TextCut.At(whole, MaxText);
        string[] repairs = whole.Length <= MaxText ? [] : ["only the first 30,000 characters are compared"];
        var memory = PageMemory.Parse(before.Left, Of(source));
        var change = TextChange.Between(memory.Text, text);
        if (!change.IsOne)
        {
            return Document([], memory with { Waiting = null }, waitsFor: null);
        }

        var isShort = text.Length * 2 < memory.Text.Length;
        var since = memory.Waiting == change.Hash ? memory.Since : before.Now;
        var isSettled = memory.Waiting == change.Hash && (!isShort || before.Now - since >= ShortTextStays);
        return isSettled
            ? Document([Item(change)], memory with { Text = text, Waiting = null }, waitsFor: null)
            : Document([], memory with { Waiting = change.Hash, Since = since }, isShort ? "much less text than before, waits" : "another text, waits for a second fetch that gives it");

        SourceReading.Document Document(IReadOnlyList<IncomingItem> items, PageMemory left, string? waitsFor) =>
            new(items, repairs, article.Language?.Value, AtLeastEvery: null) { Memory = left.ToString(), WaitsFor = waitsFor };

        IncomingItem Item(TextChange found)
        {
            var title = article.Title?.Value ?? source.Name;
            var isFirst = memory.Text.Length == 0;

            // A change happened when it was first met: it was not there at the visit before. The time is its own, so that one that comes back is told again.
            return new IncomingItem
            {
                SourceGuid = isFirst ? found.Hash : string.Create(CultureInfo.InvariantCulture, $"{found.Hash} {since:O}"),
                Link = url,
                Title = isFirst ? title : $"Changed: {title}",
                Text = found.Say(MaxRemoved),
                Published = isFirst ? null : since,
            };
        }
    }

    /// <summary>What the entry chooses: another part of another page has nothing to be compared with.</summary>
    private static string Of(PageSource source) => Keys.Hash(source.Url.AbsoluteUri, source.Select ?? "");
}
