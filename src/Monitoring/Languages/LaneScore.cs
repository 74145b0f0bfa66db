using System.Runtime.Intrinsics;

namespace Monitoring.Languages;

/// <summary>The sums of a sample's rows by lane: ordinary words apart from names, which are words with a capital inside a sentence and short quoted titles.</summary>
internal struct LaneScore(LanguageTable table, int script)
{
    /// <summary>A name counts as this part of an ordinary word: Russian text is full of Kazakh ones.</summary>
    private const double NamePart = 0.25;

    /// <summary>A quotation of more words is speech, and no title.</summary>
    private const int MostWordsOfTitle = 6;

    private Lanes _word;
    private Lanes _words;
    private Lanes _names;
    private int _titleWordsLeft;

    public void Read(ReadOnlySpan<char> letters)
    {
        int before = 0, last = 0;
        bool isName = false, begins = true;
        foreach (var c in letters)
        {
            var code = ScriptLetters.CodeOf(c);
            var letter = LetterOf(code, last);
            if (letter == 0 && (ScriptLetters.IsInvisible(code) || (last > 0 && ScriptLetters.IsApostrophe(code))))
            {
                continue;
            }

            if (letter == 0)
            {
                EndWord(before, last, isName);
                _titleWordsLeft = TitleWordsLeft(c);
                (before, last, begins) = (0, 0, c == '\n' || (begins && last == 0));
                continue;
            }

            if (last == 0)
            {
                isName = _titleWordsLeft > 0 || (!begins && ScriptLetters.IsUpper(code));
            }
            else
            {
                // In a headline of capitals they say nothing.
                isName &= _titleWordsLeft > 0 || !ScriptLetters.IsUpper(code);
                _word.Add(table.Run(before, last, letter));
            }

            if (!isName && table.IsSpecial(c))
            {
                _word.Add(table.Special(c), runs: 0);
            }

            (before, last) = (last, letter);
        }

        EndWord(before, last, isName);
    }

    /// <summary>Fills in the sum of each lane.</summary>
    /// <returns>The number of runs.</returns>
    public readonly double Sum(Span<double> lanes)
    {
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            lanes[lane] = _words.Of(lane) + (_names.Of(lane) * NamePart);
        }

        return _words.Runs + (_names.Runs * NamePart);
    }

    private readonly int LetterOf(int code, int last) =>
        ScriptLetters.ScriptOf(code) == script || (script == ScriptLetters.Latin && last > 0 && ScriptLetters.IsApostrophe(code)) ? ScriptLetters.LetterOf(code) : 0;

    private readonly int TitleWordsLeft(char c) => c switch
    {
        '«' or '“' or '„' => MostWordsOfTitle,
        '»' or '”' => 0,
        '"' => _titleWordsLeft > 0 ? 0 : MostWordsOfTitle,
        _ => _titleWordsLeft,
    };

    private void EndWord(int before, int last, bool isName)
    {
        if (last == 0)
        {
            return;
        }

        _word.Add(table.Run(before, last, 0));
        if (isName)
        {
            _names.Add(_word);
        }
        else
        {
            _words.Add(_word);
        }

        _word = default;
        _titleWordsLeft = Math.Max(0, _titleWordsLeft - 1);
    }

    private struct Lanes
    {
        private Vector128<ushort> _low;
        private Vector128<ushort> _high;

        public int Runs { get; private set; }

        public readonly int Of(int lane) => lane < 8 ? _low[lane] : _high[lane - 8];

        public void Add(Vector128<byte> levels, int runs = 1)
        {
            var (low, high) = Vector128.Widen(levels);
            (_low, _high, Runs) = (Vector128.AddSaturate(_low, low), Vector128.AddSaturate(_high, high), Runs + runs);
        }

        public void Add(in Lanes other) => (_low, _high, Runs) = (Vector128.AddSaturate(_low, other._low), Vector128.AddSaturate(_high, other._high), Runs + other.Runs);
    }
}
