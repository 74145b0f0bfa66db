using System.Buffers;

namespace Monitoring.Languages;

/// <summary>
/// What of a text decides its language: words from a bounded number of stretches, spread over all of it. Addresses, @names and #tags are left out.
/// </summary>
internal ref struct LetterSample
{
    /// <summary>Room for all that is read: what the stretches hold, and a mark between them.</summary>
    public const int MostLetters = (Stretches * StretchLength) + (2 * Stretches);

    private const int Stretches = 12;
    private const int StretchLength = 120;

    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \n\t\r\u00a0\u2028\u3000");
    private static readonly SearchValues<char> AddressMarks = SearchValues.Create("@#/\\_=");

    private readonly Span<char> _letters;
    private int _length;
    private int _latin;
    private int _cyrillic;
    private int _arabic;
    private int _foreign;

    /// <param name="room">Where the letters are put: <see cref="MostLetters"/>.</param>
    public LetterSample(ReadOnlySpan<char> text, Span<char> room)
    {
        _letters = room;
        if (text.Length <= Stretches * StretchLength)
        {
            Read(text);
            return;
        }

        for (var i = 0; i < Stretches; i++)
        {
            var start = (int)((long)(text.Length - StretchLength) * i / (Stretches - 1));
            Read(WholeWords(text, start));
        }
    }

    /// <summary>The words as they stand, with a blank after each, or a line break where a sentence may begin.</summary>
    public readonly ReadOnlySpan<char> Letters => _letters[.._length];

    /// <summary>Letters of any script.</summary>
    public readonly int Count => _latin + _cyrillic + _arabic + _foreign;

    /// <summary>The script of most letters; Cyrillic if there are as many Latin ones, since names and terms are what stands in Latin.</summary>
    public readonly int Script =>
        _foreign > Math.Max(_latin, Math.Max(_cyrillic, _arabic)) ? ScriptLetters.Foreign
        : _cyrillic >= Math.Max(_latin, _arabic) ? ScriptLetters.Cyrillic
        : _arabic > _latin ? ScriptLetters.Arabic
        : ScriptLetters.Latin;

    private static ReadOnlySpan<char> WholeWords(ReadOnlySpan<char> text, int start)
    {
        var stretch = text.Slice(start, StretchLength);
        var first = start == 0 ? 0 : stretch.IndexOfAny(Blanks) + 1;
        var last = start + StretchLength == text.Length ? StretchLength : stretch.LastIndexOfAny(Blanks);
        return last > first ? stretch[first..last] : stretch;
    }

    private void Read(ReadOnlySpan<char> text)
    {
        _letters[_length++] = '\n';
        while (text.Length > 0)
        {
            var end = text.IndexOfAny(Blanks);
            var token = end < 0 ? text : text[..end];
            if (!IsAddress(token))
            {
                Add(token);
            }

            var isEnd = token is [.., '.' or '!' or '?' or ':' or '…' or '»' or '"' or '”'] || (end >= 0 && text[end] == '\n');
            _letters[_length++] = isEnd ? '\n' : ' ';
            text = end < 0 ? [] : text[(end + 1)..];
        }
    }

    private static bool IsAddress(ReadOnlySpan<char> token)
    {
        if (token.ContainsAny(AddressMarks))
        {
            return true;
        }

        var dot = token.IndexOf('.');
        return dot > 0 && dot + 2 < token.Length && char.IsAsciiLetterOrDigit(token[dot - 1]) && char.IsAsciiLetterOrDigit(token[dot + 1]);
    }

    private void Add(ReadOnlySpan<char> token)
    {
        foreach (var c in token)
        {
            _letters[_length++] = c;
            switch (ScriptLetters.ScriptOf(ScriptLetters.CodeOf(c)))
            {
                case ScriptLetters.Latin:
                    _latin++;
                    break;
                case ScriptLetters.Cyrillic:
                    _cyrillic++;
                    break;
                case ScriptLetters.Arabic:
                    _arabic++;
                    break;
                case ScriptLetters.Foreign:
                    _foreign++;
                    break;
            }
        }
    }
}
