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

        to = Math.Min(text.Length, to < text.Length && text[to] != '\n' ? to + 1 : to);
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

    /// <summary>A line break, or a stop before a blank and a capital: an initial ("Е. Жовтис") has a single letter before the stop.</summary>
    private static bool EndsSentence(string text, int at) => text[at] switch
    {
        '\n' => true,
        '!' or '?' or '…' => true,
        '.' => (at + 1 >= text.Length || char.IsWhiteSpace(text[at + 1])) && !(at >= 1 && char.IsUpper(text[at - 1]) && (at < 2 || !char.IsLetter(text[at - 2]))),
        _ => false,
    };
}
