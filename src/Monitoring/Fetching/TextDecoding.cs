using System.Net.Mime;
using System.Text;
using System.Text.RegularExpressions;

namespace Monitoring.Fetching;

/// <param name="Encoding">The name of the encoding the text was read in.</param>
public sealed record DecodedText(string Text, string Encoding);

/// <summary>
/// Turns bytes of unknown encoding into text. In this order: byte order mark; valid UTF-8, whatever is declared; the HTTP header's charset; the charset
/// that the XML declaration or HTML meta names; windows-1251 for hosts of the region; windows-1252. Never throws.
/// </summary>
public static partial class TextDecoding
{
    private const int DeclarationBytes = 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string[] CyrillicTopLevels = [".kz", ".kg", ".ru", ".tj", ".uz", ".tm", ".by", ".ua", ".su"];

    /// <summary>Labels that servers use and .NET does not know.</summary>
    private static readonly Dictionary<string, string> Spellings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = "utf-8",
        ["cp1251"] = "windows-1251",
        ["win-1251"] = "windows-1251",
    };

    static TextDecoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static DecodedText Decode(ReadOnlySpan<byte> bytes, string? contentType, string host)
    {
        if (ByMark(bytes) is { } marked)
        {
            return new DecodedText(marked.Encoding.GetString(bytes[marked.Length..]), marked.Encoding.WebName);
        }

        if (AsUtf8(bytes) is { } utf8)
        {
            return new DecodedText(utf8, "utf-8");
        }

        // What is declared as UTF-8 and is not valid keeps its good parts; another guess could spoil all of it.
        var encoding = Known(Charset(contentType)) ?? Known(Declared(bytes), ofBytes: true) ?? Guess(host);
        return new DecodedText(encoding.GetString(bytes), encoding.WebName);
    }

    private static (Encoding Encoding, int Length)? ByMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xef, 0xbb, 0xbf, ..] => (Encoding.UTF8, 3),
        [0xff, 0xfe, 0, 0, ..] => (Encoding.UTF32, 4),
        [0xff, 0xfe, ..] => (Encoding.Unicode, 2),
        [0xfe, 0xff, ..] => (Encoding.BigEndianUnicode, 2),
        _ => null,
    };

    private static string? AsUtf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string? Charset(string? contentType)
    {
        try
        {
            return string.IsNullOrWhiteSpace(contentType) ? null : new ContentType(contentType).CharSet;
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static string? Declared(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationBytes)]);
        return Declaration().Match(head) is { Success: true } match ? match.Groups[1].Value : null;
    }

    /// <param name="ofBytes">The name stood in the text and was read as ASCII, so it cannot be that of UTF-16.</param>
    private static Encoding? Known(string? name, bool ofBytes = false)
    {
        try
        {
            var encoding = string.IsNullOrEmpty(name) ? null : Encoding.GetEncoding(Spellings.GetValueOrDefault(name, name));
            return ofBytes && encoding?.GetByteCount("<") > 1 ? null : encoding;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            // UTF-7 is known and not supported: it hides markup from whoever looks at the bytes.
            return null;
        }
    }

    private static Encoding Guess(string host) =>
        Encoding.GetEncoding(Array.Exists(CyrillicTopLevels, end => host.EndsWith(end, StringComparison.OrdinalIgnoreCase)) ? "windows-1251" : "windows-1252");

    [GeneratedRegex("""(?:<\?xml[^>]{0,200}encoding|<meta[^>]{0,200}charset)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,40})""", RegexOptions.IgnoreCase)]
    private static partial Regex Declaration();
}
