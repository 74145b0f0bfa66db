using System.Runtime.InteropServices;

namespace Monitoring.Items.Stories;

/// <summary>
/// What is kept of a text to find its copies: the hash of the whole, the hashes of its pairs of neighbouring words, the numbers and names in it. Immutable;
/// made by <see cref="Of"/>, bounded in work and size whatever the text.
/// </summary>
public sealed class TextSketch
{
    /// <summary>Of fewer words no copy is told from another text that speaks of the same: only the same words are the same text.</summary>
    public const int FewestWords = 20;

    /// <summary>Fewer words than that say too little even where all of them are the same.</summary>
    public const int FewestSameWords = 5;

    /// <summary>Values before the lists: words, hash, lengths.</summary>
    private const int Head = 6;

    private TextSketch(int words, ulong hash, uint[] pairs, uint[] numbers, uint[] placed, uint[] names)
    {
        (Words, Hash, Pairs, Numbers, Placed, Names) = (words, hash, pairs, numbers, placed, names);
    }

    public int Words { get; }

    public ulong Hash { get; }

    /// <summary>Ordered, each once; as <see cref="Numbers"/> and <see cref="Names"/> are.</summary>
    internal uint[] Pairs { get; }

    internal uint[] Numbers { get; }

    internal uint[] Placed { get; }

    internal uint[] Names { get; }

    public bool IsShort => Words < FewestWords;

    public static TextSketch Of(string text)
    {
        var words = TextWords.Of(text);
        var (pairs, placed, numbers) = (new HashSet<uint>(words.Words.Count), new HashSet<uint>(), words.Numbers.ToHashSet());
        for (var i = 1; i < words.Words.Count; i++)
        {
            var pair = unchecked((words.Words[i - 1] * 0x9E3779B1u) ^ (words.Words[i] * 0x85EBCA77u + 0xC2B2AE3Du));
            pairs.Add(pair);
            _ = numbers.Contains(words.Words[i]) && placed.Add(pair);
        }

        return new TextSketch(words.Words.Count, words.Hash, [.. pairs.Order()], words.Numbers, [.. placed.Order()], words.Names);
    }

    /// <summary>As one value of a row, at most 60 KiB.</summary>
    internal byte[] ToBytes()
    {
        uint[] head = [(uint)Words, (uint)(Hash >> 32), unchecked((uint)Hash), (uint)Pairs.Length, (uint)Numbers.Length, (uint)Placed.Length];
        return MemoryMarshal.AsBytes<uint>([.. head, .. Pairs, .. Numbers, .. Placed, .. Names]).ToArray();
    }

    /// <summary>The inverse of <see cref="ToBytes"/>; null for bytes of another shape.</summary>
    internal static TextSketch? FromBytes(ReadOnlySpan<byte> bytes)
    {
        var values = MemoryMarshal.Cast<byte, uint>(bytes);
        if (bytes.Length % sizeof(uint) != 0 || values.Length < Head || Head + (long)values[3] + values[4] + values[5] > values.Length)
        {
            return null;
        }

        var (pairs, numbers, placed) = ((int)values[3], (int)values[4], (int)values[5]);
        var rest = values[(Head + pairs)..];
        return new TextSketch(
            (int)values[0],
            ((ulong)values[1] << 32) | values[2],
            values.Slice(Head, pairs).ToArray(),
            rest[..numbers].ToArray(),
            rest.Slice(numbers, placed).ToArray(),
            rest[(numbers + placed)..].ToArray());
    }
}
