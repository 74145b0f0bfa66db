using System.Collections.Frozen;
using System.Text;

namespace Monitoring.Feeds.Reading.Xml;

/// <summary>
/// The elements of all formats by vocabulary and name, both in small letters. Vocabularies are recognised by namespace and, where that is missing or
/// misspelt, by the usual prefix.
/// </summary>
internal static class FeedNames
{
    /// <summary>The vocabulary of RSS, Atom, CDF and sitemaps, whose names do not contradict each other.</summary>
    public const string Core = "";

    private const int LongestName = 40;

    private static readonly FrozenDictionary<string, FeedTerm>.AlternateLookup<ReadOnlySpan<char>> Terms = new (FeedTerm Term, string Names)[]
    {
        (FeedTerm.Rss, "rss"),
        (FeedTerm.Rdf, "rdf:rdf"),
        (FeedTerm.Feed, "feed"),
        (FeedTerm.Channel, "channel"),
        (FeedTerm.UrlSet, "urlset"),
        (FeedTerm.SitemapIndex, "sitemapindex"),
        (FeedTerm.Item, "item"),
        (FeedTerm.Entry, "entry"),
        (FeedTerm.SitemapEntry, "sitemap"),
        (FeedTerm.Image, "image"),
        (FeedTerm.TextInput, "textinput"),
        (FeedTerm.Source, "source"),
        (FeedTerm.Ignored, "cloud skiphours skipdays items yandex:related image:image"),
        (FeedTerm.Author, "author managingeditor creator dc:creator dc:author itunes:author"),
        (FeedTerm.Publisher, "webmaster publisher dc:publisher itunes:owner"),
        (FeedTerm.Contributor, "contributor dc:contributor"),
        (FeedTerm.PersonName, "name itunes:name"),
        (FeedTerm.PersonEmail, "email itunes:email"),
        (FeedTerm.PersonUrl, "uri homepage"),
        (FeedTerm.Title, "title news:title"),
        (FeedTerm.OtherTitle, "dc:title dcterms:title media:title itunes:title"),
        (FeedTerm.Description, "description abstract dc:description dcterms:abstract"),
        (FeedTerm.Summary, "summary tagline subtitle info itunes:summary"),
        (FeedTerm.OtherSummary, "media:description media:text itunes:subtitle"),
        (FeedTerm.Content, "content"),
        (FeedTerm.HtmlContent, "content:encoded encoded fullitem body xhtml:body"),
        (FeedTerm.FullText, "fulltext full-text yandex:full-text turbo:content"),
        (FeedTerm.Rights, "rights copyright dc:rights dcterms:rights"),
        (FeedTerm.Generator, "generator"),
        (FeedTerm.Category, "category dc:subject itunes:category"),
        (FeedTerm.Keywords, "keywords news:keywords media:keywords itunes:keywords"),
        (FeedTerm.Language, "language dc:language news:language"),
        (FeedTerm.TimeToLive, "ttl"),
        (FeedTerm.Guid, "guid"),
        (FeedTerm.Id, "id"),
        (FeedTerm.OtherId, "dc:identifier"),
        (FeedTerm.Link, "link"),
        (FeedTerm.Url, "url"),
        (FeedTerm.Location, "loc"),
        (FeedTerm.Comments, "comments"),
        (FeedTerm.Enclosure, "enclosure media:content"),
        (FeedTerm.Thumbnail, "media:thumbnail itunes:image"),
        (FeedTerm.ImageUrl, "logo"),
        (FeedTerm.IconUrl, "icon"),
        (FeedTerm.License, "cc:license creativecommons:license"),
        (FeedTerm.Documentation, "docs"),
        (FeedTerm.CommentFeed, "wfw:commentrss"),
        (FeedTerm.Published, "pubdate published issued dcterms:issued news:publication_date"),
        (FeedTerm.Updated, "updated modified dcterms:modified lastbuilddate lastmod"),
        (FeedTerm.Date, "date dc:date"),
        (FeedTerm.Created, "created dcterms:created dcterms:date"),
        (FeedTerm.Expires, "expirationdate dcterms:valid"),
    }.SelectMany(row => row.Names.Split(' '), (row, name) => (row.Term, name)).ToFrozenDictionary(pair => pair.name, pair => pair.Term).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Namespaces without scheme, trailing mark and capitals: all of these are got wrong somewhere.</summary>
    private static readonly FrozenDictionary<string, string> Namespaces = new (string Vocabulary, string Names)[]
    {
        (Core, "backend.userland.com/rss backend.userland.com/rss2 backend.userland.com/rss091 backend.userland.com/rss092 blogs.law.harvard.edu/tech/rss cyber.law.harvard.edu/rss"),
        (Core, "purl.org/rss/1.0 purl.org/rss/2.0 purl.org/net/rss1.1 my.netscape.com/rdf/simple/0.9 my.netscape.com/publish/formats/rss-0.91 channel.netscape.com/rdf/simple/0.9"),
        (Core, "www.w3.org/2005/atom w3.org/2005/atom purl.org/atom/ns purl.org/pie purl.org/echo example.com/newformat example.com/necho uri/of/echo/namespace"),
        (Core, "www.sitemaps.org/schemas/sitemap/0.9 www.google.com/schemas/sitemap/0.84 www.google.com/schemas/sitemap/0.9 purl.org/rss/1.0/modules/rss091"),
        ("rdf", "www.w3.org/1999/02/22-rdf-syntax-ns"),
        ("dc", "purl.org/dc/elements/1.0 purl.org/dc/elements/1.1 purl.org/dc"),
        ("dcterms", "purl.org/dc/terms"),
        ("content", "purl.org/rss/1.0/modules/content"),
        ("media", "search.yahoo.com/mrss search.yahoo.com/rss tools.search.yahoo.com/mrss video.search.yahoo.com/mrss"),
        ("itunes", "www.itunes.com/dtds/podcast-1.0.dtd itunes.apple.com/dtds/podcast-1.0.dtd example.com/dtds/podcast-1.0.dtd"),
        ("xhtml", "www.w3.org/1999/xhtml"),
        ("news", "www.google.com/schemas/sitemap-news/0.9"),
        ("image", "www.google.com/schemas/sitemap-image/1.1"),
        ("cc", "web.resource.org/cc creativecommons.org/ns"),
        ("creativecommons", "backend.userland.com/creativecommonsrssmodule cyber.law.harvard.edu/rss/creativecommonsrssmodule"),
        ("wfw", "wellformedweb.org/commentapi"),
        ("yandex", "news.yandex.ru"),
        ("turbo", "turbo.yandex.ru"),
    }.SelectMany(row => row.Names.Split(' '), (row, name) => (row.Vocabulary, name)).ToFrozenDictionary(pair => pair.name, pair => pair.Vocabulary);

