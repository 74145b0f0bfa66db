using System.Buffers;
using System.Text;

namespace Monitoring.Languages;

/// <summary>
/// Text from outside without what no page, mail, row or terminal should be given: halves of surrogate pairs, control characters but tab and line feed
/// (a terminal obeys them), and the marks that turn the direction of what follows (UAX #9: embeddings, overrides, isolates), which make a text read as another.
/// </summary>
public static class ReadableText
{
    private const char FirstHalf = '\ud800';
    private const char LastHalf = '\udfff';

    private static readonly SearchValues<char> Odd = SearchValues.Create([.. Enumerable.Range(0, char.MaxValue).Select(c => (char)c).Where(c => IsHidden(c) || c is >= FirstHalf and <= LastHalf)]);

    /// <summary>The same text if there is nothing odd in it. Control characters become blanks, halves U+FFFD, marks of direction go.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAny(Odd))
        {
            return text;
        }

        var readable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsBmp || !IsHidden((char)rune.Value))
            {
                readable.Append(rune.ToString());
            }
            else if (Rune.IsControl(rune))
            {
                readable.Append(' ');
            }
        }

        return readable.ToString();
    }

    private static bool IsHidden(char c) => (char.IsControl(c) && c is not ('\t' or '\n')) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
