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
    /// <summary>Code pages by the names that .NET does not know, or takes for a narrower one; letters and digits only.</summary>
    private static readonly FrozenDictionary<string, int> Spellings = new (int CodePage, string Names)[]
    {
        (65001, "utf8 u8 unicode11utf8"),
        (1200, "utf16 u16 ucs2 unicode csunicode iso10646ucs2"),
        (12000, "utf32 u32 ucs4 csucs4 iso10646ucs4"),
        (1250, "msee"),
        (1251, "mscyrl"),
        (1252, "usascii ascii ansix341968 iso646us latin1 l1 iso88591 isoir100 msansi"),
        (1253, "msgreek"),
        (1254, "iso88599 latin5 l5 isoir148 csisolatin5 msturk"),
        (1255, "mshebr"),
        (1256, "msarab"),
        (1257, "winbaltrim"),
        (874, "iso885911 tis620 tis6200 tis62025290 tis62025291 thai isoir166"),
        (28592, "latin2 l2 isoir101"),
        (28593, "latin3 l3 isoir109"),
        (28594, "latin4 l4 isoir110"),
        (28595, "cyrillic isoir144"),
        (28596, "arabic isoir127 ecma114 asmo708"),
        (28597, "greek greek8 isoir126 ecma118 elot928"),
        (28598, "hebrew isoir138"),
        (28603, "latin7 l7"),
        (28605, "latin9 l9"),
        (20866, "koi8 koi koi8r cskoi8r"),
        (21866, "koi8u koi8ru"),
        (866, "alt"),
        (10000, "macroman macintosh mac"),
        (10006, "macgreek"),
        (10007, "maccyrillic xmacukrainian"),
        (10029, "maclatin2 maccentraleurope maccenteuro"),
        (10079, "maciceland"),
        (10081, "macturkish"),
        (437, "cspc8codepage437"),
        (775, "cspc775baltic"),
        (850, "cspc850multilingual"),
        (852, "cspcp852"),
        (861, "cpis"),
        (862, "cspc862latinhebrew"),
        (869, "cpgr"),
        (932, "sjis shiftjis sjis2004 shiftjis2004 sjisx0213 shiftjisx0213 mskanji ms932 xsjis xmacjapanese"),
        (51932, "eucjp ujis xeucjp eucjis2004 eucjis eucjisx0213 jisx0213"),
        (50220, "iso2022jp iso2022jp1 iso2022jp2 iso2022jp3 iso2022jp2004 iso2022jpext csiso2022jp"),
        (949, "euckr uhc korean ksc5601 ksc56011987 ksx1001 isoir149 xmackorean"),
        (50225, "iso2022kr csiso2022kr"),
        (54936, "gb2312 gbk xgbk euccn eucgb2312cn gb23121980 gb231280 chinese csgb2312 csiso58gb231280 isoir58 gb18030 xmacsimpchinese"),
        (52936, "hz hzgb hzgb2312"),
        (950, "big5 big5tw big5hkscs hkscs csbig5 xmactradchinese"),
        (37, "ebcdiccpus ebcdiccpca ebcdiccpnl ebcdiccpwt ibm039"),
        (424, "ebcdiccphe"),
        (500, "ebcdiccpbe ebcdiccpch"),
    }.SelectMany(row => row.Names.Split(' '), (row, name) => (row.CodePage, name)).ToFrozenDictionary(pair => pair.name, pair => pair.CodePage);

    private static readonly FrozenDictionary<string, Encoding> Tables = new Dictionary<string, Encoding>
    {
        ["kz1048"] = TableEncoding.Kz1048,
        ["rk1048"] = TableEncoding.Kz1048,
        ["strk1048"] = TableEncoding.Kz1048,
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

        var key = Separators().Replace(Year().Replace(name, ""), "").ToLowerInvariant();
        return Tables.GetValueOrDefault(key) ?? (Spellings.TryGetValue(key, out var codePage) ? ByCodePage(codePage) : ByName(name) ?? ByNumber(key));
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
        return isIso ? ByName($"iso-8859-{number[4..]}") : ByCodePage(int.Parse(number, CultureInfo.InvariantCulture));
    }

    private static Encoding? ByName(string name)
    {
        try
        {
            return Encoding.GetEncoding(name);
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

    /// <summary>The year of a standard is no part of its name.</summary>
    [GeneratedRegex("[:_-](?:19|20)[0-9]{2}$")]
    private static partial Regex Year();

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex Separators();

    [GeneratedRegex("^(?:x?cp|ibm|csibm|x?windows|win|x?dos|ms|iso)?(?<number>[0-9]{2,6})$")]
    private static partial Regex Numbered();
}
