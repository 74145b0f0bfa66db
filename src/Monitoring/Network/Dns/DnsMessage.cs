using System.Buffers.Binary;
using System.Net;

namespace Monitoring.Network.Dns;

/// <summary>A DNS message with one question (RFC 1035 section 4.1).</summary>
/// <param name="Id">Chosen by the asker; an answer repeats it.</param>
/// <param name="ResponseCode">RCODE: 0 no error, 2 server failure, 3 name does not exist, 5 refused.</param>
/// <param name="Name">What is asked for, without the root's dot.</param>
/// <param name="Addresses">Of the type asked for, owned by the name or by one its canonical names lead to.</param>
public sealed record DnsMessage(ushort Id, bool IsResponse, int ResponseCode, string Name, DnsType Type, IReadOnlyList<IPAddress> Addresses)
{
    internal const int HeaderBytes = 12;

    /// <summary>What a datagram to us may hold: larger ones would be cut to pieces on the way, and pieces can be forged (DNS flag day 2020).</summary>
    public const int MaxDatagramBytes = 1232;

    private const int Internet = 1;

    /// <summary>TC: the answer is longer than a datagram, is not read, and must be asked for over TCP.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>The names that CNAME records lead through, in this order.</summary>
    public IReadOnlyList<string> CanonicalNames { get; init; } = [];

    /// <summary>Is this a response to the question? Names are compared without case (RFC 4343).</summary>
    public bool Answers(DnsMessage question) =>
        IsResponse && Id == question.Id && Type == question.Type && string.Equals(Name, question.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The bytes of the message; a question says that it takes datagrams of <see cref="MaxDatagramBytes"/> (RFC 6891). Names must be names (<see cref="DnsName.IsName"/>).</summary>
    public byte[] Write()
    {
        var message = new List<byte>(64);
        var flags = IsResponse ? 0x8180 | ResponseCode | (IsTruncated ? 0x0200 : 0) : 0x0100;
        foreach (var field in (ReadOnlySpan<int>)[Id, flags, 1, CanonicalNames.Count + Addresses.Count, 0, IsResponse ? 0 : 1])
        {
            Append(message, field);
        }

        DnsName.Write(message, Name);
        Append(message, (int)Type);
        Append(message, Internet);
        var owner = Name;
        foreach (var name in CanonicalNames)
        {
            var data = new List<byte>();
            DnsName.Write(data, name);
            AppendRecord(message, owner, DnsType.Cname, data);
            owner = name;
        }

        foreach (var address in Addresses)
        {
            var data = address.GetAddressBytes();
            AppendRecord(message, owner, data.Length == 4 ? DnsType.A : DnsType.Aaaa, data);
        }

        if (!IsResponse)
        {
            message.AddRange([0, 0, (byte)DnsType.Opt, MaxDatagramBytes >> 8, MaxDatagramBytes & 0xff, 0, 0, 0, 0, 0, 0]);
        }

        return [.. message];
    }

    /// <summary>Reads a message; null if its header, its question or a record of its answer is malformed. Never throws; what it takes grows with the bytes, whatever they announce.</summary>
    public static DnsMessage? Read(ReadOnlySpan<byte> bytes)
    {
        const int OpcodeBits = 0x78;
        if (bytes.Length < HeaderBytes || (bytes[2] & OpcodeBits) != 0 || Field(bytes, 4) != 1)
        {
            return null;
        }

        var at = HeaderBytes;
        if (DnsName.Read(bytes, ref at) is not { } name || at + 4 > bytes.Length || Field(bytes, at + 2) != Internet)
        {
            return null;
        }

        var isTruncated = (bytes[2] & 0x02) != 0;
        var message = new DnsMessage((ushort)Field(bytes, 0), (bytes[2] & 0x80) != 0, bytes[3] & 0x0f, name, (DnsType)Field(bytes, at), []) { IsTruncated = isTruncated };
        return isTruncated ? message : DnsRecord.ReadAll(bytes, at + 4, Field(bytes, 6)) is { } records ? message.With(records) : null;
    }

    private DnsMessage With(List<DnsRecord> records)
    {
        var chain = new List<string> { Name };
        while (records.Find(record => record.CanonicalName is { } next && Same(record.Owner, chain[^1]) && !chain.Exists(name => Same(name, next))).CanonicalName is { } next)
        {
            chain.Add(next);
        }

        // The last name of the chain owns the addresses; a lying server's records of other names are not what was asked for.
        var addresses = records.Where(record => record.Type == Type && record.Address is not null && chain.Exists(name => Same(name, record.Owner))).Select(record => record.Address!);
        return this with { Addresses = [.. addresses], CanonicalNames = chain[1..] };
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static int Field(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static void Append(List<byte> message, int field)
    {
        message.Add((byte)((field >> 8) & 0xff));
        message.Add((byte)(field & 0xff));
    }

    private void AppendRecord(List<byte> message, string owner, DnsType type, IReadOnlyCollection<byte> data)
    {
        if (owner == Name)
        {
            Append(message, 0xc000 | HeaderBytes);
        }
        else
        {
            DnsName.Write(message, owner);
        }

        foreach (var field in (ReadOnlySpan<int>)[(int)type, Internet, 0, 60, data.Count])
        {
            Append(message, field);
        }

        message.AddRange(data);
    }
}
