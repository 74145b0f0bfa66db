using System.Globalization;
using System.Xml;

namespace Monitoring.Watchlist.Files;

/// <summary>
/// Feeds of an OPML file (opml.org, 1.0 to 2.0), as feed readers export them: every outline with an <c>xmlUrl</c>, in whatever folder; of two with the same
/// address the first. What only we know stands in attributes of our namespace, named as the fields of the YAML file.
/// </summary>
internal sealed class OpmlFile
{
    public const string Namespace = "urn:monitoring:watchlist";

    /// <summary>In our namespace: the section of the YAML file, where it is not the feeds.</summary>
    public const string Section = "section";

    private const int MaxDepth = 100;
    private const int MaxName = 500;
    private const int MaxCharacters = 50_000_000;

    private readonly string _name;
    private readonly Action<Problem> _report;
    private readonly XmlReader _xml;
    private readonly HashSet<(EntryKind, string)> _seen = [];

    private OpmlFile(TextReader text, string name, Action<Problem> report)
    {
        (_name, _report) = (name, report);
        _xml = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersInDocument = MaxCharacters });
    }

    private int Line => ((IXmlLineInfo)_xml).LineNumber;

    /// <param name="name">How messages name the file.</param>
    public static IEnumerable<FileEntry> Read(TextReader text, string name, Action<Problem> report) => new OpmlFile(text, name, report).Entries();

    private IEnumerable<FileEntry> Entries()
    {
        for (var (isFirst, count) = (true, 0); MoveNext();)
        {
            if (_xml.NodeType is not XmlNodeType.Element)
            {
                continue;
            }

            if (isFirst && !Is("opml"))
            {
                Report(Line, "file", "an OPML document is expected");
                yield break;
            }

            isFirst = false;
            if (Is("outline") && FormOf() is { } form && Take(form, count++) is { } entry && _seen.Add((form.Kind, form.Identity(entry.Entry))))
            {
                yield return entry;
            }
        }
    }

    /// <summary>False at the end, and where reading cannot go on.</summary>
    private bool MoveNext()
    {
        try
        {
            if (!_xml.Read())
            {
                return false;
            }

            if (_xml.Depth <= MaxDepth)
            {
                return true;
            }

            Report(Line, "file", "is nested too deeply");
        }
        catch (XmlException malformed)
        {
            Report(malformed.LineNumber, "file", "this is not well-formed XML, or too long");
        }

        return false;
    }

    private bool Is(string name) => _xml.NamespaceURI.Length == 0 && string.Equals(_xml.LocalName, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Null for a folder.</summary>
    private EntryForm? FormOf() =>
        _xml.GetAttribute(Section, Namespace) == EntryForm.Of(EntryKind.Page).Section ? EntryForm.Of(EntryKind.Page)
        : Attribute("xmlUrl") is not null ? EntryForm.Of(EntryKind.Feed)
        : null;

    private Node.Map Fields(EntryForm form)
    {
        var line = Line;
        var fields = new List<KeyValuePair<string, Node>>();
        for (var more = _xml.MoveToFirstAttribute(); more; more = _xml.MoveToNextAttribute())
        {
            if (_xml.NamespaceURI == Namespace && _xml.LocalName is not Section)
            {
                fields.Add(KeyValuePair.Create(_xml.LocalName, ValueOf(_xml.LocalName, _xml.Value, line)));
            }
        }

        _xml.MoveToElement();
        var url = (form.Kind is EntryKind.Feed ? Attribute("xmlUrl") : Attribute("url")) ?? "";
        Add("name", Name(url));
        Add("url", Web(url));
        if (Attribute("language") is { } language && FieldRules.IsLanguage(language))
        {
            Add("languages", language);
        }

        return new Node.Map(fields, line);

        void Add(string name, string value)
        {
            if (fields.TrueForAll(field => field.Key != name))
            {
                fields.Add(KeyValuePair.Create(name, ValueOf(name, value, line)));
            }
        }
    }

    private static Node ValueOf(string field, string value, int line) =>
        field == "languages" ? new Node.List([.. value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => new Node.Scalar(one, line))], line) : new Node.Scalar(value, line);

    /// <summary>Readers write whatever the feed calls itself.</summary>
    private string Name(string url)
    {
        var name = string.Join(' ', (Attribute("text") ?? Attribute("title") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        name = new string([.. name.Where(letter => !char.IsControl(letter))]);
        return name.Length is 0 or > MaxName ? FieldRules.ReadUrl(Web(url))?.Host ?? "feed" : name;
    }

    /// <summary>Some readers mark addresses of feeds with a scheme of their own.</summary>
    private static string Web(string url) =>
        url.StartsWith("feed://", StringComparison.OrdinalIgnoreCase) ? "http" + url[4..]
        : url.StartsWith("feed:", StringComparison.OrdinalIgnoreCase) ? url[5..]
        : url;

    /// <summary>Null if the outline has problems, which were reported.</summary>
    private FileEntry? Take(EntryForm form, int index)
    {
        var fields = Fields(form);
        var path = string.Create(CultureInfo.InvariantCulture, $"outline[{index}]");
        var problems = 0;
        var read = form.Read(
            new FieldReader(fields, path, (node, at, message) =>
            {
                problems++;
                Report(node.Line, at, message);
            }),
            id: "",
            country: null);
        return problems == 0 ? new FileEntry(read, fields.Line, path) : null;
    }

    /// <summary>Case differs between readers.</summary>
    private string? Attribute(string name)
    {
        string? value = null;
        for (var more = _xml.MoveToFirstAttribute(); more && value is null; more = _xml.MoveToNextAttribute())
        {
            value = Is(name) ? _xml.Value : null;
        }

        _xml.MoveToElement();
        return value;
    }

    private void Report(int line, string path, string message) => _report(new Problem(_name, Math.Max(line, 1), path, message));
}
