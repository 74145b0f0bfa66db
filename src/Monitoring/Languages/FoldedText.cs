using System.Globalization;

namespace Monitoring.Languages;

/// <summary>
/// A text made comparable, letter by letter, with the way back: each folded letter knows where it stood. Case is folded by Unicode's simple mapping
/// (dotted and dotless i alike), ё becomes е, и with breve becomes й, stress marks and invisible characters go.
/// </summary>
public sealed class FoldedText
{
    private readonly char[] _letters;
    private readonly int[] _origins;

    private FoldedText(string original, char[] letters, int[] origins, int length)
    {
        (Original, _letters, _origins, Length) = (original, letters, origins, length);
    }

    public string Original { get; }

    public int Length { get; }

    public ReadOnlySpan<char> Letters => _letters.AsSpan(0, Length);

    public static string Fold(string text)
    {
        var folded = Of(text);
        return new string(folded.Letters);
    }

    public static FoldedText Of(string text)
    {
        var letters = new char[text.Length];
        var origins = new int[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '\u0306' when length > 0 && letters[length - 1] == 'и':
                    letters[length - 1] = 'й';
                    continue;
                case '\u0308' when length > 0 && letters[length - 1] == 'е':
                    continue;
                case >= '\u0300' and <= '\u036f':
                case '\u00ad' or '\u2060' or '\ufeff' or (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e'):
                    continue;
                default:
                    (letters[length], origins[length]) = (Fold(c), i);
                    length++;
                    break;
            }
        }

        return new FoldedText(text, letters, origins, length);
    }

    /// <summary>Where a folded range stood in the original: start and length.</summary>
    public (int Start, int Length) Origin(int start, int length)
    {
        var first = _origins[start];
        var end = start + length < Length ? _origins[start + length] : Original.Length;

        // Marks that follow the last letter belong to it; other characters between it and the next kept letter do not.
        var last = _origins[start + length - 1] + 1;
        while (last < end && CharUnicodeInfo.GetUnicodeCategory(Original[last]) == UnicodeCategory.NonSpacingMark)
        {
            last++;
        }

        return (first, last - first);
    }

    private static char Fold(char c) => c switch
    {
        'Ё' or 'ё' => 'е',
        'İ' or 'ı' or 'I' => 'i',
        '’' or '‘' or 'ʼ' or 'ʻ' or '`' => '\'',
        < '\u0080' => (char)(c is >= 'A' and <= 'Z' ? c + 32 : c),
        _ => char.ToLowerInvariant(c),
    };
}
