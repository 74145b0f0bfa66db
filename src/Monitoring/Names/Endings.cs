namespace Monitoring.Names;

/// <param name="Language">ISO 639-1.</param>
/// <param name="Case">In English, for reasons.</param>
/// <param name="Letters">As they are written; empty for the bare name.</param>
internal sealed record Ending(string Language, string Case, string Letters)
{
    /// <summary>As the texts for people name it: <c>kk.plural_genitive</c>.</summary>
    public string Name => $"{Language}.{Case.Replace(' ', '_')}";
}

/// <summary>
/// What may follow the stem of a listed name part (<c>endings.csv</c>). Nothing is ever cut off unknown words: a rest is looked up in the endings of the
/// listed part's own class.
/// </summary>
internal sealed class EndingClass
{
    /// <summary>On the whole name, in any class: suffixes of languages that only add.</summary>
    public const string Any = "*";

    private const int SignBits = 5;
    private const int MostSigns = 12;

    private static readonly Dictionary<string, EndingClass> All = Read();

    private readonly Dictionary<ulong, List<Ending>> _endings = [];

    public static EndingClass Of(string name) => All[name];

    /// <summary>The endings of one language, as the table lists them.</summary>
    public IEnumerable<Ending> In(string language) => _endings.Values.SelectMany(endings => endings).Where(ending => ending.Language == language);

    /// <summary>The endings that these signs may be; empty if none.</summary>
    /// <param name="stemEnd">The stem's last sign: an ending that begins with it has lost it in the text's skeleton.</param>
    public IReadOnlyList<Ending> Find(ReadOnlySpan<byte> rest, byte stemEnd)
    {
        if (rest.Length >= MostSigns)
        {
            return [];
        }

        var joined = _endings.GetValueOrDefault(Pack(rest, stemEnd));
        return _endings.TryGetValue(Pack(rest), out var endings) ? (joined is null ? endings : [.. endings, .. joined]) : joined ?? [];
    }

    private static ulong Pack(ReadOnlySpan<byte> signs, ulong first = 0)
    {
        var packed = first;
        foreach (var sign in signs)
        {
            packed = (packed << SignBits) | sign;
        }

        return packed;
    }

    private static Dictionary<string, EndingClass> Read()
    {
        var classes = new Dictionary<string, EndingClass>(StringComparer.Ordinal);
        foreach (var row in DataFile.Rows(typeof(EndingClass), "Tables.endings.csv"))
        {
            if (!classes.TryGetValue(row[0], out var endings))
            {
                classes.Add(row[0], endings = new EndingClass());
            }

            foreach (var letters in row[3].Split('|').Select(ending => ending == "-" ? "" : ending))
            {
                endings.Add(new Ending(row[1], row[2], letters));
            }
        }

        return classes;
    }

    private void Add(Ending ending)
    {
        Span<byte> signs = stackalloc byte[Signs.MostSigns];
        var key = Pack(signs[..Signs.Write(ending.Letters, signs, stackalloc byte[Signs.MostSigns])]);
        if (!_endings.TryGetValue(key, out var endings))
        {
            _endings.Add(key, endings = []);
        }

        endings.Add(ending);
    }
}
