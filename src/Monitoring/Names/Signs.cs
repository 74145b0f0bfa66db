using System.Globalization;

namespace Monitoring.Names;

/// <summary>What one character is to the matcher.</summary>
[Flags]
internal enum SignFlags : ushort
{
    /// <summary>Space for two signs, 5 bits each.</summary>
    None = 0,
    Latin = 1 << 10,
    Cyrillic = 1 << 11,
    Upper = 1 << 12,

    /// <summary>Letters that follow may make one sound with it.</summary>
    BeginsGroup = 1 << 13,

    /// <summary>Stands inside words without being read: soft hyphen, marks of direction, accents, apostrophes.</summary>
    Silent = 1 << 14,
    Digit = 1 << 15,
}

/// <summary>
/// Skeletons: letters of all alphabets as signs of one small alphabet (<c>signs.csv</c>), so that one sound looks the same in every script, and a sign
/// that follows itself stands once. Each text has one skeleton; what a listed name may look like in another spelling is known to the list's side
/// (<see cref="Spellings"/>).
/// </summary>
internal static class Signs
{
    /// <summary>A word with more letters is no name.</summary>
    public const int MostLetters = 64;

    /// <summary>Two for each letter.</summary>
    public const int MostSigns = 2 * MostLetters;

    public const string Alphabet = "_abvgdeZziklmnoprstufxcCSj";

    /// <summary>A letter of another alphabet.</summary>
    public const byte Other = 31;

    /// <summary>The full-width forms of ASCII, in its order.</summary>
    private const char FullWidthFirst = '\uff01';
    private const char FullWidthLast = '\uff5e';

    private const int SignBits = 5;
    private const int SignMask = (1 << SignBits) - 1;

    private static readonly Dictionary<char, List<(string More, byte[] Signs)>> Groups = [];
    private static readonly ushort[] Table = Build();

    public static SignFlags Of(char c) => (SignFlags)Table[c];

    /// <summary>A letter of any alphabet.</summary>
    public static bool IsLetter(char c) => (Table[c] & (SignMask | (int)(SignFlags.Latin | SignFlags.Cyrillic))) != 0;

    /// <summary>Writes the skeleton of a word.</summary>
    /// <param name="signs">Room for <see cref="MostSigns"/>.</param>
    /// <param name="ends">For each sign the place in the word after the letters it comes from.</param>
    /// <returns>How many signs; 0 for a word that is too long.</returns>
    public static int Write(ReadOnlySpan<char> word, Span<byte> signs, Span<byte> ends)
    {
        if (word.Length > MostLetters)
        {
            return 0;
        }

        var count = 0;
        for (var i = 0; i < word.Length;)
        {
            var entry = Table[word[i]];
            if ((entry & (ushort)SignFlags.BeginsGroup) != 0 && GroupAt(word[i..]) is { } group)
            {
                i += group.More.Length + 1;
                foreach (var sign in group.Signs)
                {
                    Put(sign, i, signs, ends, ref count);
                }

                continue;
            }

            i++;
            Put((byte)(entry & SignMask), i, signs, ends, ref count);
            Put((byte)((entry >> SignBits) & SignMask), i, signs, ends, ref count);
        }

        return count;
    }

    /// <summary>For tables and listed names; allocates.</summary>
    public static string Of(string word)
    {
        Span<byte> signs = stackalloc byte[MostSigns];
        var count = Write(word.Length <= MostLetters ? word : word.AsSpan(0, MostLetters), signs, stackalloc byte[MostSigns]);
        return string.Concat(signs[..count].ToArray().Select(sign => sign == Other ? '?' : Alphabet[sign]));
    }

    public static byte Parse(char sign) => sign == '?' ? Other : (byte)Alphabet.IndexOf(sign, StringComparison.Ordinal);

    public static char Fold(char c) => c switch
    {
        >= 'A' and <= 'Z' => (char)(c | 0x20),
        >= 'А' and <= 'Я' => (char)(c + 0x20),
        < '\u0080' => c,
        'İ' or 'ı' => 'i',
        >= FullWidthFirst and <= FullWidthLast => Fold((char)(c - FullWidthFirst + '!')),
        _ => char.ToLowerInvariant(c),
    };

    private static void Put(byte sign, int end, Span<byte> signs, Span<byte> ends, ref int count)
    {
        if (sign == 0)
        {
            return;
        }

        if (count > 0 && signs[count - 1] == sign)
        {
            ends[count - 1] = (byte)end;
            return;
        }

        (signs[count], ends[count]) = (sign, (byte)end);
        count++;
    }

    private static (string More, byte[] Signs)? GroupAt(ReadOnlySpan<char> word)
    {
        foreach (var group in Groups[Fold(word[0])])
        {
            if (group.More.Length < word.Length && IsAt(word[1..], group.More))
            {
                return group;
            }
        }

        return null;
    }

    private static bool IsAt(ReadOnlySpan<char> word, string rest)
    {
        for (var i = 0; i < rest.Length; i++)
        {
            if (Fold(word[i]) != rest[i])
            {
                return false;
            }
        }

        return true;
    }

    private static ushort[] Build()
    {
        var table = new ushort[char.MaxValue + 1];
        for (var c = 0; c <= char.MaxValue; c++)
        {
            table[c] = (ushort)(char.IsLetter((char)c) ? Other | (int)(char.IsUpper((char)c) ? SignFlags.Upper : 0) : (int)Flags((char)c));
        }

        foreach (var row in DataFile.Rows(typeof(Signs), "Tables.signs.csv"))
        {
            var (script, letters, signs) = (row[0] == "latin" ? SignFlags.Latin : SignFlags.Cyrillic, row[1], row[2].Where(sign => sign != '-').Select(Parse).ToArray());
            if (letters.Length > 1)
            {
                AddGroup(letters, signs);
                continue;
            }

            var value = (ushort)(signs.ElementAtOrDefault(0) | (signs.ElementAtOrDefault(1) << SignBits) | (int)script);
            var upper = letters == "ı" ? 'I' : char.ToUpper(letters[0], CultureInfo.InvariantCulture);
            table[upper] = (ushort)(value | (int)SignFlags.Upper);
            table[letters[0]] = letters == "İ" ? table[upper] : value;
        }

        foreach (var first in Groups.Keys)
        {
            Groups[first].Sort((one, other) => other.More.Length - one.More.Length);
            foreach (var c in (char[])[first, char.ToUpperInvariant(first)])
            {
                table[c] |= (ushort)SignFlags.BeginsGroup;
            }
        }

        for (var c = FullWidthFirst; c <= FullWidthLast; c++)
        {
            table[c] = table[c - FullWidthFirst + '!'];
        }

        return table;
    }

    private static void AddGroup(string letters, byte[] signs)
    {
        if (!Groups.TryGetValue(letters[0], out var groups))
        {
            Groups.Add(letters[0], groups = []);
        }

        groups.Add((letters[1..], signs));
    }

    private static SignFlags Flags(char c) => c switch
    {
        >= '0' and <= '9' => SignFlags.Digit,
        '\'' or '’' or '‘' or '`' or '´' or 'ʻ' or 'ʼ' or 'ʹ' or 'ʺ' => SignFlags.Silent,
        '\u00ad' or '\u200b' or '\u200c' or '\u200d' or '\u200e' or '\u200f' or '\u2060' or '\ufeff' => SignFlags.Silent,
        (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or (>= '\u0300' and <= '\u036f') => SignFlags.Silent,
        _ => SignFlags.None,
    };
}
