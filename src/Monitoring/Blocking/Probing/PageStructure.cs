using System.Buffers;
using System.Globalization;

namespace Monitoring.Blocking.Probing;

/// <summary>
/// How a page is built, whatever it says: a 64-bit similarity hash (Charikar, STOC 2002) over the names of its elements, three in a row. Two languages or days of one
/// template differ in few bits, two templates in about half of them.
/// </summary>
internal static class PageStructure
{
    private const int Bits = 64;
    private const int Together = 3;

    /// <summary>A page of fewer elements has no structure to speak of: an error page, a line of text.</summary>
    private const int LeastElements = 12;

    /// <summary>Element names are short (HTML Living Standard); what is longer is no element.</summary>
    private const int MaxName = 20;

    private static readonly SearchValues<byte> NameLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);

    /// <returns>16 hexadecimal digits; null for a page of hardly any elements.</returns>
    public static string? Of(ReadOnlySpan<byte> body)
    {
        Span<int> votes = stackalloc int[Bits];
        Span<uint> last = stackalloc uint[Together];
        var seen = new HashSet<ulong>();
        var elements = 0;
        while (NextElement(ref body) is { } name)
        {
            last[0] = last[1];
            last[1] = last[2];
            last[2] = name;
            // Lists of news are longer on some days: a sequence counts once.
            if (++elements >= Together && Mix(Mix(Mix(last[0]) ^ last[1]) ^ last[2]) is var hash && seen.Add(hash))
            {
                for (var bit = 0; bit < Bits; bit++)
                {
                    votes[bit] += (hash >> bit & 1) == 1 ? 1 : -1;
                }
            }
        }

        return elements < LeastElements ? null : Sum(votes).ToString("x16", CultureInfo.InvariantCulture);
    }

    private static ulong Sum(ReadOnlySpan<int> votes)
    {
        var sum = 0UL;
        for (var bit = 0; bit < Bits; bit++)
        {
            sum |= votes[bit] > 0 ? 1UL << bit : 0;
        }

        return sum;
    }

    /// <summary>Every bit of the sum hangs on every bit of the number (SplitMix64, Steele and others, OOPSLA 2014).</summary>
    private static ulong Mix(ulong number)
    {
        unchecked
        {
            number = (number + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9;
            number = (number ^ number >> 27) * 0x94D049BB133111EB;
            return number ^ number >> 31;
        }
    }

    /// <summary>The next opening tag's name, hashed, in any case of letters; what follows it stays in <paramref name="rest"/>.</summary>
    private static uint? NextElement(ref ReadOnlySpan<byte> rest)
    {
        while (rest.IndexOf((byte)'<') is >= 0 and var at)
        {
            rest = rest[(at + 1)..];
            var length = rest[..Math.Min(rest.Length, MaxName + 1)].IndexOfAnyExcept(NameLetters);
            if (length is > 0 and <= MaxName && char.IsAsciiLetter((char)rest[0]))
            {
                var hash = 2166136261u;
                foreach (var letter in rest[..length])
                {
                    hash = unchecked((hash ^ (letter | 0x20u)) * 16777619u);
                }

                rest = rest[length..];
                return hash;
            }
        }

        return null;
    }
}
