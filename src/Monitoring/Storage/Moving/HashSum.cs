using System.Buffers.Binary;

namespace Monitoring.Storage.Moving;

/// <summary>
/// One hash for a set of things that come in any order, many at a time: the sum modulo 2^256 of their SHA-256. A sum and not XOR, under which a thing that
/// comes twice would vanish. It finds accidents; what protects a backup from somebody who forges is its encryption.
/// </summary>
internal sealed class HashSum
{
    private readonly Lock _gate = new();
    private readonly ulong[] _sum = new ulong[4];
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public void Add(ReadOnlySpan<byte> sha256)
    {
        lock (_gate)
        {
            _count++;
            UInt128 carry = 0;
            for (var i = 3; i >= 0; i--)
            {
                carry += (UInt128)_sum[i] + BinaryPrimitives.ReadUInt64BigEndian(sha256[(8 * i)..]);
                _sum[i] = unchecked((ulong)carry);
                carry >>= 64;
            }
        }
    }

    /// <summary>64 hexadecimal digits.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            return string.Concat(_sum.Select(part => part.ToString("x16", System.Globalization.CultureInfo.InvariantCulture)));
        }
    }
}
