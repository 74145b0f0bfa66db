using System.Text;

namespace Monitoring.Watchlist.Files;

/// <summary>One record of a text of comma-separated values (RFC 4180), as other programs write them: line feeds with or without carriage return, empty lines between.</summary>
/// <param name="Line">Where it begins, from 1; a quoted field may hold line ends.</param>
/// <param name="Fault">What is wrong with its quotes, or null.</param>
/// <param name="IsCut">A quote was never closed: what follows it to the end of the text may have been more records.</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Fields, string? Fault, bool IsCut)
{
    public static IEnumerable<CsvRecord> Read(string text)
    {
        var (line, record) = (1, new Building(1));
        foreach (var c in text)
        {
            line += c == '\n' ? 1 : 0;
            if (record.Take(c))
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
                    _field.Append(c);
                    return false;
                case (Place.Quoted, _):
                    _field.Append(c);
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
                    _field.Append(c);
                    return false;
                default:
                    _place = Place.Plain;
                    _field.Append(c);
                    return false;
            }
        }

        public CsvRecord Finish() => _place is Place.Quoted ? new CsvRecord(line, _fields, "a quote opens here that is never closed", IsCut: true) : new CsvRecord(line, _fields, _fault, IsCut: false);
    }
}
