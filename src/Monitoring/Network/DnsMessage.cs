using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Monitoring.Network;

/// <summary>The record types we ask for (RFC 1035 section 3.2.2, RFC 3596).</summary>
public enum DnsType : ushort
{
    A = 1,
    Aaaa = 28,
}

/// <param name="Id">Chosen by the asker; an answer repeats it.</param>
/// <param name="ResponseCode">RCODE: 0 no error, 2 server failure, 3 name does not exist, 5 refused.</param>
public sealed record DnsMessage(ushort Id, bool IsResponse, int ResponseCode, string Name, DnsType Type, IReadOnlyList<IPAddress> Addresses)
{
    private const int HeaderBytes = 12;
    private const int MaxLabelBytes = 63;

    /// <summary>With the length before each label and the root's empty label (RFC 1035 section 2.3.4).</summary>
    private const int MaxNameBytes = 255;

    /// <summary>An answer with more records than this is not read further: no site needs them.</summary>
    private const int MaxRecords = 64;

    /// <summary>Can there be such a name? ASCII, without the root's dot.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameBytes - 2 && Ascii.IsValid(name) && Array.TrueForAll(name.Split('.'), label => label.Length is > 0 and <= MaxLabelBytes);

    /// <summary>The bytes of the message. The name must be one (<see cref="IsName"/>).</summary>
    public byte[] Write()
    {
        var message = new List<byte>(64);
        var flags = IsResponse ? 0x8180 | ResponseCode : 0x0100;
        foreach (var field in (ReadOnlySpan<int>)[Id, flags, 1, Addresses.Count, 0, 0])
        {
            Append(message, field);
        }

        AppendName(message, Name);
        Append(message, (int)Type);
        Append(message, 1);
        foreach (var address in Addresses)
        {
            AppendAddress(message, address);
        }

        return [.. message];
    }

    /// <summary>Reads a message; null if it is malformed in any way. Never throws, and reads no byte twice: compression pointers in the question are refused, in records skipped.</summary>
    public static DnsMessage? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || Field(bytes, 4) != 1)
        {
            return null;
        }

        var at = HeaderBytes;
        if (ReadQuestionName(bytes, ref at) is not { } name || at + 4 > bytes.Length)
        {
            return null;
        }

        var type = (DnsType)Field(bytes, at);
        at += 4;
        return ReadAddresses(bytes, at, Math.Min(Field(bytes, 6), MaxRecords), type) is { } addresses
            ? new DnsMessage((ushort)Field(bytes, 0), (bytes[2] & 0x80) != 0, bytes[3] & 0x0f, name, type, addresses)
            : null;
    }

    private static List<IPAddress>? ReadAddresses(ReadOnlySpan<byte> bytes, int at, int records, DnsType type)
    {
        var addresses = new List<IPAddress>();
        for (var i = 0; i < records; i++)
        {
            if (!SkipName(bytes, ref at) || at + 10 > bytes.Length)
            {
                return null;
            }

            var recordType = (DnsType)Field(bytes, at);
            var length = Field(bytes, at + 8);
            at += 10;
            if (at + length > bytes.Length)
            {
                return null;
            }

            // The owner name is not compared: a CNAME chain ends in records of other names.
            if (recordType == type && length == (type == DnsType.A ? 4 : 16))
            {
                addresses.Add(new IPAddress(bytes.Slice(at, length)));
            }

            at += length;
        }

        return addresses;
    }

    private static string? ReadQuestionName(ReadOnlySpan<byte> bytes, ref int at)
    {
        var name = new StringBuilder();
        var end = Math.Min(bytes.Length, at + MaxNameBytes);
        while (at < end)
        {
            int length = bytes[at++];
            if (length == 0)
            {
                return name.ToString();
            }

            if (length > MaxLabelBytes || at + length > end)
            {
                return null;
            }

            name.Append(name.Length > 0 ? "." : "").Append(Encoding.ASCII.GetString(bytes.Slice(at, length)));
            at += length;
        }

        return null;
    }

    private static bool SkipName(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (at < bytes.Length)
        {
            int length = bytes[at];
            switch (length)
            {
                case 0:
                    at++;
                    return true;
                case >= 0xc0:
                    at += 2;
                    return at <= bytes.Length;
                case > MaxLabelBytes:
                    return false;
                default:
                    at += 1 + length;
                    break;
            }
        }

        return false;
    }

    private static int Field(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static void Append(List<byte> message, int field)
    {
        message.Add((byte)((field >> 8) & 0xff));
        message.Add((byte)(field & 0xff));
    }

    private static void AppendName(List<byte> message, string name)
    {
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var bytes = Encoding.ASCII.GetBytes(label);
            message.Add((byte)bytes.Length);
            message.AddRange(bytes);
        }

        message.Add(0);
    }

    private static void AppendAddress(List<byte> message, IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        Append(message, 0xc000 | HeaderBytes);
        Append(message, bytes.Length == 4 ? (int)DnsType.A : (int)DnsType.Aaaa);
        Append(message, 1);
        Append(message, 0);
        Append(message, 60);
        Append(message, bytes.Length);
        message.AddRange(bytes);
    }
}
