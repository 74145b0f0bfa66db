using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Monitoring.Fetching;

/// <param name="Encoding">The name of the encoding the text was read in.</param>
public sealed record DecodedText(string Text, string Encoding);

/// <param name="Encoding">Replaces what is invalid, never throws.</param>
/// <param name="MarkLength">Bytes of the byte order mark, which are no text.</param>
/// <param name="IsValid">All bytes mean something in the encoding, as far as that is known.</param>
/// <param name="IsDeclared">False if the encoding was guessed or contradicts what the server or the document says.</param>
internal readonly record struct DetectedEncoding(Encoding Encoding, int MarkLength, bool IsDeclared, bool IsValid = true);

/// <summary>
/// Turns bytes of unknown encoding into text. In this order: byte order mark; the zeroes that UTF-16 and UTF-32 leave between Latin letters; valid UTF-8,
/// whatever is declared; the HTTP header's charset; the charset that the XML declaration or HTML meta names; Cyrillic by the frequency of its letters;
/// windows-1251 for the region; windows-1252. A Western charset, the default of many servers, is not believed if the bytes read as Cyrillic. Never throws.
/// </summary>
public static partial class TextDecoding
{
    private const int DeclarationBytes = 1024;

    private static readonly string[] CyrillicCountries = ["kz", "kg", "ru", "tj", "uz", "tm", "by", "ua", "su"];

    private static readonly Encoding Utf32BigEndian = new UTF32Encoding(bigEndian: true, byteOrderMark: true);

    /// <param name="host">Where the bytes came from; its top-level domain is the last hint.</param>
    public static DecodedText Decode(ReadOnlySpan<byte> bytes, string? contentType, string host)
    {
        var detected = Detect(bytes, contentType, host);
        return new DecodedText(detected.Encoding.GetString(bytes[detected.MarkLength..]), detected.Encoding.WebName);
    }

    /// <inheritdoc cref="Decode"/>
    /// <param name="country">ISO 3166-1 code of whoever publishes; goes before the host's.</param>
    internal static DetectedEncoding Detect(ReadOnlySpan<byte> bytes, string? contentType, string host, string? country = null)
    {
        if (ByMark(bytes) is { } marked)
        {
            return new DetectedEncoding(marked.Encoding, marked.Length, IsDeclared: true, marked.Encoding is not UTF8Encoding || Utf8.IsValid(bytes));
        }

        if (ByZeroes(bytes) is { } wide)
        {
            return new DetectedEncoding(wide, 0, IsDeclared: false);
        }

        var sent = Narrow(EncodingLabel.Find(Charset(contentType)));
        var declared = Declared(bytes);
        if (!Utf8.IsValid(bytes))
        {
            return Other(bytes, sent, declared, country ?? (host.Split('.') is [_, .., var topLevel] ? topLevel : ""));
        }

        // Encodings that switch by escape sequences look like ASCII.
        var switching = Array.Find([sent, declared], encoding => encoding?.CodePage is >= 50220 and <= 50229 or 52936);
        return switching is not null && bytes.IndexOfAny((byte)0x1b, (byte)'~') >= 0
            ? new DetectedEncoding(switching, 0, IsDeclared: true)
            : new DetectedEncoding(Encoding.UTF8, 0, IsDeclared: (sent ?? declared) is null or UTF8Encoding);
    }

    private static DetectedEncoding Other(ReadOnlySpan<byte> bytes, Encoding? sent, Encoding? declared, string country)
    {
        var named = sent ?? declared;
        var isDoubtful = named is null || IsWestern(named) || (named is UTF8Encoding && IsHardlyUtf8(bytes)) || (sent is not null && declared is not null && sent.WebName != declared.WebName);
        var guess = isDoubtful || named!.CodePage == 1251 ? CyrillicGuess.Of(bytes) : null;
        if (guess is not null && (isDoubtful || guess == TableEncoding.Kz1048))
        {
            return new DetectedEncoding(guess, 0, IsDeclared: guess.WebName == named?.WebName);
        }

        if (named is not null && !(named is UTF8Encoding && isDoubtful))
        {
            return new DetectedEncoding(named, 0, IsDeclared: true, IsValid: named is not UTF8Encoding);
        }

        var isCyrillic = CyrillicCountries.Contains(country, StringComparer.OrdinalIgnoreCase);
        return new DetectedEncoding(declared is not (null or UTF8Encoding) ? declared : Encoding.GetEncoding(isCyrillic ? 1251 : 1252), 0, IsDeclared: false);
    }

    private static (Encoding Encoding, int Length)? ByMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xef, 0xbb, 0xbf, ..] => (Encoding.UTF8, 3),
        [0xff, 0xfe, 0, 0, ..] => (Encoding.UTF32, 4),
        [0, 0, 0xfe, 0xff, ..] => (Utf32BigEndian, 4),
        [0xff, 0xfe, ..] => (Encoding.Unicode, 2),
        [0xfe, 0xff, ..] => (Encoding.BigEndianUnicode, 2),
        _ => null,
    };

    /// <summary>How a document begins in two or four bytes per character (XML 1.0 appendix F.1).</summary>
    private static Encoding? ByZeroes(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0, 0, 0, (byte)'<' or (byte)'{', ..] => Utf32BigEndian,
        [(byte)'<' or (byte)'{', 0, 0, 0, ..] => Encoding.UTF32,
        [0, (byte)'<' or (byte)'{', 0, not 0, ..] => Encoding.BigEndianUnicode,
        [(byte)'<' or (byte)'{', 0, not 0, 0, ..] => Encoding.Unicode,
        _ => null,
    };

    /// <summary>The one charset parameter, however it is quoted.</summary>
    private static string? Charset(string? contentType) => contentType is not null && CharsetParameter().Match(contentType) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>What the document says of itself.</summary>
    private static Encoding? Declared(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, DeclarationBytes)];

        // "<?xm" in EBCDIC, whose Latin letters stand in the same places in all its code pages.
        var isEbcdic = bytes is [0x4c, 0x6f, 0xa7, 0x94, ..];
        var head = (isEbcdic ? EncodingLabel.Find("ibm037")! : Encoding.Latin1).GetString(bytes);
        return Declaration().Match(head) is { Success: true } match ? Narrow(EncodingLabel.Find(match.Groups[1].Value)) : null;
    }

    /// <summary>UTF-16 and UTF-32 show themselves in the bytes; where they do not, the name is wrong.</summary>
    private static Encoding? Narrow(Encoding? encoding) => encoding?.CodePage is 1200 or 1201 or 12000 or 12001 ? null : encoding;

    private static bool IsWestern(Encoding encoding) => encoding.CodePage is 1252 or 20127 or 28591 or 28605;

    /// <summary>A few broken characters make no other encoding; most of them broken do.</summary>
    private static bool IsHardlyUtf8(ReadOnlySpan<byte> bytes)
    {
        var (high, broken) = (0, 0);
        while (bytes.IndexOfAnyInRange((byte)128, (byte)255) is var next and >= 0)
        {
            bytes = bytes[next..];
            var isGood = Rune.DecodeFromUtf8(bytes, out _, out var length) == System.Buffers.OperationStatus.Done;
            high++;
            broken += isGood ? 0 : 1;
            bytes = bytes[length..];
        }

        return broken * 2 > high;
    }

    [GeneratedRegex("""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", RegexOptions.IgnoreCase)]
    private static partial Regex CharsetParameter();

    [GeneratedRegex("""(?:<\?xml[^>]{0,200}encoding|<meta[^>]{0,200}charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", RegexOptions.IgnoreCase)]
    private static partial Regex Declaration();
}
