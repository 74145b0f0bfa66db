using System.Numerics;

namespace Monitoring.Items.Stories;

/// <summary>
/// MinHash with bands (Broder 1997; Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3). 56 bands of 3: two texts that share 0.47 of their
/// pairs, what is left after every fifth word was changed, meet in a band with a chance of 0.998, and with 0.4 still of 0.975; those that share 0.1 of 0.05.
/// </summary>
internal static class MinHash
{
    public const int Bands = 56;
    public const int Rows = 3;
    public const int Length = Bands * Rows;

    private static readonly ulong[] Factors = [.. Enumerable.Range(0, Length).Select(i => Scramble((ulong)i * 2 + 1) | 1)];
    private static readonly ulong[] Shifts = [.. Enumerable.Range(0, Length).Select(i => Scramble((ulong)i * 2 + 2))];

    /// <summary>For each of the functions the least value over all pairs: two signatures agree in about as many places as the share of pairs the texts have in common.</summary>
    public static uint[] Sign(ReadOnlySpan<uint> pairs)
    {
        var least = new uint[Length];
        Array.Fill(least, uint.MaxValue);
        foreach (var pair in pairs)
        {
            for (var i = 0; i < Length; i++)
            {
                var value = unchecked((uint)((Factors[i] * pair + Shifts[i]) >> 32));
                least[i] = value < least[i] ? value : least[i];
            }
        }

        return least;
    }

    public static uint Band(ReadOnlySpan<uint> signature, int band)
    {
        var at = band * Rows;
        return unchecked((uint)(Scramble(Scramble(Scramble(signature[at]) + signature[at + 1]) + signature[at + 2]) >> 32));
    }

    /// <summary>The share of places in which two signatures agree.</summary>
    public static double Estimate(ReadOnlySpan<uint> one, ReadOnlySpan<uint> other)
    {
        // Of a week's entries thousands are looked at for each new one.
        var (same, i) = (Vector<uint>.Zero, 0);
        for (; i <= Length - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            same -= Vector.Equals(new Vector<uint>(one[i..]), new Vector<uint>(other[i..]));
        }

        var count = (int)Vector.Sum(same);
        for (; i < Length; i++)
        {
            count += one[i] == other[i] ? 1 : 0;
        }

        return (double)count / Length;
    }

    /// <summary>SplitMix64 (Steele, Lea, Flood 2014).</summary>
    private static ulong Scramble(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
