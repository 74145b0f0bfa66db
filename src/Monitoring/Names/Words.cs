namespace Monitoring.Names;

/// <summary>A word of a text: a run of letters, with what is silent inside it and digits between letters.</summary>
/// <param name="Flags">Of all its letters together.</param>
internal readonly record struct Word(int Start, int Length, SignFlags Flags)
{
    public int End => Start + Length;

    public bool IsMixed => Flags.HasFlag(SignFlags.Latin | SignFlags.Cyrillic) || Flags.HasFlag(SignFlags.Digit);

    public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, Length);

    /// <summary>Written as a name: its first letter is a capital.</summary>
    public bool IsCapital(string text) => Signs.Of(text[Start]).HasFlag(SignFlags.Upper);

    public bool IsAllCapitals(string text)
    {
        foreach (var c in In(text))
        {
            if (Signs.IsLetter(c) && !Signs.Of(c).HasFlag(SignFlags.Upper))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One letter, or some of one sound: "Е", "Zh", "Shch".</summary>
    public bool MayBeInitial(string text) => Length == 1 || (Length <= 4 && text.ElementAtOrDefault(End) == '.' && IsCapital(text));

    public static Word? After(string text, int from)
    {
        var start = from;
        while (start < text.Length && !Signs.IsLetter(text[start]))
        {
            start++;
        }

        return start == text.Length ? null : At(text, start);
    }

    /// <summary>The word that ends before a place.</summary>
    public static Word? Before(string text, int before)
    {
        var end = before;
        while (end > 0 && !Signs.IsLetter(text[end - 1]))
        {
            end--;
        }

        var start = end;
        while (start > 0 && (Signs.IsLetter(text[start - 1]) || (IsInner(text[start - 1]) && start >= 2 && Signs.IsLetter(text[start - 2]))))
        {
            start--;
        }

        return end == 0 ? null : At(text, start) with { Length = end - start };
    }

    /// <summary>The word that begins at a letter.</summary>
    public static Word At(string text, int start)
    {
        var (i, flags) = (start, SignFlags.None);
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (Signs.IsLetter(c))
            {
                flags |= Signs.Of(c);
            }
            else if (!IsInner(c) || !IsFollowedByLetter(text, i))
            {
                break;
            }
            else
            {
                flags |= Signs.Of(c) & SignFlags.Digit;
            }
        }

        return new Word(start, i - start, flags);
    }

    private static bool IsInner(char c) => (Signs.Of(c) & (SignFlags.Silent | SignFlags.Digit)) != 0;

    private static bool IsFollowedByLetter(string text, int at)
    {
        while (at < text.Length && IsInner(text[at]))
        {
            at++;
        }

        return at < text.Length && Signs.IsLetter(text[at]);
    }
}
