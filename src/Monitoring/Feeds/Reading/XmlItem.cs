using System.Xml.Linq;
using Monitoring.Items;

namespace Monitoring.Feeds.Reading;

/// <summary>Turns one item or entry into a <see cref="FeedItem"/>: which element says what, in the order of preference.</summary>
internal static class XmlItem
{
    public static FeedItem Read(XElement item, Uri baseUrl)
    {
        var link = Link(item, baseUrl);
        return new FeedItem
        {
            Id = Text(item, "guid", "id") ?? item.Attribute("about")?.Value,
            Link = link,
            Title = item.Element("title") is { } title ? PlainTitle(title) : "",
            Summary = Markup(item, "description", "summary", "media_description", "itunes_summary"),
            Content = Markup(item, "content_encoded", "content", "fulltext", "full-text", "body"),
            Authors = [.. Authors(item).Distinct(StringComparer.Ordinal)],
            Published = Date(item, "pubDate", "published", "issued", "date", "created"),
            Updated = Date(item, "updated", "modified"),
        };
    }

    public static string PlainTitle(XElement title)
    {
        var text = Inner(title);
        return PlainText.OfHtml(text).Replace('\n', ' ');
    }

    /// <summary>The alternate link; then a guid that is an address and does not deny it; then rdf:about.</summary>
    private static Uri? Link(XElement item, Uri baseUrl)
    {
        var links = item.Elements("link").Concat(item.Elements("atom_link")).ToList();
        var chosen = links.Find(link => link.Attribute("rel")?.Value is "alternate") ?? links.Find(link => link.Attribute("rel") is null);
        if (WebLink.Resolve(baseUrl, chosen?.Attribute("href")?.Value ?? chosen?.Value) is { } link)
        {
            return link;
        }

        var guid = item.Element("guid");
        var isAddress = guid is not null && guid.Attribute("isPermaLink")?.Value is not "false" && Uri.IsWellFormedUriString(guid.Value.Trim(), UriKind.Absolute);
        return isAddress ? WebLink.Resolve(baseUrl, guid!.Value) : WebLink.Resolve(baseUrl, item.Attribute("about")?.Value);
    }

    private static IEnumerable<string> Authors(XElement item) => item.Elements()
        .Where(element => element.Name.LocalName is "author" or "creator" or "itunes_author")
        .Select(element => (element.Element("name") ?? element).Value.Trim())
        .Where(name => name.Length is > 0 and < 200);

    private static DateTimeOffset? Date(XElement item, params string[] names) =>
        names.SelectMany(name => item.Elements(name)).Select(element => FeedDate.Read(element.Value)).FirstOrDefault(date => date is not null);

    private static string? Text(XElement item, params string[] names) =>
        names.SelectMany(name => item.Elements(name)).Select(element => element.Value.Trim()).FirstOrDefault(text => text.Length > 0);

    private static string? Markup(XElement item, params string[] names) =>
        names.SelectMany(name => item.Elements(name)).Select(Inner).FirstOrDefault(text => text.Trim().Length > 0);

    /// <summary>Escaped markup is text here already; Atom's XHTML is written out again.</summary>
    private static string Inner(XElement element) =>
        element.HasElements ? string.Concat(element.Nodes().Select(node => node.ToString(SaveOptions.DisableFormatting))) : element.Value;
}
