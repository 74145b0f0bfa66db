namespace Monitoring.Languages;

/// <summary>Finds the sentence around a place: from the last full stop before it to the next one after it.</summary>
public static class Sentences
{
    private const int Longest = 600;

    /// <summary>Start and length in <paramref name="text"/>, blanks at both ends left out; at most 600 characters, with the place inside.</summary>
    public static (int Start, int Length) Around(string text, int start, int length)
    {
        var from = start;
        while (from > 0 && start - from < Longest / 2 && !EndsSentence(text, from - 1))
        {
            from--;
        }

        var to = Math.Min(text.Length, start + length);
        while (to < text.Length && to - from < Longest && !EndsSentence(text, to))
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
    /// ("Е. Сапаров", "г. Алматы").
    /// </summary>
    private static bool EndsSentence(string text, int at) => text[at] switch
    {
        '\n' => true,
        '!' or '?' or '…' => true,
        '.' => BeginsSentence(text, at + 1) && !(at >= 1 && char.IsLetter(text[at - 1]) && (at < 2 || !char.IsLetter(text[at - 2]))),
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
}
