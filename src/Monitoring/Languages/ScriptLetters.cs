using System.Text;

namespace Monitoring.Languages;

/// <summary>
/// What the detector sees of a character: its script, and the plain letter it is folded to (қ to к, ş to s), because people often type without the special
/// ones. A special letter is evidence of its own, beside the plain one.
/// </summary>
internal static class ScriptLetters
{
    public const int None = 0;
    public const int Latin = 1;
    public const int Cyrillic = 2;
    public const int Arabic = 3;
    public const int Foreign = 4;

    /// <summary>Beyond it are no letters of the three scripts but forms that nobody types.</summary>
    public const int End = 0x2100;

    private const int UpperBit = 1 << 9;
    private const int InvisibleBit = 1 << 10;
    private const int ApostropheBit = 1 << 11;

    private static readonly string[] Names = ["", "Latn", "Cyrl", "Arab", ""];

    /// <summary>The plain letters by script; the number of a letter is its place plus one, and 0 is the edge of a word.</summary>
    private static readonly string[] Alphabets =
    [
        "",
        "abcdefghijklmnopqrstuvwxyz'",
        "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهوىيءئپچژگڭۆۇۋەېۈ",
        "",
    ];

    /// <summary>Each special letter before its plain one.</summary>
    private static readonly string[] Folds =
    [
        "",
        "ıiøođdłlßsæaœoəaŋnɵoþtðdħhʻ'ʼ'‘'’'`'ʹ'ʿ'",
        "ёеіиїиєеґгўуқкғгңнөоүуұуһхҳхҷчӣиӯуәаѕзјйљлњнћчђдџцѓгќкѝиҗжҙзҫсҡкӑаӗеӳуҥнҝкҹч",
        "آاأاإاٱاؤوةهیيکكھههہہهۀهےيںنٹتڈدڑرێېڵلڕرڤفۋۋێې",
        "",
    ];

    private static readonly ushort[] Codes = MakeCodes();

    public static string NameOf(int script) => Names[script];

    public static int Find(string name) => Array.IndexOf(Names, name);

    /// <summary>How many letters a script has here, the edge of a word among them.</summary>
    public static int CountOf(int script) => Alphabets[script].Length + 1;

    /// <summary>The number of a plain letter; <c>_</c>, the edge of a word, is 0.</summary>
    public static int NumberOf(int script, char plain) => Alphabets[script].IndexOf(plain, StringComparison.Ordinal) + 1;

    public static char PlainOf(int script, int number) => number == 0 ? '_' : Alphabets[script][number - 1];

    /// <summary>Script, letter and case in one number; 0 if it is no letter.</summary>
    public static int CodeOf(char c) => c < End ? Codes[c] : char.IsLetter(c) ? Foreign << 6 : 0;

    public static int LetterOf(int code) => code & 63;

    public static int ScriptOf(int code) => (code >> 6) & 7;

    public static bool IsUpper(int code) => (code & UpperBit) != 0;

    /// <summary>A mark or a mere hint to the typesetter: neither a letter nor the end of a word.</summary>
    public static bool IsInvisible(int code) => code == InvisibleBit;

    /// <summary>Behind a Latin letter it is one itself (oʻ), in a Cyrillic word it is none (п'ять), elsewhere a quotation mark.</summary>
    public static bool IsApostrophe(int code) => (code & ApostropheBit) != 0;

    private static ushort[] MakeCodes()
    {
        var codes = new ushort[End];
        for (var c = '\0'; c < End; c++)
        {
            codes[c] = (ushort)MakeCode(c);
        }

        return codes;
    }

    private static int MakeCode(char c)
    {
        if (c is (>= '\u0300' and <= '\u036f') or (>= '\u064b' and <= '\u0652') or '\u00ad' or '\u0640' or '\u200b' or '\u200d' or '\u2060')
        {
            return InvisibleBit;
        }

        var lower = c is 'İ' ? 'i' : char.ToLowerInvariant(c);
        for (var script = Latin; script <= Arabic; script++)
        {
            var plain = Plain(script, lower);
            if (plain == '\'')
            {
                return ApostropheBit | NumberOf(script, plain);
            }

            if (NumberOf(script, plain) is > 0 and var number)
            {
                return (script << 6) | number | (lower != c ? UpperBit : 0);
            }
        }

        return char.IsLetter(c) ? Foreign << 6 : 0;
    }

    private static char Plain(int script, char c)
    {
        if (Alphabets[script].Contains(c, StringComparison.Ordinal))
        {
            return c;
        }

        for (var i = 0; i < Folds[script].Length; i += 2)
        {
            if (Folds[script][i] == c)
            {
                return Folds[script][i + 1];
            }
        }

        return script == Latin && char.IsLetter(c) ? c.ToString().Normalize(NormalizationForm.FormD)[0] : c;
    }
}
