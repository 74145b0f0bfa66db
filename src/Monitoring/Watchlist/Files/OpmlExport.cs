using System.Text;
using System.Xml;

namespace Monitoring.Watchlist.Files;

/// <summary>Writes the feeds and pages of a list as OPML 2.0: feed readers read the feeds, and we read all of it again.</summary>
public static class OpmlExport
{
    private const string Prefix = "monitoring";

    /// <returns>How many entries were written.</returns>
    public static int Write(WatchlistSnapshot list, TextWriter text)
    {
        text.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.Entitize, OmitXmlDeclaration = true };
        using (var xml = XmlWriter.Create(text, settings))
        {
            xml.WriteStartElement("opml");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteAttributeString("xmlns", Prefix, ns: null, OpmlFile.Namespace);
            xml.WriteStartElement("head");
            xml.WriteElementString("title", "Monitoring: feeds and pages");
            xml.WriteEndElement();
            xml.WriteStartElement("body");
            foreach (var source in list.Sources)
            {
                Write(source, xml);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        text.Write('\n');
        return list.Sources.Count;
    }

    private static void Write(Source source, XmlWriter xml)
    {
        var form = EntryForm.Of(source.Kind);
        xml.WriteStartElement("outline");
        xml.WriteAttributeString("text", Legal(source.Name));
        xml.WriteAttributeString("type", source is FeedSource ? "rss" : "link");
        xml.WriteAttributeString(source is FeedSource ? "xmlUrl" : "url", Legal(source.Url.OriginalString));
        if (source is not FeedSource)
        {
            xml.WriteAttributeString(Prefix, OpmlFile.Section, OpmlFile.Namespace, form.Section);
        }

        foreach (var (name, node) in form.Write(source).Fields.Where(field => field.Key is not ("name" or "url")))
        {
            var value = node is Node.List list ? string.Join(' ', list.Items.OfType<Node.Scalar>().Select(item => item.Value)) : ((Node.Scalar)node).Value;
            xml.WriteAttributeString(Prefix, name, OpmlFile.Namespace, Legal(value));
        }

        xml.WriteEndElement();
    }

    /// <summary>Without what XML cannot hold (XML 1.0, production 2).</summary>
    private static string Legal(string text)
    {
        var legal = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and not 0xfffe and not 0xffff))
            {
                legal.Append(rune);
            }
        }

        return legal.ToString();
    }
}
