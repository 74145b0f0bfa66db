using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Monitoring.Fetching;

/// <summary>
/// Encodings by the names that servers and documents give them. Narrow names mean the wider encoding that includes them and that is what is really sent
/// (WHATWG Encoding Standard: <c>iso-8859-1</c> is windows-1252, <c>gb2312</c> is GB18030).
/// </summary>
internal static partial class EncodingLabel
{
    private static readonly FrozenDictionary<string, string> Spellings = new Dictionary<string, string>
    {
        ["utf8"] = "utf-8",
        ["u8"] = "utf-8",
        ["unicode11utf8"] = "utf-8",
        ["usascii"] = "windows-1252",
        ["ascii"] = "windows-1252",
        ["latin1"] = "windows-1252",
        ["l1"] = "windows-1252",
        ["iso88591"] = "windows-1252",
        ["iso88599"] = "windows-1254",
        ["latin5"] = "windows-1254",
        ["iso885911"] = "windows-874",
        ["tis620"] = "windows-874",
        ["latin2"] = "iso-8859-2",
        ["cyrillic"] = "iso-8859-5",
        ["arabic"] = "iso-8859-6",
        ["greek"] = "iso-8859-7",
        ["hebrew"] = "iso-8859-8",
        ["koi8"] = "koi8-r",
        ["cskoi8r"] = "koi8-r",
        ["koi"] = "koi8-r",
        ["koi8ru"] = "koi8-u",
        ["alt"] = "cp866",
        ["maccyrillic"] = "x-mac-cyrillic",
        ["xmacukrainian"] = "x-mac-cyrillic",
        ["gb2312"] = "gb18030",
        ["gbk"] = "gb18030",
        ["xgbk"] = "gb18030",
        ["euccn"] = "gb18030",
        ["sjis"] = "shift_jis",
        ["ms932"] = "shift_jis",
        ["mskanji"] = "shift_jis",
        ["big5hkscs"] = "big5",
        ["euckr"] = "ks_c_5601-1987",
        ["uhc"] = "ks_c_5601-1987",
        ["utf16"] = "utf-16",
        ["u16"] = "utf-16",
        ["ucs2"] = "utf-16",
        ["unicode"] = "utf-16",
        ["csunicode"] = "utf-16",
        ["iso10646ucs2"] = "utf-16",
        ["utf32"] = "utf-32",
        ["u32"] = "utf-32",
        ["ucs4"] = "utf-32",
        ["csucs4"] = "utf-32",
        ["iso10646ucs4"] = "utf-32",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Encoding> Tables = new Dictionary<string, Encoding>
    {
        ["kz1048"] = TableEncoding.Kz1048,
        ["rk1048"] = TableEncoding.Kz1048,
        ["strk1048"] = TableEncoding.Kz1048,
        ["strk10482002"] = TableEncoding.Kz1048,
        ["cskz1048"] = TableEncoding.Kz1048,
        ["ptcp154"] = TableEncoding.Ptcp154,
        ["csptcp154"] = TableEncoding.Ptcp154,
        ["pt154"] = TableEncoding.Ptcp154,
        ["cp154"] = TableEncoding.Ptcp154,
        ["cyrillicasian"] = TableEncoding.Ptcp154,
        ["koi8t"] = TableEncoding.Koi8T,
    }.ToFrozenDictionary();

    static EncodingLabel() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Null if nobody here knows the name, and for UTF-7, which hides markup from whoever looks at the bytes.</summary>
    public static Encoding? Find(string? name)
    {
        name = name?.Trim();
        if (string.IsNullOrEmpty(name) || name.Length > 60)
        {
            return null;
        }

        var key = Separators().Replace(name, "").ToLowerInvariant();
        return Tables.GetValueOrDefault(key) ?? ByName(Spellings.GetValueOrDefault(key, name)) ?? ByNumber(key);
    }

    /// <summary>Code pages by number: <c>cp1251</c>, <c>win-1251</c>, <c>ibm866</c>, <c>8859_5</c>.</summary>
    private static Encoding? ByNumber(string key)
    {
        if (Numbered().Match(key) is not { Success: true } match)
        {
            return null;
        }

        var number = match.Groups["number"].Value;
        var isIso = number.StartsWith("8859", StringComparison.Ordinal) && number.Length > 4;
        return ByName(isIso ? $"iso-8859-{number[4..]}" : null) ?? ByCodePage(int.Parse(number, CultureInfo.InvariantCulture));
    }

    private static Encoding? ByName(string? name)
    {
        try
        {
            return name is null ? null : Encoding.GetEncoding(name);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static Encoding? ByCodePage(int number)
    {
        try
        {
            return number is 0 or 42 or 65000 ? null : Encoding.GetEncoding(number);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex Separators();

    [GeneratedRegex("^(?:x?cp|ibm|csibm|x?windows|win|x?dos|ms|iso)?(?<number>[0-9]{2,6})$")]
    private static partial Regex Numbered();
}
