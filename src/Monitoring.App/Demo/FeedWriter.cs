using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Monitoring.App.Demo;

/// <summary>An article as a feed publishes it.</summary>
internal sealed record PublishedArticle(string Title, string Text, string Link, DateTimeOffset? Published);

/// <summary>Writes the demo's feeds, each format as real feeds write it, mistakes included.</summary>
internal static class FeedWriter
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static FeedWriter() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static byte[] Rss(string title, string language, IEnumerable<PublishedArticle> articles, string encoding = "utf-8")
    {
        var head = $"""<?xml version="1.0" encoding="{encoding}"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{Escape(title)}</title><language>{language}</language>""";
        var items = articles.Select(article =>
            $"<item><title>{Escape(article.Title)}</title><link>{article.Link}</link><guid>{article.Link}</guid>{PubDate(article)}<description>{Escape(First(article.Text))}</description>"
            + $"<content:encoded><![CDATA[<p>{Escape(article.Text)}</p><p><a href=\"/about\">О нас</a></p>]]></content:encoded></item>");
        return Encoding.GetEncoding(encoding).GetBytes($"{head}{string.Concat(items)}</channel></rss>");
    }

    /// <summary>RSS 0.91 as old programs write it: no guid, no date.</summary>
    public static byte[] OldRss(string title, IEnumerable<PublishedArticle> articles)
    {
        var items = articles.Select(article => $"<item><title>{Escape(article.Title)}</title><link>{article.Link}</link><description>{Escape(article.Text)}</description></item>");
        return Utf8($"<?xml version=\"1.0\"?><rss version=\"0.91\"><channel><title>{Escape(title)}</title>{string.Concat(items)}</channel></rss>");
    }

    /// <summary>Bare ampersands, HTML entities, an undeclared prefix, an illegal character, and an end in the middle of an item.</summary>
    public static byte[] BrokenRss(string title, IEnumerable<PublishedArticle> articles)
    {
        var items = articles.Select(article =>
            $"<item><title>{article.Title}</title><link>{article.Link}?a=1&b=2</link><dc:creator>editor</dc:creator>{PubDate(article)}<description>{article.Text}&nbsp;&mdash; читать</description></item>\u0008");
        return Utf8($"<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>{title} &laquo;&nbsp;&raquo;</title>{string.Concat(items)}<item><title>Обрыв");
    }

    public static byte[] Rdf(string title, IEnumerable<PublishedArticle> articles)
    {
        var head = $"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="/"><title>{Escape(title)}</title></channel>""";
        var items = articles.Select(article =>
            $"<item rdf:about=\"{article.Link}\"><title>{Escape(article.Title)}</title><link>{article.Link}</link><dc:date>{Iso(article)}</dc:date><description>{Escape(article.Text)}</description></item>");
        return Utf8($"{head}{string.Concat(items)}</rdf:RDF>");
    }

    public static byte[] Atom(string title, string language, IEnumerable<PublishedArticle> articles)
    {
        var head = $"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}"><title>{Escape(title)}</title><id>urn:{language}</id>""";
        var items = articles.Select(article =>
            $"<entry><title type=\"html\">{Escape(Escape(article.Title))}</title><link rel=\"alternate\" href=\"{article.Link}\"/><id>{article.Link}</id><published>{Iso(article)}</published>"
            + $"<updated>{Iso(article)}</updated><content type=\"html\">{Escape($"<p>{Escape(article.Text)}</p>")}</content></entry>");
        return Utf8($"{head}{string.Concat(items)}</feed>");
    }

    public static byte[] OldAtom(string title, IEnumerable<PublishedArticle> articles)
    {
        var items = articles.Select(article =>
            $"<entry><title>{Escape(article.Title)}</title><link rel=\"alternate\" href=\"{article.Link}\"/><id>{article.Link}</id><issued>{Iso(article)}</issued><modified>{Iso(article)}</modified><summary>{Escape(article.Text)}</summary></entry>");
        return Utf8($"""<?xml version="1.0"?><feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>{Escape(title)}</title>{string.Concat(items)}</feed>""");
    }

    public static byte[] Json(string title, string language, IEnumerable<PublishedArticle> articles) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            version = "https://jsonfeed.org/version/1.1",
            title,
            language,
            items = articles.Select(article => new { id = article.Link, url = article.Link, title = article.Title, content_html = $"<p>{Escape(article.Text)}</p>", date_published = Iso(article) }),
        },
        Readable);

    public static byte[] Page(string title, IEnumerable<PublishedArticle> articles)
    {
        var links = string.Concat(articles.Select(article => $"<li><a href=\"{article.Link}\">{Escape(article.Title)}</a></li>"));
        return Utf8($"<!DOCTYPE html><html lang=\"ru\"><head><title>{Escape(title)}</title></head><body><nav><a href=\"/about-the-editors-of-this-page\">О редакции этой страницы новостей</a></nav><ul class=\"news\">{links}</ul></body></html>");
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string PubDate(PublishedArticle article) =>
        article.Published is { } at ? $"<pubDate>{at.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000</pubDate>" : "";

    private static string? Iso(PublishedArticle article) => article.Published?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string First(string text) => text[..(text.IndexOf('.', StringComparison.Ordinal) + 1)];

    private static string Escape(string text) => WebUtility.HtmlEncode(text).Replace("&#39;", "'", StringComparison.Ordinal);
}
