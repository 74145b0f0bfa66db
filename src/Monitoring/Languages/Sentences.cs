using System.Collections.Frozen;

namespace Monitoring.Languages;

/// <summary>Finds the sentence around a place: from the last full stop before it to the next one after it.</summary>
public static class Sentences
{
    private const int Longest = 600;
    private const int LongestAbbreviation = 5;

    /// <summary>What a stop follows without ending a sentence, because a number or a name comes next.</summary>
    private static readonly FrozenSet<string> Abbreviations = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "ст", "гл", "им", "ул", "пр", "просп", "мкр", "art", "no", "nos", "mr", "mrs", "ms", "dr", "prof", "para");

    /// <summary>Start and length in <paramref name="text"/>, blanks at both ends left out; at most 600 characters, with the place inside.</summary>
    public static (int Start, int Length) Around(string text, int start, int length)
    {
        var from = start;
        while (from > 0 && start - from < Longest / 2 && !EndsAt(text, from - 1))
        {
            from--;
        }

        var to = Math.Min(text.Length, start + length);
        while (to < text.Length && to - from < Longest && !EndsAt(text, to))
        {
            to++;
        }

        // The stop belongs to the sentence; where the limit ended it there is none.
        to += to < text.Length && to - from < Longest && text[to] != '\n' ? 1 : 0;
        (from, to) = (from < start ? WholeCharacters.From(text, from) : from, to > start + length ? WholeCharacters.UpTo(text, to) : to);
        while (from < start && char.IsWhiteSpace(text[from]))
        {
            from++;
        }

        while (to > start + length && char.IsWhiteSpace(text[to - 1]))
        {
            to--;
        }

        return (from, to - from);
    }

    /// <summary>
    /// A line break, or a stop before a blank and no small letter ("в 2024 г. был"); not after a single letter, which is an initial or an abbreviation
    /// ("Е. Сапаров", "г. Алматы"), or an abbreviation ("ст. 174").
    /// </summary>
    internal static bool EndsAt(string text, int at) => text[at] switch
    {
        '\n' => true,
        '!' or '?' or '…' => true,
        '.' => BeginsSentence(text, at + 1) && !IsShort(text, at),
        _ => false,
    };

    /// <summary>The text ends here, or after blanks something begins that is no small letter.</summary>
    private static bool BeginsSentence(string text, int at)
    {
        var next = at;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        return next == text.Length || (next > at && !char.IsLower(text[next]));
    }

    private static bool IsShort(string text, int stop)
    {
        var start = stop;
        while (start > 0 && stop - start <= LongestAbbreviation && char.IsLetter(text[start - 1]))
        {
            start--;
        }

        return stop - start == 1 || Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text.AsSpan(start, stop - start));
    }
}
