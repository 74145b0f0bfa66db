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

    /// <summary>One letter, or some of one sound: "Е", "Zh.", "Shch.".</summary>
    public bool MayBeInitial(string text) => IsCapital(text) && (Length == 1 || (Length <= 4 && HasStop(text)));

    /// <summary>Without a stop a letter may be a word of its own: "К Жовтису".</summary>
    public bool HasStop(string text) => End < text.Length && text[End] == '.';

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
            else if (NextLetter(text, i) is { } next)
            {
                for (; i < next - 1; i++)
                {
                    flags |= Signs.Of(text[i]) & SignFlags.Digit;
                }

                flags |= Signs.Of(text[i]) & SignFlags.Digit;
            }
            else
            {
                break;
            }
        }

        return new Word(start, i - start, flags);
    }

    private static bool IsInner(char c) => (Signs.Of(c) & (SignFlags.Silent | SignFlags.Digit)) != 0;

    /// <summary>Where the word goes on after what may stand inside it: silent marks, digits, the hyphen of a word that is broken at the end of a line.</summary>
    private static int? NextLetter(string text, int at)
    {
        var start = at;
        while (at < text.Length && IsInner(text[at]))
        {
            at++;
        }

        if (at > start || (at < text.Length && NameGap.IsHyphen(text[at])))
        {
            at = AfterBreak(text, at) is { } next && Signs.IsLetter(text[next]) && !Signs.Of(text[next]).HasFlag(SignFlags.Upper) ? next : at;
        }

        return at > start && at < text.Length && Signs.IsLetter(text[at]) ? at : null;
    }

    /// <summary>The first character of the next line, if this one ends here in a hyphen.</summary>
    private static int? AfterBreak(string text, int at)
    {
        var end = at < text.Length && NameGap.IsHyphen(text[at]) ? at + 1 : text[at - 1] == '\u00ad' ? at : -1;
        var next = end < 0 ? -1 : text.AsSpan(end).IndexOfAnyExcept('\r', '\n');
        return next > 0 ? end + next : null;
    }
}
