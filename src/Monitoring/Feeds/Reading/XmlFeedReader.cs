using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Monitoring.Feeds.Reading;

/// <summary>
/// Reads the XML formats item by item: where the document breaks off or breaks, every complete item before is kept. Elements are recognised by
/// local name, because namespaces are often missing or misspelt. No DTD is processed, depth is limited.
/// </summary>
internal static class XmlFeedReader
{
    private const int MaxDepth = 64;

    /// <summary>More attributes of one element are left: none of ours stands so late, and looking for repeated names costs the square of their number.</summary>
    private const int MaxAttributes = 64;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
        MaxCharactersFromEntities = 1024,
    };

    /// <summary>Prefixes that feeds use without declaring them.</summary>
    private static readonly (string Prefix, string Namespace)[] UsualPrefixes =
    [
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("content", "http://purl.org/rss/1.0/modules/content/"),
        ("media", "http://search.yahoo.com/mrss/"),
        ("atom", "http://www.w3.org/2005/Atom"),
        ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
        ("georss", "http://www.georss.org/georss"),
        ("slash", "http://purl.org/rss/1.0/modules/slash/"),
        ("wfw", "http://wellformedweb.org/CommentAPI/"),
        ("sy", "http://purl.org/rss/1.0/modules/syndication/"),
        ("yandex", "http://news.yandex.ru"),
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ];

    public static FeedReading Read(string text, Uri url)
    {
        var repairs = new List<string>();
        var repaired = WithoutDeclaration(XmlRepair.Repair(text, repairs).TrimStart('\ufeff', ' ', '\t', '\r', '\n'));
        using var reader = XmlReader.Create(new StringReader(repaired), Settings, Context());
        var feed = new Collector(url, repairs);
        try
        {
            Walk(reader, feed);
        }
        catch (XmlException broken)
        {
            feed.Repairs.Add(string.Create(CultureInfo.InvariantCulture, $"the XML breaks at line {broken.LineNumber}; {feed.Items.Count} complete items were kept"));
        }

        return feed.Format is { } format && (feed.Items.Count > 0 || feed.IsComplete)
            ? new FeedReading.Read(new FeedDocument(format, feed.Title, feed.Link, feed.Language, feed.TimeToLive, feed.Items, feed.Repairs))
            : new FeedReading.NotAFeed(feed.Format is null ? "XML that is no feed" : "a feed that breaks before its first item");
    }

    /// <summary>The text is decoded already, and what a declaration says beside the encoding (version 1.1) only makes the reader refuse.</summary>
    private static string WithoutDeclaration(string text) =>
        text.StartsWith("<?xml ", StringComparison.Ordinal) && text.IndexOf("?>", StringComparison.Ordinal) is > 0 and var end ? text[(end + 2)..] : text;

    private static XmlParserContext Context()
    {
        var names = new TolerantNamespaces();
        foreach (var (prefix, name) in UsualPrefixes)
        {
            names.AddNamespace(prefix, name);
        }

        return new XmlParserContext(nt: null, names, xmlLang: null, XmlSpace.None);
    }

    private static void Walk(XmlReader reader, Collector feed)
    {
        reader.MoveToContent();
        feed.Format = reader.LocalName switch
        {
            "rss" or "channel" => FeedFormat.Rss,
            "RDF" => FeedFormat.Rdf,
            "feed" => FeedFormat.Atom,
            _ => null,
        };
        if (feed.Format is null)
        {
            return;
        }

        feed.Language = reader.GetAttribute("xml:lang");
        reader.Read();
        while (!reader.EOF && feed.Items.Count < FeedReader.MaxItems)
        {
            if (reader.NodeType is XmlNodeType.Element && reader.LocalName is not "channel" && ReadElement(reader) is { } element)
            {
                feed.Take(element);
            }

            // Last: what follows may be broken, and the element is complete.
            reader.Read();
        }

        feed.IsComplete = true;
    }

    /// <summary>Reads the element with all it holds; the reader stands at its end. Null if it is nested too deeply, as no feed is.</summary>
    private static XElement? ReadElement(XmlReader reader)
    {
        var root = new XElement(reader.LocalName);
        var depth = reader.Depth;
        var stack = new Stack<XElement>();
        stack.Push(root);
        AddAttributes(reader, root);
        var isTooDeep = false;
        var isEmpty = reader.IsEmptyElement;
        while (!isEmpty && reader.Read() && reader.Depth > depth)
        {
            isTooDeep |= reader.Depth - depth > MaxDepth;
            if (isTooDeep)
            {
                continue;
            }

            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var child = new XElement(ChildName(reader));
                    AddAttributes(reader, child);
                    stack.Peek().Add(child);
                    if (!reader.IsEmptyElement)
                    {
                        stack.Push(child);
                    }

                    break;
                case XmlNodeType.EndElement:
                    stack.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    stack.Peek().Add(new XText(reader.Value));
                    break;
            }
        }

        return isTooDeep ? null : root;
    }

    /// <summary>Local names, but for the few that mean something else in another namespace.</summary>
    private static string ChildName(XmlReader reader) => (reader.Prefix, reader.LocalName) switch
    {
        ("media" or "itunes", var name) => $"{reader.Prefix}_{name}",
        ("content", "encoded") => "content_encoded",
        ("atom" or "atom10", "link") => "atom_link",
        (_, var name) => name,
    };

    private static void AddAttributes(XmlReader reader, XElement element)
    {
        for (var i = 0; i < MaxAttributes && reader.MoveToNextAttribute(); i++)
        {
            if (reader.Prefix != "xmlns" && reader.LocalName != "xmlns" && element.Attribute(reader.LocalName) is null)
            {
                element.Add(new XAttribute(reader.LocalName, reader.Value));
            }
        }

        reader.MoveToElement();
    }

    /// <summary>A prefix that nobody declared is no reason to lose the feed.</summary>
    private sealed class TolerantNamespaces() : XmlNamespaceManager(new NameTable())
    {
        public override string LookupNamespace(string prefix) => base.LookupNamespace(prefix) ?? $"undeclared:{prefix}";
    }

    /// <summary>Gathers what the walk meets.</summary>
    private sealed class Collector(Uri url, List<string> repairs)
    {
        public FeedFormat? Format { get; set; }

        public string Title { get; private set; } = "";

        public Uri? Link { get; private set; }

        public string? Language { get; set; }

        public TimeSpan? TimeToLive { get; private set; }

        public bool IsComplete { get; set; }

        public List<FeedItem> Items { get; } = [];

        public List<string> Repairs => repairs;

        public void Take(XElement element)
        {
            switch (element.Name.LocalName)
            {
                case "item" or "entry":
                    Items.Add(XmlItem.Read(element, Link ?? url));
                    break;
                case "title" when Title.Length == 0:
                    Title = XmlItem.PlainTitle(element);
                    break;
                case "link" when Link is null && element.Attribute("rel")?.Value is null or "alternate":
                    Link = WebLink.Resolve(url, element.Attribute("href")?.Value ?? element.Value);
                    break;
                case "language" when Language is null:
                    Language = element.Value.Trim();
                    break;
                case "ttl" when int.TryParse(element.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes):
                    TimeToLive = TimeSpan.FromMinutes(Math.Min(minutes, 7 * 24 * 60));
                    break;
            }
        }
    }
}