    /// <summary>Null for a namespace that is none of a feed's.</summary>
    public static string? Vocabulary(string uri)
    {
        var name = uri.Trim().ToLowerInvariant().TrimEnd('/', '#');
        var scheme = name.IndexOf("://", StringComparison.Ordinal);
        return Namespaces.GetValueOrDefault(scheme < 0 ? name : name[(scheme + 3)..]);
    }

    /// <summary>The vocabulary that a prefix means if nothing better is known.</summary>
    public static string OfPrefix(string prefix) => prefix is "atom" or "atom03" or "atom10" or "a10" or "rss" or "rss1" or "rss2" or "sm" ? Core : prefix;

    public static FeedTerm Term(ReadOnlySpan<char> vocabulary, ReadOnlySpan<byte> name)
    {
        if (name.Length > LongestName || vocabulary.Length > LongestName)
        {
            return FeedTerm.Unknown;
        }

        Span<char> key = stackalloc char[2 * LongestName + 1];
        var length = 0;
        if (vocabulary.Length > 0)
        {
            vocabulary.CopyTo(key);
            key[vocabulary.Length] = ':';
            length = vocabulary.Length + 1;
        }

        Ascii.ToLower(name, key[length..], out var written);
        return written == name.Length && Terms.TryGetValue(key[..(length + written)], out var term) ? term : FeedTerm.Unknown;
    }
}
