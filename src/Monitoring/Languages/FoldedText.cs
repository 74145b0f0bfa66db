using System.Globalization;

namespace Monitoring.Languages;

/// <summary>
/// A text made comparable, letter by letter, with the way back: each folded letter knows where it stood. Case is folded by Unicode's simple mapping
/// (dotted and dotless i alike), ё becomes е, a letter and its mark become one letter where Unicode has one (й, ü), stress marks and invisible characters go.
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
                case >= '\u0300' and <= '\u036f':
                    if (length > 0)
                    {
                        letters[length - 1] = WithMark(letters[length - 1], c);
                    }

                    continue;
                case '\u00ad' or '\u061c' or '\u180e' or '\ufeff' or (>= '\ufe00' and <= '\ufe0f'):
                case (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or (>= '\u2060' and <= '\u206f'):
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
        for (var i = last; i < end; i++)
        {
            last = CharUnicodeInfo.GetUnicodeCategory(Original[i]) == UnicodeCategory.NonSpacingMark ? i + 1 : last;
        }

        return (first, last - first);
    }

    /// <summary>Where a folded letter stood in the original.</summary>
    internal int OriginOf(int letter) => _origins[letter];

    private static char WithMark(char letter, char mark)
    {
        // On Cyrillic letters grave and acute are stress: к with acute is a stressed к, not the Macedonian ќ.
        var isStress = mark is '\u0300' or '\u0301' && letter is >= '\u0400' and <= '\u04ff';
        return !isStress && char.IsLetter(letter) && new string([letter, mark]).Normalize() is [var composed] ? Fold(composed) : letter;
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
