using System.Globalization;
using System.Net;
using System.Text;

namespace Monitoring.Feeds.Reading;

/// <summary>
/// Makes a text acceptable to an XML reader where feeds are usually wrong: illegal characters, named HTML entities, bare ampersands and less-than signs.
/// CDATA sections keep theirs; comments are left out, because two hyphens inside them are an error. One pass.
/// </summary>
internal static class XmlRepair
{
    private const int LongestEntity = 34;

    private static readonly string[] XmlEntities = ["amp", "lt", "gt", "quot", "apos"];

    public static string Repair(string text, List<string> repairs)
    {
        var repaired = new StringBuilder(text.Length + 64);
        var (illegal, entities, bare, less) = (0, 0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '<' && Opaque(text, i) is { } end)
            {
                if (text[i + 2] == '[')
                {
                    illegal += AppendLegal(repaired, text.AsSpan(i, end - i));
                }
                else
                {
                    // The numbers of lines stay.
                    repaired.Append('\n', text.AsSpan(i, end - i).Count('\n'));
                }

                i = end - 1;
            }
            else if (c == '<' && IsBare(text, i))
            {
                less++;
                repaired.Append("&lt;");
            }
            else if (c == '&')
            {
                i = AppendEntity(repaired, text, i, ref entities, ref bare);
            }
            else
            {
                var length = i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]) ? 2 : 1;
                illegal += AppendLegal(repaired, text.AsSpan(i, length));
                i += length - 1;
            }
        }

        Note(repairs, illegal, "characters that XML does not allow were removed");
        Note(repairs, entities, "HTML entities were replaced by their characters");
        Note(repairs, bare, "bare ampersands were escaped");
        Note(repairs, less, "bare less-than signs were escaped");
        return repaired.ToString();
    }

    /// <summary>No markup begins so: <c>5 &lt; 6</c>, <c>&lt;3</c>.</summary>
    private static bool IsBare(string text, int at) =>
        at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]) || char.IsAsciiDigit(text[at + 1]) || text[at + 1] is '<' or '=' or '-';

    /// <summary>The end of a CDATA section or comment that begins here.</summary>
    private static int? Opaque(string text, int at)
    {
        var (open, close) = text.AsSpan(at) switch
        {
            ['<', '!', '[', 'C', 'D', 'A', 'T', 'A', '[', ..] => (9, "]]>"),
            ['<', '!', '-', '-', ..] => (4, "-->"),
            _ => (0, ""),
        };
        if (open == 0)
        {
            return null;
        }

        var end = text.IndexOf(close, at + open, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + close.Length;
    }

    /// <returns>The position of the last character taken.</returns>
    private static int AppendEntity(StringBuilder repaired, string text, int at, ref int entities, ref int bare)
    {
        var semicolon = text.IndexOf(';', at, Math.Min(LongestEntity, text.Length - at));
        var name = semicolon > at ? text[(at + 1)..semicolon] : "";
        if (XmlEntities.Contains(name, StringComparer.Ordinal) || IsLegalNumber(name))
        {
            repaired.Append(text, at, semicolon - at + 1);
            return semicolon;
        }

        var decoded = name.Length > 0 && name.All(char.IsAsciiLetterOrDigit) ? WebUtility.HtmlDecode($"&{name};") : "&";
        if (decoded.Length > 0 && decoded[0] != '&')
        {
            entities++;
            repaired.Append(decoded);
            return semicolon;
        }

        bare++;
        repaired.Append("&amp;");
        return at;
    }

    private static bool IsLegalNumber(string name)
    {
        if (name is not ['#', ..])
        {
            return false;
        }

        var number = name is ['#', 'x' or 'X', .. var hex]
            ? int.TryParse(hex, NumberStyles.AllowHexSpecifier, null, out var fromHex) ? fromHex : -1
            : int.TryParse(name.AsSpan(1), NumberStyles.None, null, out var fromDecimal) ? fromDecimal : -1;
        return Rune.IsValid(number) && (number > 0xffff || IsLegal((char)number));
    }

    private static int AppendLegal(StringBuilder repaired, ReadOnlySpan<char> piece)
    {
        var removed = 0;
        for (var i = 0; i < piece.Length; i++)
        {
            if (char.IsHighSurrogate(piece[i]) && i + 1 < piece.Length && char.IsLowSurrogate(piece[i + 1]))
            {
                repaired.Append(piece.Slice(i++, 2));
            }
            else if (IsLegal(piece[i]))
            {
                repaired.Append(piece[i]);
            }
            else
            {
                removed++;
            }
        }

        return removed;
    }

    /// <summary>XML 1.0 section 2.2, for a character outside a surrogate pair.</summary>
    private static bool IsLegal(char c) => c is '\t' or '\n' or '\r' or (>= ' ' and <= '\ud7ff') or (>= '\ue000' and <= '\ufffd');

    private static void Note(List<string> repairs, int count, string what)
    {
        if (count > 0)
        {
            repairs.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what}"));
        }
    }
}
