using System.Buffers.Binary;
using System.Globalization;
using Monitoring.Storage;

namespace Monitoring.Items;

/// <summary>
/// What a source's last document held, as 8 bytes an item: with them a visit that brings nothing new reads no item rows. The marks depend on the
/// content, so a changed item is not among them.
/// </summary>
public sealed class SeenMarks(IReadOnlyCollection<long> marks)
{
    /// <summary>More than any feed holds; the rest is looked up in the store.</summary>
    private const int Most = 4000;

    private readonly HashSet<long> _marks = [.. marks.Take(Most)];

    public static SeenMarks None { get; } = new([]);

    public static long Mark(ItemKey key, string contentHash) =>
        long.Parse(Keys.Hash(key.ToString(), contentHash).AsSpan(0, 15), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public bool Contains(long mark) => _marks.Contains(mark);

    public byte[] ToBytes()
    {
        var bytes = new byte[_marks.Count * 8];
        var at = 0;
        foreach (var mark in _marks)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(at), mark);
            at += 8;
        }

        return bytes;
    }

    public static SeenMarks FromBytes(byte[]? bytes)
    {
        var marks = new List<long>();
        for (var at = 0; at + 8 <= (bytes?.Length ?? 0); at += 8)
        {
            marks.Add(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at)));
        }

        return new SeenMarks(marks);
    }
}
