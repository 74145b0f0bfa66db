using System.Buffers.Binary;
using System.Globalization;
using Monitoring.Storage;

namespace Monitoring.Items;

/// <summary>
/// What a source's last document held, as 8 bytes an item: with them a visit that brings nothing new reads no item rows. The marks depend on the
/// content, so a changed item is not among them.
/// </summary>
public sealed class SeenMarks
{
    /// <summary>More than any feed holds; the rest is looked up in the store.</summary>
    private const int Most = 4000;

    private readonly byte[] _bytes;

    /// <summary>Most visits only carry the marks on: they are laid out when the first one is looked for.</summary>
    private readonly Lazy<HashSet<long>> _marks;

    private SeenMarks(byte[] bytes)
    {
        _bytes = bytes;
        _marks = new Lazy<HashSet<long>>(Read);
    }

    public SeenMarks(IEnumerable<long> marks) : this(Write([.. marks.Distinct().Take(Most)]))
    {
    }

    public static SeenMarks None { get; } = new((byte[])[]);

    public static long Mark(ItemKey key, string contentHash) =>
        long.Parse(Keys.Hash(key.ToString(), contentHash).AsSpan(0, 15), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public bool Contains(long mark) => _marks.Value.Contains(mark);

    public byte[] ToBytes() => _bytes;

    /// <summary>Bytes that were cut are read as far as they go.</summary>
    public static SeenMarks FromBytes(byte[]? bytes) => bytes is null ? None : new SeenMarks(bytes.Length % 8 == 0 ? bytes : bytes[..^(bytes.Length % 8)]);

    private static byte[] Write(long[] marks)
    {
        var bytes = new byte[marks.Length * 8];
        for (var i = 0; i < marks.Length; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(i * 8), marks[i]);
        }

        return bytes;
    }

    private HashSet<long> Read()
    {
        var marks = new HashSet<long>(_bytes.Length / 8);
        for (var at = 0; at < _bytes.Length; at += 8)
        {
            marks.Add(BinaryPrimitives.ReadInt64BigEndian(_bytes.AsSpan(at)));
        }

        return marks;
    }
}
