namespace Monitoring.Names.Outlets;

/// <summary>A piece of a title in a text: a word, or digits. Looks a few characters far only, so that no text is walked twice.</summary>
internal readonly record struct TitleToken(int Start, int End, bool IsDigits)
{
    /// <summary>Characters between two words of a title, at most.</summary>
    public const int LongestGap = 6;

    public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, End - Start);

    public static TitleToken? After(string text, int from)
    {
        for (var at = from; at < text.Length && at - from <= LongestGap; at++)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                var end = at;
                while (end < text.Length && char.IsAsciiDigit(text[end]))
                {
                    end++;
                }

                return new TitleToken(at, end, IsDigits: true);
            }

            if (Signs.IsLetter(text[at]))
            {
                return new TitleToken(at, Word.At(text, at).End, IsDigits: false);
            }
        }

        return null;
    }

    public static TitleToken? Before(string text, int before)
    {
        for (var end = before; end > 0 && before - end <= LongestGap; end--)
        {
            if (char.IsAsciiDigit(text[end - 1]))
            {
                var start = end;
                while (start > 0 && char.IsAsciiDigit(text[start - 1]))
                {
                    start--;
                }

                return new TitleToken(start, end, IsDigits: true);
            }

            if (Signs.IsLetter(text[end - 1]))
            {
                return Word.Before(text, end) is { } word ? new TitleToken(word.Start, word.End, IsDigits: false) : null;
            }
        }

        return null;
    }
}
