namespace Monitoring.Names;

/// <summary>What may stand between the words of one name.</summary>
internal static class NameGap
{
    /// <summary>Some blanks, or one end of line.</summary>
    public static bool Joins(ReadOnlySpan<char> gap)
    {
        var lines = 0;
        foreach (var c in gap)
        {
            lines += c == '\n' ? 1 : 0;
            if (!char.IsWhiteSpace(c) && !Signs.Of(c).HasFlag(SignFlags.Silent))
            {
                return false;
            }
        }

        return gap.Length is > 0 and <= 4 && lines <= 1;
    }

    /// <summary>The same after the stop of an initial, where nothing need stand.</summary>
    public static bool JoinsInitial(ReadOnlySpan<char> gap) => gap is ['.', .. var rest] && (rest.Length == 0 || Joins(rest));

    /// <summary>As in lists: "Жовтис, Евгений".</summary>
    public static bool JoinsByComma(ReadOnlySpan<char> gap) => gap is [',', .. var rest] && Joins(rest);

    public static bool IsHyphen(char c) => c is '-' or '\u2010' or '\u2011';
}
