namespace Monitoring.Names;

/// <summary>
/// A skeleton with what often changes between Kazakh and Russian taken away: o is u, e is a, x is k, p is b, i and j go. It never decides alone: many
/// names share one.
/// </summary>
internal static class CoarseSigns
{
    private static readonly byte[] Coarse = [.. Enumerable.Range(0, Signs.Other + 1).Select(sign => sign < Signs.Alphabet.Length ? Sign(Signs.Alphabet[sign]) : (byte)sign)];

    public static string Of(string word) => Coarsen(Signs.Of(word));

    public static string Coarsen(string signs)
    {
        Span<byte> numbers = stackalloc byte[signs.Length];
        for (var i = 0; i < signs.Length; i++)
        {
            numbers[i] = Signs.Parse(signs[i]);
        }

        return Of(numbers);
    }

    public static string Of(ReadOnlySpan<byte> signs)
    {
        Span<byte> coarse = stackalloc byte[signs.Length];
        var count = Write(signs, coarse, stackalloc byte[signs.Length]);
        Span<char> letters = stackalloc char[count];
        for (var i = 0; i < count; i++)
        {
            letters[i] = coarse[i] == Signs.Other ? '?' : Signs.Alphabet[coarse[i]];
        }

        return letters.ToString();
    }

    /// <summary>The same for a word of a text.</summary>
    /// <param name="ends">For each coarse sign how many of the word's signs end with it.</param>
    /// <returns>How many coarse signs.</returns>
    public static int Write(ReadOnlySpan<byte> signs, Span<byte> coarse, Span<byte> ends)
    {
        var count = 0;
        for (var i = 0; i < signs.Length; i++)
        {
            var sign = Coarse[signs[i]];
            if (sign != 0)
            {
                count += count == 0 || coarse[count - 1] != sign ? 1 : 0;
                (coarse[count - 1], ends[count - 1]) = (sign, (byte)(i + 1));
            }
        }

        return count;
    }

    private static byte Sign(char sign) => sign switch
    {
        'o' => Signs.Parse('u'),
        'e' => Signs.Parse('a'),
        'x' or 'c' => Signs.Parse('k'),
        'p' => Signs.Parse('b'),
        'i' or 'j' or '_' => 0,
        _ => Signs.Parse(sign),
    };
}
