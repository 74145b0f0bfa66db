using System.Buffers.Binary;
using System.Text;

namespace Monitoring.Storage.Moving;

/// <summary>Bytes that should be what a writer of this folder wrote, and are not. The message says what was met, in words that fit after "holds".</summary>
internal sealed class FormException(string met) : Exception(met);

/// <summary>Reads numbers and texts from bytes of which nothing is believed: every length is compared with what is left.</summary>
internal ref struct FormReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    public readonly bool IsAtEnd => _left.IsEmpty;

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    public ReadOnlySpan<byte> Bytes() => Take(Int32());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public DateTimeOffset Time() => Int64() is >= 0 and var ticks && ticks <= DateTime.MaxValue.Ticks
        ? new DateTimeOffset(ticks, TimeSpan.Zero)
        : throw new FormException("a time that is none");

    public ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > _left.Length)
        {
            throw new FormException("a length beyond its end");
        }

        var taken = _left[..length];
        _left = _left[length..];
        return taken;
    }
}
