using System.Text;
using Monitoring.Feeds;

namespace Monitoring.Tests.Support;

/// <summary>Feeds of all formats, damaged in every way that feeds are damaged and in some that only an enemy thinks of. The same for the same seed.</summary>
internal sealed class FeedMutations
{
    private static readonly string[] Samples =
    [
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><!DOCTYPE rss [<!ENTITY a \"b\">]><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Лента</title>"
            + "<link>https://site.kz/</link><ttl>30</ttl><item><title>Мирас &amp; &laquo;Ко&raquo;</title><link>/1</link><guid isPermaLink=\"false\">1</guid><pubDate>Sun, 22 Nov 2026 09:00:00 +0500</pubDate>"
            + "<dc:creator>Асель (a@b.kz)</dc:creator><description>&lt;p&gt;A&lt;/p&gt;</description><content:encoded><![CDATA[<p>Б</p>]]></content:encoded><enclosure url='/a.mp3'/></item>"
            + "<item><title>2</title><description><p>x<br/>y</p></description></item></channel></rss>",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"kk\" xml:base=\"http://a.kz/\"><title type=\"html\">&lt;b&gt;Т&lt;/b&gt;</title><link href='/'/><author><name>А</name><email>a@b.kz</email></author>"
            + "<entry><id>x/1</id><title>1</title><updated>2026-11-22T03:00:00Z</updated><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>A &amp; Б</p></div></content><source><title>C</title></source></entry></feed>",
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\"><channel rdf:about=\"http://a.kz/\"><title>T</title></channel><image><url>/i</url></image>"
            + "<item rdf:about=\"http://a.kz/1\"><title>1</title><dc:date>2026-11-22</dc:date></item></rdf:RDF>",
        "<urlset xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\"><url><loc>http://a.kz/1</loc><lastmod>2026</lastmod><news:news><news:title>Н</news:title></news:news></url></urlset>",
        "<CHANNEL HREF=\"http://a.kz/\"><TITLE>T</TITLE><ITEM HREF=\"/1\" LASTMOD=\"2026-11-22\"><TITLE>1</TITLE></ITEM></CHANNEL>",
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Т\",\"items\":[{\"id\":\"1\",\"title\":\"\\ud83d\\ude00\",\"content_html\":\"<p>A</p>\",\"authors\":[{\"name\":\"А\"}]},{\"id\":2,\"url\":\"/2\"}]}",
    ];

    private static readonly string[] Pieces =
    [
        "<", ">", "</", "/>", "<![CDATA[", "]]>", "<!--", "-->", "&", "&#", "&#x", ";", "&nbsp;", "&a;", "\"", "'", "=", "x:", "xmlns:x=''", "xmlns=\"http://www.w3.org/1999/xhtml\"", "<!DOCTYPE", "<!ENTITY a '&a;&a;'>",
        "[", "]", "<?", "?>", "\0", "\u0085", "\uffff", "\ufeff", "\\u", "\\ud83d", "{", "}", ",", "<item>", "</item>", "<entry>", "<title>", "</title>", "<channel>", "</channel>", "</rss>", "<author>", "<source>", "<image>",
        "<br>", "<div>", "<script>", "</p>", "http://xn--й.kz/", "javascript:", "9999-99-99", "+99:99", " type=\"xhtml\"", " mode=\"base64\"", " xml:base=\"../\"", "\n", "\r\n", "  ",
    ];

    private static readonly Encoding[] Encodings;

    private readonly Random _random;

    static FeedMutations()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Encodings = [.. new[] { "utf-16", "utf-16BE", "utf-32", "windows-1251", "koi8-r", "cp866", "gb18030", "iso-2022-jp", "ibm037" }.Select(Encoding.GetEncoding)];
    }

    public FeedMutations(int seed)
    {
        (Seed, _random) = (seed, new Random(seed));
    }

    /// <summary>Named in a failure's message.</summary>
    public int Seed { get; }

    public byte[] Next()
    {
        var text = Of(Samples);
        for (var change = _random.Next(6); change > 0; change--)
        {
            text = Change(text);
        }

        var bytes = (_random.Next(8) == 0 ? Of(Encodings) : Encoding.UTF8).GetBytes(text);
        for (var change = _random.Next(4) == 0 ? _random.Next(8) : 0; change > 0 && bytes.Length > 0; change--)
        {
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        }

        return bytes;
    }

    /// <summary>What is wrong with a reading of any bytes; null if nothing is.</summary>
    public static string? Fault(FeedReading reading) => reading is not FeedReading.Read { Document: var feed } ? null
        : feed.Items.Count > FeedReader.MaxItems ? "too many items"
        : feed.Items.Any(item => item.Link is { } link && !(link.IsAbsoluteUri && link.Scheme is "http" or "https")) ? "a link that is none of the web"
        : feed.Items.Select(item => item.Title).Append(feed.Title).FirstOrDefault(title => !IsLine(title)) is { } line ? $"a title with odd characters: {line}"
        : feed.Items.SelectMany(item => new[] { item.Summary?.Plain, item.Content?.Plain, item.Content?.Value }).Any(text => text is not null && !IsText(text)) ? "a text with odd characters"
        : feed.Repairs.Any(repair => repair.Count <= 0 || repair.Line <= 0 || repair.ToString().Length == 0) ? "a repair without place"
        : null;

    private string Change(string text)
    {
        var at = _random.Next(text.Length + 1);
        var length = _random.Next(Math.Min(text.Length - at, _random.Next(4) == 0 ? 200 : 4) + 1);
        return _random.Next(6) switch
        {
            0 => text[..at],
            1 => text.Remove(at, length),
            2 => string.Concat(text.AsSpan(0, at + length), text.AsSpan(at)),
            3 => text.Insert(at, text.Substring(_random.Next(text.Length - length + 1), length)),
            _ => text[..at] + Of(Pieces) + text[(at + Math.Min(length, 2))..],
        };
    }

    private T Of<T>(T[] choices) => choices[_random.Next(choices.Length)];

    private static bool IsLine(string text) => IsText(text) && !text.Contains('\n', StringComparison.Ordinal);

    /// <summary>No control characters, no halves of characters.</summary>
    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]) || (char.IsControl(text[i]) && text[i] is not ('\n' or '\t')))
            {
                return false;
            }
        }

        return true;
    }
}
