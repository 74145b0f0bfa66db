using System.Buffers.Binary;
using System.Text;

namespace Monitoring.App.Demo;

/// <summary>What a censor reads of a connection's first bytes: the server name of a TLS ClientHello (RFC 8446 section 4.1.2, RFC 6066 section 3), or the Host of an HTTP request.</summary>
internal static class ClientHello
{
    private const byte Handshake = 22;

    /// <summary>Null if the bytes name no host.</summary>
    public static string? HostOf(ReadOnlySpan<byte> bytes) => bytes is [Handshake, ..] ? ServerName(bytes) : HostHeader(bytes);

    private static string? ServerName(ReadOnlySpan<byte> bytes)
    {
        // Record header 5, handshake header 4, version 2, random 32; then three lists with their lengths.
        var at = 43;
        if (!Skip(bytes, ref at, lengthBytes: 1) || !Skip(bytes, ref at, lengthBytes: 2) || !Skip(bytes, ref at, lengthBytes: 1))
        {
            return null;
        }

        at += 2;
        while (at + 4 <= bytes.Length)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            at += 4;
            if (type == 0 && at + length <= bytes.Length && length > 5)
            {
                return Encoding.ASCII.GetString(bytes.Slice(at + 5, length - 5));
            }

            at += length;
        }

        return null;
    }

    private static bool Skip(ReadOnlySpan<byte> bytes, ref int at, int lengthBytes)
    {
        if (at + lengthBytes > bytes.Length)
        {
            return false;
        }

        at += lengthBytes + (lengthBytes == 1 ? bytes[at] : BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]));
        return true;
    }

    private static string? HostHeader(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes).Split("\r\n")
        .Where(line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[5..].Trim().Split(':')[0])
        .FirstOrDefault();
}
