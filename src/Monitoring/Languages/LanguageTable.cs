using System.Collections.Frozen;
using System.Runtime.Intrinsics;

namespace Monitoring.Languages;

/// <summary>
/// How usual each run of three letters is in the languages of one script, from <c>languages.csv</c>. A language has a lane of its own for each way it is spelled;
/// lanes named "other" stand for languages that are not listed, so that their texts are taken for none of the listed ones.
/// </summary>
internal sealed class LanguageTable
{
    /// <summary>The languages and spellings of one script at most: a row is read at once.</summary>
    public const int Lanes = 16;

    /// <summary>One step of a row in natural logarithms of a share.</summary>
    public const double Step = 0.25;

    /// <summary>The share that level 0 stands for; rarer runs count as much.</summary>
    public const double Floor = 1e-5;

    /// <summary>The same for a single special letter.</summary>
    public const double LetterFloor = 1e-4;

    public const int MostLevel = 31;

    private static readonly LanguageTable[] All = Read();

    private readonly int _script;
    private readonly int _letters;
    private readonly ushort[] _runs;
    private readonly ushort[] _specials = new ushort[ScriptLetters.End];

    /// <summary>One after the other; the first is for what is in no row.</summary>
    private readonly byte[] _levels;

    private LanguageTable(int script, IReadOnlyList<string> lanes, IReadOnlyList<string[]> rows)
    {
        (_script, _letters) = (script, ScriptLetters.CountOf(script));
        _runs = new ushort[_letters * _letters * _letters];
        _levels = new byte[(rows.Count + 1) * Lanes];
        Languages = [.. lanes.Select(lane => lane.StartsWith("other", StringComparison.Ordinal) ? null : lane.Split('-')[0])];
        for (var row = 0; row < rows.Count; row++)
        {
            Add((ushort)(row + 1), rows[row][0], rows[row][1]);
        }
    }

    /// <summary>By lane; null if the language is not listed.</summary>
    public IReadOnlyList<string?> Languages { get; }

    public static IReadOnlyCollection<string> AllLanguages { get; } =
        All.Where(table => table is not null).SelectMany(table => table.Languages).OfType<string>().ToFrozenSet(StringComparer.Ordinal);

    public static LanguageTable Of(int script) => All[script];

    /// <summary>The levels of three letters in a row; all 0 if the run is rare everywhere.</summary>
    public Vector128<byte> Run(int first, int second, int third) => Row(_runs[(((first * _letters) + second) * _letters) + third]);

    /// <summary>The levels of a special letter; all 0 if it is none.</summary>
    public Vector128<byte> Special(char letter) => Row(letter < _specials.Length ? _specials[letter] : 0);

    public bool IsSpecial(char letter) => letter < _specials.Length && _specials[letter] > 0;

    public static char Digit(int level) => (char)(level < 10 ? '0' + level : 'a' + level - 10);

    private static int Level(char digit) => digit <= '9' ? digit - '0' : digit - 'a' + 10;

    private Vector128<byte> Row(int row) => Vector128.Create<byte>(_levels.AsSpan(row * Lanes, Lanes));

    private void Add(ushort row, string key, string levels)
    {
        if (key is [var letter])
        {
            _specials[letter] = row;
            _specials[char.ToUpperInvariant(letter)] = row;
        }
        else
        {
            var (first, second, third) = (ScriptLetters.NumberOf(_script, key[0]), ScriptLetters.NumberOf(_script, key[1]), ScriptLetters.NumberOf(_script, key[2]));
            _runs[(((first * _letters) + second) * _letters) + third] = row;
        }

        for (var lane = 0; lane < levels.Length; lane++)
        {
            _levels[(row * Lanes) + lane] = (byte)Level(levels[lane]);
        }
    }

    private static LanguageTable[] Read()
    {
        var tables = new LanguageTable[ScriptLetters.Arabic + 1];
        var rows = DataFile.Rows(typeof(LanguageTable), "languages.csv").ToList();
        for (var at = 0; at < rows.Count;)
        {
            var script = ScriptLetters.Find(rows[at][1]);
            var end = rows.FindIndex(at + 1, row => row[0] == "script") is > 0 and var next ? next : rows.Count;
            tables[script] = new LanguageTable(script, rows[at][2].Split(' '), rows[(at + 1)..end]);
            at = end;
        }

        return tables;
    }
}
