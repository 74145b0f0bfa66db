namespace Monitoring.Names;

/// <summary>
/// A skeleton with what often changes between Kazakh and Russian taken away: o is u, e is a, x is k, p is b, i and j go. It never decides alone: many
/// names share one.
/// </summary>
internal static class CoarseSigns
{
    public static string Of(string word) => Coarsen(Signs.Of(word));

    public static string Of(ReadOnlySpan<byte> signs)
    {
        Span<char> letters = stackalloc char[signs.Length];
        for (var i = 0; i < signs.Length; i++)
        {
            letters[i] = signs[i] == Signs.Other ? '?' : Signs.Alphabet[signs[i]];
        }

        return Coarsen(letters.ToString());
    }

    private static string Coarsen(string signs) => Spellings.Collapse(string.Concat(signs.Select(sign => sign switch
    {
        'o' => "u",
        'e' => "a",
        'x' or 'c' => "k",
        'p' => "b",
        'i' or 'j' => "",
        _ => sign.ToString(),
    })));
}
