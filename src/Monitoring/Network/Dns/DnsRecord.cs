using System.Buffers.Binary;
using System.Net;

namespace Monitoring.Network.Dns;

/// <summary>A record of an answer: an address or a canonical name. Others are passed over (RFC 1035 section 4.1.3).</summary>
internal readonly record struct DnsRecord(string Owner, DnsType Type, IPAddress? Address, string? CanonicalName)
{
    /// <summary>An answer with more records than this is not read further: no site needs them.</summary>
    private const int MaxRecords = 64;

    /// <summary>Type, class, time to live and length, which follow the owner's name.</summary>
    private const int FixedBytes = 10;

    private const int Internet = 1;

    /// <summary>Reads the records that start at a place; null if one is malformed.</summary>
    /// <param name="announced">How many the message says there are: believed only as far as there are bytes.</param>
    public static List<DnsRecord>? ReadAll(ReadOnlySpan<byte> message, int at, int announced)
    {
        var records = new List<DnsRecord>();
        for (var i = 0; i < Math.Min(announced, MaxRecords); i++)
        {
            if (DnsName.Read(message, ref at) is not { } owner || at + FixedBytes > message.Length)
            {
                return null;
            }

            var (type, family) = ((DnsType)Field(message, at), Field(message, at + 2));
            var length = Field(message, at + 8);
            at += FixedBytes;
            if (at + length > message.Length)
            {
                return null;
            }

            if (family == Internet)
            {
                var record = new DnsRecord(owner, type, ReadAddress(type, message.Slice(at, length)), CanonicalName: null);
                if (type is DnsType.Cname)
                {
                    var name = at;
                    record = record with { CanonicalName = DnsName.Read(message, ref name) };
                    if (record.CanonicalName is null || name != at + length)
                    {
                        return null;
                    }
                }

                records.Add(record);
            }

            at += length;
        }

        return records;
    }

    private static IPAddress? ReadAddress(DnsType type, ReadOnlySpan<byte> data) => (type, data.Length) is (DnsType.A, 4) or (DnsType.Aaaa, 16) ? new IPAddress(data) : null;

    private static int Field(ReadOnlySpan<byte> message, int at) => BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
}
