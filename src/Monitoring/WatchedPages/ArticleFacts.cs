using AngleSharp.Html.Dom;
using Monitoring.Items;
using Monitoring.Network;

namespace Monitoring.WatchedPages;

/// <summary>What the head of a page and its attributes say of its article, the more reliable first. Texts are plain, on one line.</summary>
internal sealed class ArticleFacts
{
    /// <summary>Longer authors are sentences.</summary>
    private const int LongestName = 120;

    private readonly IHtmlDocument _page;
    private readonly Uri _baseUrl;
    private readonly Uri _url;
    private readonly ArticleJson? _json;
    private readonly Dictionary<string, string> _meta = new(StringComparer.OrdinalIgnoreCase);

    public ArticleFacts(IHtmlDocument page, Uri url)
    {
        (_page, _url) = (page, url);
        _baseUrl = HtmlTree.BaseOf(page, url);
        _json = ArticleJson.Of(page);
        foreach (var meta in page.QuerySelectorAll("meta[content]"))
        {
            var name = meta.GetAttribute("property") ?? meta.GetAttribute("name") ?? meta.GetAttribute("http-equiv") ?? "";
            _meta.TryAdd(name.Trim(), meta.GetAttribute("content")!);
        }
    }

    /// <summary>Plain text; empty if linked data holds no body.</summary>
    public string Body => PlainText.OfHtml(_json?.Body ?? "");

    public Told<string>? Title => First(
        (_json?.Headline, ArticlePart.JsonLd),
        (WithoutSite(Meta("og:title")), ArticlePart.OpenGraph),
        (WithoutSite(Meta("twitter:title")), ArticlePart.Meta),
        (Itemprop("headline"), ArticlePart.Itemprop),
        (_page.QuerySelector("h1")?.TextContent, ArticlePart.Headline),
        (_page.Title, ArticlePart.Meta));

    public Told<string>? Author => First(
        (Name(_json?.Author), ArticlePart.JsonLd),
        (Name(Meta("article:author") ?? Meta("og:article:author")), ArticlePart.OpenGraph),
        (Name(Meta("author") ?? Meta("dc.creator")), ArticlePart.Meta),
        (Name(Itemprop("author")), ArticlePart.Itemprop),
        (Name(_page.QuerySelector("[rel~=author]")?.TextContent), ArticlePart.Byline));

    public Told<string>? Language => First(
        (Code(_json?.Language), ArticlePart.JsonLd),
        (Code(Meta("og:locale")), ArticlePart.OpenGraph),
        (Code(Meta("content-language") ?? Meta("dc.language")), ArticlePart.Meta),
        (Code(_page.DocumentElement.GetAttribute("lang")), ArticlePart.Root));

    /// <summary>Dates as written, the first that can be read counts.</summary>
    public IEnumerable<(string Text, ArticlePart By)> Dates =>
        new (string?, ArticlePart)[]
        {
            (_json?.Published, ArticlePart.JsonLd),
            (Meta("article:published_time"), ArticlePart.OpenGraph),
            (Meta("og:article:published_time"), ArticlePart.OpenGraph),
            (Meta("og:published_time"), ArticlePart.OpenGraph),
            (Meta("datePublished") ?? Meta("pubdate") ?? Meta("publish_date") ?? Meta("date"), ArticlePart.Meta),
            (Meta("dc.date.issued") ?? Meta("dc.date"), ArticlePart.Meta),
            (Itemprop("datePublished"), ArticlePart.Itemprop),
        }.Where(date => date.Item1 is not null).Select(date => (date.Item1!, date.Item2));

    /// <summary>Another site may not claim the article, and no article is the front page.</summary>
    public Told<Uri>? Canonical
    {
        get
        {
            var told = new[] { (_page.QuerySelector("link[rel~=canonical i]")?.GetAttribute("href"), ArticlePart.Meta), (Meta("og:url"), ArticlePart.OpenGraph) };
            return told.Select(link => (Url: WebLink.Resolve(_baseUrl, link.Item1), By: link.Item2))
                .Where(link => link.Url is { } url && IsOwn(url)).Select(link => new Told<Uri>(link.Url!, link.By)).FirstOrDefault();
        }
    }

    private bool IsOwn(Uri url) =>
        string.Equals(Domains.Registrable(url.IdnHost), Domains.Registrable(_url.IdnHost), StringComparison.OrdinalIgnoreCase)
        && (url.PathAndQuery != "/" || _url.PathAndQuery == "/");

    private string? Meta(string name) => _meta.GetValueOrDefault(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    private string? Itemprop(string name)
    {
        var found = _page.QuerySelector($"[itemprop~={name} i]");
        return found?.GetAttribute("content") ?? found?.GetAttribute("datetime") ?? found?.QuerySelector("[itemprop~=name i]")?.TextContent ?? found?.TextContent;
    }

    /// <summary>"Headline | Site" is the headline.</summary>
    private string? WithoutSite(string? title) =>
        title is not null && Meta("og:site_name")?.Trim() is { } site && title.TrimEnd().EndsWith(site, StringComparison.OrdinalIgnoreCase)
            && title.TrimEnd()[..^site.Length].TrimEnd() is [.., '|' or '-' or '–' or '—' or ':' or '•' or '·'] cut
            ? cut.TrimEnd('|', '-', '–', '—', ':', '•', '·', ' ')
            : title;

    /// <summary>Some pages name an address instead of a person.</summary>
    private static string? Name(string? name) => name is { Length: <= LongestName } && !name.Contains("://", StringComparison.Ordinal) ? name : null;

    /// <summary>The primary subtag: <c>ru-KZ</c> is <c>ru</c>. Sites of Kazakhstan mean their language by <c>kz</c>.</summary>
    private static string? Code(string? tag) =>
        tag?.Split('-', '_', ',')[0].Trim().ToLowerInvariant() is { Length: 2 or 3 } code && code.All(char.IsAsciiLetterLower) ? (code == "kz" ? "kk" : code) : null;

    private static Told<string>? First(params ReadOnlySpan<(string? Text, ArticlePart By)> told)
    {
        foreach (var (text, by) in told)
        {
            if (PlainText.OfHtml(text ?? "").Replace('\n', ' ') is { Length: > 0 } line)
            {
                return new Told<string>(line, by);
            }
        }

        return null;
    }
}
