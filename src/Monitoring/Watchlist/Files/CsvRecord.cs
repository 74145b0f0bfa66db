using System.Globalization;
using System.Text;

namespace Monitoring.Watchlist.Files;

/// <summary>One record of a text of comma-separated values (RFC 4180), as other programs write them: line feeds with or without carriage return, empty lines between.</summary>
/// <param name="Line">Where it begins, from 1; a quoted field may hold line ends.</param>
/// <param name="Fault">What is wrong with its quotes, or null.</param>
/// <param name="IsCut">A quote was never closed: what follows it to the end of the text may have been more records.</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Fields, string? Fault, bool IsCut)
{
    /// <summary>In characters, of a field; the rest is left out and told.</summary>
    private const int LongestField = 64 * 1024;

    public static IEnumerable<CsvRecord> Read(TextReader text)
    {
        var (line, record) = (1, new Building(1));
        for (var read = text.Read(); read >= 0; read = text.Read())
        {
            line += read == '\n' ? 1 : 0;
            if (record.Take((char)read))
            {
                if (!record.IsEmpty)
                {
                    yield return record.Finish();
                }

                record = new Building(line);
            }
        }

        // The last line may have no end.
        if (!record.Take('\n') || !record.IsEmpty)
        {
            yield return record.Finish();
        }
    }

    private enum Place
    {
        Start,
        Plain,
        Quoted,
        Closed,
    }

    private sealed class Building(int line)
    {
        private readonly List<string> _fields = [];
        private readonly StringBuilder _field = new();
        private Place _place;
        private string? _fault;

        public bool IsEmpty => _fields is [""];

        /// <returns>Whether the record ends here.</returns>
        public bool Take(char c)
        {
            switch (_place, c)
            {
                case (Place.Start, '"'):
                    _place = Place.Quoted;
                    return false;
                case (Place.Quoted, '"'):
                    _place = Place.Closed;
                    return false;
                case (Place.Closed, '"'):
                    _place = Place.Quoted;
                    Add(c);
                    return false;
                case (Place.Quoted, _):
                    Add(c);
                    return false;
                case (_, '\r'):
                    return false;
                case (_, ',' or '\n'):
                    _fields.Add(_field.ToString());
                    _field.Clear();
                    _place = Place.Start;
                    return c == '\n';
                case (Place.Closed, _):
                    _fault = "text stands after a closing quote; quotes inside quotes are doubled";
                    Add(c);
                    return false;
                default:
                    _place = Place.Plain;
                    Add(c);
                    return false;
            }
        }

        private void Add(char c)
        {
            if (_field.Length < LongestField)
            {
                _field.Append(c);
            }
            else
            {
                _fault ??= string.Create(CultureInfo.InvariantCulture, $"a field of at most {LongestField} characters is expected");
            }
        }

        public CsvRecord Finish() => _place is Place.Quoted ? new CsvRecord(line, _fields, "a quote opens here that is never closed", IsCut: true) : new CsvRecord(line, _fields, _fault, IsCut: false);
    }
}
