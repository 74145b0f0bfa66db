using System.Text;

namespace Monitoring.Fetching;

/// <summary>
/// Single-byte encodings of the region that .NET does not know, each given by what its upper half means. Below 128 they are ASCII; U+FFFD marks what is
/// not assigned. Sources: IANA charset registrations of KZ-1048 (RK1048, the Kazakh standard of 2002), PTCP154 (Asian Cyrillic), KOI8-T (Tajik).
/// </summary>
internal sealed class TableEncoding : Encoding
{
    private const string Russian = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя";

    public static readonly TableEncoding Kz1048 = new(
        "kz-1048",
        "ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏђ‘’“”•–—\ufffd™љ›њқһџ\u00a0ҰұӘ¤Ө¦§Ё©Ғ«¬\u00ad®Ү°±Ііөµ¶·ё№ғ»әҢңү" + Russian);

    public static readonly TableEncoding Ptcp154 = new(
        "ptcp154",
        "ҖҒӮғ„…ҶҮҲүҠӢҢҚҺҸҗ‘’“”•–—ҳҷҡӣңқһҹ\u00a0ЎўЈӨҘҰ§Ё©Ә«¬ӯ®Ҝ°ұІіҙө¶·ё№ә»јҪҫҝ" + Russian);

    public static readonly TableEncoding Koi8T = new(
        "koi8-t",
        "қғ‚Ғ„…†‡\ufffd‰ҳ‹ҲҷҶ\ufffdҚ‘’“”•–—\ufffd™\ufffd›\ufffd\ufffd\ufffd\ufffd\ufffdӯӮё¤ӣ¦§\ufffd\ufffd\ufffd«¬\u00ad®\ufffd°±²Ё\ufffdӢ¶·\ufffd№\ufffd»\ufffd\ufffd\ufffd©"
        + "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ");

    private readonly string _upper;

    private TableEncoding(string name, string upper)
        : base(codePage: 0)
    {
        WebName = name;
        _upper = upper;
    }

    public override string WebName { get; }

    public override string EncodingName => WebName;

    public override bool IsSingleByte => true;

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            chars[i] = bytes[i] < 128 ? (char)bytes[i] : _upper[bytes[i] - 128];
        }

        return bytes.Length;
    }

    public override int GetByteCount(char[] chars, int index, int count) => count;

    /// <summary>What the encoding does not have becomes a question mark.</summary>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)
    {
        for (var i = 0; i < charCount; i++)
        {
            var c = chars[charIndex + i];
            var upper = _upper.IndexOf(c, StringComparison.Ordinal);
            bytes[byteIndex + i] = c < 128 ? (byte)c : upper < 0 ? (byte)'?' : (byte)(upper + 128);
        }

        return charCount;
    }

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount;
}
