using AngleSharp.Html.Dom;
using Monitoring.Items;

namespace Monitoring.WatchedPages;

/// <summary>
/// Reads the article of a page: what it says of itself, and the running text without menus, lists of other articles, comments and notes. Pure; the same
/// page gives the same article; the time grows with the length of the page. Each fact is taken from the first that tells it: linked data, Open Graph,
/// meta elements, microdata, <c>&lt;time&gt;</c>, headline, byline.
/// </summary>
/// <param name="readDate">Reads a date of machines, null for what is none; the reader of feeds' dates.</param>
public sealed class ArticleExtraction(Func<string, DateTimeOffset?> readDate)
{
    /// <summary>More input than this is cut.</summary>
    private const int MaxInput = 2_000_000;

    /// <summary>Longer lines are sentences, which may tell of other days.</summary>
    private const int LongestByline = 90;

    /// <summary>Lines after the headline, and before it, among which its date and author are looked for.</summary>
    private const int LinesAfter = 12;

    private const int LinesBefore = 5;

    private static readonly string[] AuthorWords = ["Автор:", "Авторы:", "Автор текста:", "Текст:", "Авторлар:", "Мәтін:", "By ", "Author:"];

    /// <param name="selector">The part that holds the text, a CSS selector; null: find it.</param>
    /// <returns>Null for what is nested too deeply to be a page.</returns>
    public Article? Read(string html, Uri url, string? selector = null)
    {
        using var page = HtmlTree.Parse(html.Length <= MaxInput ? html : html[..MaxInput]);
        return page is null ? null : Read(page, url, selector);
    }

    internal Article Read(IHtmlDocument page, Uri url, string? selector)
    {
        var facts = new ArticleFacts(page, url);
        var title = facts.Title;
        var near = NearHeadline(page, title?.Value);
        return new Article
        {
            Title = title,
            Text = Text(page, facts, title?.Value, selector),
            Published = Published(page, facts, near),
            Author = facts.Author ?? Author(near),
            Language = facts.Language,
            Canonical = facts.Canonical,
        };
    }

    /// <summary>What was chosen, what was found, or what linked data holds if it is much more: some pages build their text by script.</summary>
    private static Told<string>? Text(IHtmlDocument page, ArticleFacts facts, string? title, string? selector)
    {
        if (selector is not null)
        {
            return Told(string.Join('\n', PageParts.Outermost(page, selector).Select(ArticleBody.Chosen).Where(text => text.Length > 0)), ArticlePart.Selector);
        }

        if (page.QuerySelector("[itemprop~=articleBody i]:not(meta)") is { } marked && ArticleBody.Of(marked, title) is { Length: >= ArticleBody.ShortBody } body)
        {
            return new Told<string>(body, ArticlePart.Itemprop);
        }

        var (found, linked) = (page.Body is { } all ? ArticleBody.Of(all, title) : "", facts.Body);
        return linked.Length > 2 * found.Length ? Told(linked, ArticlePart.JsonLd) : Told(found, ArticlePart.Density);
    }

    private Told<DateTimeOffset>? Published(IHtmlDocument page, ArticleFacts facts, IReadOnlyList<string> near)
    {
        var times = page.QuerySelectorAll("article time[datetime], main time[datetime]").Concat(page.QuerySelectorAll("time[datetime]")).Take(LinesAfter)
            .Select(time => (Text: time.GetAttribute("datetime") ?? "", By: ArticlePart.TimeElement));
        var told = facts.Dates.Concat(times).Select(date => (Date: readDate(date.Text.Trim()) ?? InWords(date.Text), date.By))
            .Concat(near.Select(line => (Date: InWords(line), By: ArticlePart.Byline)));
        return told.Where(date => date.Date is not null).Select(date => new Told<DateTimeOffset>(date.Date!.Value, date.By)).FirstOrDefault();
    }

    private DateTimeOffset? InWords(string line) => line.Length <= LongestByline && ArticleDate.Find(line) is { } iso ? readDate(iso) : null;

    private static Told<string>? Author(IReadOnlyList<string> near) => near
        .Select(line => Array.Find(AuthorWords, word => line.StartsWith(word, StringComparison.OrdinalIgnoreCase)) is { } word ? line[word.Length..].Trim() : "")
        .Where(name => name.Length > 0).Select(name => new Told<string>(name, ArticlePart.Byline)).FirstOrDefault();

    /// <summary>Short lines after the headline, then those before it: page heads often show the date of today.</summary>
    private static IReadOnlyList<string> NearHeadline(IHtmlDocument page, string? title)
    {
        var lines = page.Body is { } body ? new ArticleBlocks(useHints: false).Cut(body).Lines.ToList() : [];
        var headline = lines.FindIndex(line => line.Element.LocalName == "h1");
        headline = headline >= 0 ? headline : lines.FindIndex(line => line.Text == title);
        var (after, before) = (lines.Skip(headline + 1).Take(LinesAfter), lines.Take(Math.Max(headline, 0)).Reverse().Take(LinesBefore));
        return [.. after.Concat(before).Where(line => line.Text.Length <= LongestByline).Select(line => line.Text)];
    }

    private static Told<string>? Told(string text, ArticlePart by) => text.Length > 0 ? new Told<string>(text, by) : null;
}
