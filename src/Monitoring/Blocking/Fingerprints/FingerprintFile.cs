using System.Globalization;
using Monitoring.Watchlist.Files;

namespace Monitoring.Blocking.Fingerprints;

/// <param name="Good">In the order of the file.</param>
/// <param name="Problems">One for each field of a row that was skipped, at most <see cref="FingerprintFile.MaxProblems"/>; or why nothing can be read.</param>
/// <param name="Skipped">Rows that were left out.</param>
/// <param name="IsWhole">Read to its end. If false, <paramref name="Good"/> may lack rows that nothing is known of, and should replace nothing.</param>
public sealed record FingerprintFileResult(IReadOnlyList<Fingerprint> Good, IReadOnlyList<Problem> Problems, int MoreProblems, int Skipped, bool IsWhole);

/// <summary>
/// Reads fingerprints in the format of ooni/blocking-fingerprints: comma-separated values with a line of column names, the same for HTTP and DNS. Columns
/// are known by name, in any order; unknown ones are passed over. A wrong row is told and skipped.
/// </summary>
public sealed class FingerprintFile
{
    public const int MaxProblems = 100;

    /// <summary>In characters. OONI's have about half a million.</summary>
    public const int MaxCharacters = 4 * 1024 * 1024;

    public const int MaxRows = 20_000;

    private readonly string _file;
    private readonly List<Fingerprint> _good = [];
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private int _more;
    private int _skipped;

    private FingerprintFile(string file)
    {
        _file = file;
    }

    /// <param name="file">What problems call it.</param>
    public static FingerprintFileResult Read(TextReader text, string file)
    {
        var reading = new FingerprintFile(file);
        var isWhole = reading.ReadAll(text);
        return new FingerprintFileResult(reading._good, reading._problems, reading._more, reading._skipped, isWhole);
    }

    private bool ReadAll(TextReader text)
    {
        var buffer = new char[MaxCharacters + 1];
        var length = text.ReadBlock(buffer);
        if (length > MaxCharacters)
        {
            Add(1, "file", string.Create(CultureInfo.InvariantCulture, $"at most {MaxCharacters} characters are expected"));
            return false;
        }

        Dictionary<string, int>? columns = null;
        var rows = 0;
        foreach (var record in CsvRecord.Read(new StringReader(new string(buffer, 0, length))))
        {
            if (columns is null)
            {
                columns = Columns(record);
                if (columns is null)
                {
                    return false;
                }
            }
            else if (++rows > MaxRows)
            {
                Add(record.Line, "file", string.Create(CultureInfo.InvariantCulture, $"at most {MaxRows} rows are expected"));
                return false;
            }
            else if (!Take(record, columns))
            {
                _skipped++;
            }

            if (record.IsCut)
            {
                return false;
            }
        }

        if (columns is null)
        {
            Add(1, "file", "is empty");
        }

        return columns is not null;
    }

    /// <returns>The place of each column; null if one that is needed is missing.</returns>
    private Dictionary<string, int>? Columns(CsvRecord record)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, name) in record.Fields.Index())
        {
            if (!columns.TryAdd(name.Trim().ToLowerInvariant(), index) && name.Trim().Length > 0)
            {
                Add(record.Line, name.Trim(), "this column stands here twice");
            }
        }

        foreach (var missing in FingerprintRules.Needed.Where(name => !columns.ContainsKey(name)))
        {
            Add(record.Line, missing, "a column of this name is expected in the first line");
        }

        return _problems.Count == 0 ? columns : null;
    }

    /// <returns>Whether the row is good.</returns>
    private bool Take(CsvRecord record, Dictionary<string, int> columns)
    {
        if (record.Fault is { } fault)
        {
            Add(record.Line, "row", fault);
            return false;
        }

        if (record.Fields.Count != columns.Count)
        {
            Add(record.Line, "row", string.Create(CultureInfo.InvariantCulture, $"{columns.Count} values are expected, {record.Fields.Count} were found"));
            return false;
        }

        var read = FingerprintRules.Read(
            name => columns.TryGetValue(name, out var column) ? record.Fields[column] : "",
            (field, message) => Add(record.Line, field, message));
        if (read is not null && !_names.TryAdd(read.Name, record.Line))
        {
            Add(record.Line, "name", string.Create(CultureInfo.InvariantCulture, $"stands in line {_names[read.Name]} too; one name for each is expected"));
            return false;
        }

        _good.AddRange(read is null ? [] : [read]);
        return read is not null;
    }

    private void Add(int line, string field, string message)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add(new Problem(_file, line, field, message));
        }
        else
        {
            _more++;
        }
    }
}
