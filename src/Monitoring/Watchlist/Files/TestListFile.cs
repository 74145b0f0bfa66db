using System.Globalization;

namespace Monitoring.Watchlist.Files;

/// <param name="Sites">Without ids, in the order of the file.</param>
/// <param name="Categories">How many rows of the file have each code, those left out included.</param>
/// <param name="NotChosen">Rows of other categories.</param>
/// <param name="Problems">Of each row that was refused.</param>
public sealed record TestList(IReadOnlyList<Site> Sites, IReadOnlyDictionary<string, int> Categories, int NotChosen, IReadOnlyList<Problem> Problems);

/// <summary>
/// Reads a Citizen Lab test list (citizenlab/test-lists, lists/*.csv): columns <c>url</c> and <c>category_code</c>, and where they are <c>category_description</c>,
/// <c>date_added</c>, <c>source</c> and <c>notes</c>, found by the names in the first line. Their data are under CC BY-NC-SA 4.0: every site's note says so.
/// </summary>
public sealed class TestListFile
{
    public const string Attribution = "Citizen Lab test lists, CC BY-NC-SA 4.0";
    private const int MostRows = 100_000;
    private const string Url = "url";
    private const string Code = "category_code";
    private static readonly string[] Known = [Url, Code, "category_description", "date_added", "source", "notes"];

    private readonly string _file;
    private readonly string _country;
    private readonly IReadOnlySet<string> _chosen;
    private readonly List<Site> _sites = [];
    private readonly SortedDictionary<string, int> _categories = new(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private int _notChosen;

    private TestListFile(string file, string country, IReadOnlySet<string> chosen)
    {
        (_file, _country, _chosen) = (file, country, chosen);
    }

    /// <param name="file">How problems name it.</param>
    /// <param name="country">ISO 3166-1, of every site.</param>
    /// <param name="chosen">Category codes in capitals; empty: all.</param>
    /// <param name="read">Told after each row.</param>
    public static TestList Read(TextReader text, string file, string country, IReadOnlySet<string> chosen, Action read)
    {
        var list = new TestListFile(file, country, chosen);
        list.Read(CsvRecord.Read(text), read);
        return new TestList(list._sites, list._categories, list._notChosen, list._problems);
    }

    private void Read(IEnumerable<CsvRecord> records, Action read)
    {
        Dictionary<string, int>? columns = null;
        var rows = 0;
        foreach (var record in records)
        {
            if (record.Fault is { } problem)
            {
                Report(record, "record", problem);
            }
            else if (columns is null)
            {
                columns = Columns(record);
                if (columns is null)
                {
                    return;
                }
            }
            else if (++rows > MostRows)
            {
                Report(record, "file", string.Create(CultureInfo.InvariantCulture, $"at most {MostRows} rows are expected"));
                return;
            }
            else
            {
                Take(record, columns);
            }

            read();
        }

        if (columns is null && _problems.Count == 0)
        {
            _problems.Add(new Problem(_file, 1, "file", "is empty"));
        }
    }

    private Dictionary<string, int>? Columns(CsvRecord header)
    {
        var columns = header.Fields.Index().DistinctBy(column => column.Item.Trim(), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(column => column.Item.Trim(), column => column.Index, StringComparer.OrdinalIgnoreCase);
        foreach (var name in new[] { Url, Code }.Where(name => !columns.ContainsKey(name)))
        {
            Report(header, name, $"no column has this name; a first line such as {string.Join(',', Known)} is expected");
        }

        return _problems.Count == 0 ? columns : null;
    }

    private void Take(CsvRecord record, Dictionary<string, int> columns)
    {
        if (record.Fields.Count <= Math.Max(columns[Url], columns[Code]))
        {
            Report(record, "record", string.Create(CultureInfo.InvariantCulture, $"{columns.Count} values are expected, {record.Fields.Count} were found"));
            return;
        }

        string Value(string name) => columns.TryGetValue(name, out var column) && column < record.Fields.Count ? Clean(record.Fields[column]) : "";
        var code = Value(Code).ToUpperInvariant();
        _categories[code] = _categories.GetValueOrDefault(code) + 1;
        if (_chosen.Count > 0 && !_chosen.Contains(code))
        {
            _notChosen++;
        }
        else if (FieldRules.ReadUrl(Value(Url)) is not { } url || !WebLink.HasAsciiHost(url))
        {
            Report(record, Url, "an absolute http or https address without user name, at most 2000 characters, is expected");
        }
        else if (!_lines.TryAdd(SameAs(url), record.Line))
        {
            Report(record, Url, string.Create(CultureInfo.InvariantCulture, $"stands in line {_lines[SameAs(url)]} already"));
        }
        else if (Note(code, Value) is not { } note)
        {
            Report(record, "notes", "the texts of a row are longer than a note can be");
        }
        else
        {
            _sites.Add(new Site { Id = "", Name = Name(url), Url = url, Country = _country, Note = note });
        }
    }

    /// <summary>Two spellings of a host with letters beyond ASCII are one.</summary>
    private static string SameAs(Uri url) => string.Create(CultureInfo.InvariantCulture, $"{url.Scheme}://{url.IdnHost}:{url.Port}{url.PathAndQuery}");

    /// <summary>As people know it: the host in its own letters, and the path if it has one.</summary>
    private static string Name(Uri url)
    {
        var host = url.HostNameType is UriHostNameType.Dns ? Readable(url.IdnHost) : url.Host;
        var path = url.PathAndQuery == "/" ? "" : url.PathAndQuery;
        return FieldReader.IsText(host + path) ? host + path : host;
    }

    private static string Readable(string host)
    {
        try
        {
            return new IdnMapping().GetUnicode(host);
        }
        catch (ArgumentException)
        {
            return host;
        }
    }

    private static string? Note(string code, Func<string, string> value)
    {
        var category = $"{value("category_description")} ({code})".Trim();
        var added = $"Added {value("date_added")} by {value("source")}".Replace("Added  by ", "Added by ", StringComparison.Ordinal);
        var note = string.Join(". ", new[] { category, value("notes").TrimEnd('.'), added.EndsWith("by ", StringComparison.Ordinal) ? "" : added, Attribution }.Where(part => part.Length > 0));
        return FieldReader.IsNote(note) ? note : null;
    }

    /// <summary>In one line, without characters that no text may hold.</summary>
    private static string Clean(string value) => string.Concat(value.Select(character => char.IsControl(character) ? ' ' : character)).Trim();

    private void Report(CsvRecord record, string field, string message) => _problems.Add(new Problem(_file, record.Line, field, message));
}
