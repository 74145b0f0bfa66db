using System.Globalization;
using System.Text;
using AngleSharp.Html;

namespace Monitoring;

/// <summary>
/// Character references as HTML has them: all its named ones, decimal and hexadecimal numbers. Numbers 128-159 mean windows-1252, as browsers read them
/// (HTML standard, "numeric character reference end state").
/// </summary>
internal static class CharacterReference
{
    /// <summary>The longest name is <c>CounterClockwiseContourIntegral</c>.</summary>
    public const int LongestName = 32;

    /// <summary>What windows-1252 has where Unicode has control characters; the unassigned ones stay.</summary>
    private const string Windows1252 =
        "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

    /// <param name="after">What follows the ampersand.</param>
    /// <param name="destination">Takes at most two characters. A number may name half a surrogate pair.</param>
    /// <returns>How many characters of <paramref name="after"/> belong to the reference and how many were written; (0, 0) if this is none.</returns>
    public static (int Read, int Written) Read(ReadOnlySpan<char> after, Span<char> destination)
    {
        if (after is ['#', ..])
        {
            return Numbered(after, destination);
        }

        var length = 0;
        while (length < after.Length && length <= LongestName && char.IsAsciiLetterOrDigit(after[length]))
        {
            length++;
        }

        if (length == 0 || length == after.Length || after[length] != ';' || Named(after[..length]) is not { } symbol)
        {
            return (0, 0);
        }

        symbol.CopyTo(destination);
        return (length + 1, symbol.Length);
    }

    /// <summary>A control character of Latin-1 as the one that was meant.</summary>
    public static char FromWindows1252(char c) => c is >= '\u0080' and <= '\u009f' ? Windows1252[c - '\u0080'] : c;

    private static string? Named(ReadOnlySpan<char> name) => name switch
    {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u00a0",

        // The brackets of HTML 4 and XHTML 1.0, which feeds were written by; HTML 5 has others.
        "lang" => "\u2329",
        "rang" => "\u232a",
        _ => HtmlEntityProvider.Resolver.GetSymbol($"{name};"),
    };

    private static (int Read, int Written) Numbered(ReadOnlySpan<char> after, Span<char> destination)
    {
        var isHex = after.Length > 1 && after[1] is 'x' or 'X';
        var at = isHex ? 2 : 1;
        var first = at;
        while (at < after.Length && (isHex ? char.IsAsciiHexDigit(after[at]) : char.IsAsciiDigit(after[at])))
        {
            at++;
        }

        if (at == first)
        {
            return (0, 0);
        }

        var isNumber = int.TryParse(after[first..at], isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code);
        var read = at < after.Length && after[at] == ';' ? at + 1 : at;
        if (isNumber && code is > 0 and <= 0xffff)
        {
            destination[0] = FromWindows1252((char)code);
            return (read, 1);
        }

        return (read, (isNumber && code != 0 && Rune.IsValid(code) ? new Rune(code) : Rune.ReplacementChar).EncodeToUtf16(destination));
    }
}
