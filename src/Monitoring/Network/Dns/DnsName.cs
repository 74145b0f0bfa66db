using System.Globalization;
using System.Text;

namespace Monitoring.Network.Dns;

/// <summary>Names as people write them and as messages carry them (RFC 1035 sections 2.3.4, 3.1 and 4.1.4).</summary>
public static class DnsName
{
    private const int MaxLabelBytes = 63;

    /// <summary>With the length before each label and the root's empty label.</summary>
    private const int MaxNameBytes = 255;

    /// <summary>An escaped byte is a backslash and three digits.</summary>
    private const int MaxNameCharacters = 4 * MaxNameBytes;

    /// <summary>No server needs more: one pointer shortens a name as far as it goes.</summary>
    private const int MaxPointers = 16;

    private const int Pointer = 0xc0;

    /// <summary>Can there be such a name? ASCII, without the root's dot, at most 253 characters, labels of 1 to 63.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameBytes - 2 && Ascii.IsValid(name) && Array.TrueForAll(name.Split('.'), label => label.Length is > 0 and <= MaxLabelBytes);

    /// <summary>The name to ask for: IDN as A-labels (RFC 5890), without the root's dot. Null: there can be no such name.</summary>
    public static string? ToAscii(string host)
    {
        var name = host.EndsWith('.') ? host[..^1] : host;
        if (!Ascii.IsValid(name))
        {
            try
            {
                name = new IdnMapping().GetAscii(name);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        return IsName(name) ? name : null;
    }

    /// <summary>Appends the name (<see cref="IsName"/>) uncompressed.</summary>
    internal static void Write(List<byte> message, string name)
    {
        foreach (var label in name.Split('.'))
        {
            message.Add((byte)label.Length);
            message.AddRange(Encoding.ASCII.GetBytes(label));
        }

        message.Add(0);
    }

    /// <summary>
    /// Reads the name at a place and moves the place behind it; null if it is malformed. A pointer must lead further back than everything read so far,
    /// behind the header: no chain of them comes round. Bytes that are no visible ASCII, dots and backslashes are escaped as in zone files (<c>\046</c>).
    /// </summary>
    internal static string? Read(ReadOnlySpan<byte> message, ref int at)
    {
        Span<char> name = stackalloc char[MaxNameCharacters];
        var (characters, bytes, pointers) = (0, 0, 0);
        var (from, earliest, end) = (at, at, -1);
        while (from < message.Length)
        {
            int length = message[from];
            if (length >= Pointer)
            {
                end = end < 0 ? from + 2 : end;
                if (end > message.Length || from + 1 >= message.Length || ++pointers > MaxPointers)
                {
                    return null;
                }

                from = ((length & ~Pointer) << 8) | message[from + 1];
                if (from < DnsMessage.HeaderBytes || from >= earliest)
                {
                    return null;
                }

                earliest = from;
                continue;
            }

            bytes += 1 + length;
            if (length > MaxLabelBytes || bytes > MaxNameBytes || from + 1 + length > message.Length)
            {
                return null;
            }

            from++;
            if (length == 0)
            {
                at = end < 0 ? from : end;
                return new string(name[..characters]);
            }

            characters += characters > 0 ? Put(name[characters..], '.') : 0;
            foreach (var one in message.Slice(from, length))
            {
                characters += Put(name[characters..], one);
            }

            from += length;
        }

        return null;
    }

    private static int Put(Span<char> name, char character)
    {
        name[0] = character;
        return 1;
    }

    private static int Put(Span<char> name, byte one)
    {
        if (one is > 0x20 and < 0x7f and not (byte)'.' and not (byte)'\\')
        {
            return Put(name, (char)one);
        }

        name[0] = '\\';
        _ = one.TryFormat(name[1..], out var digits, "000", CultureInfo.InvariantCulture);
        return 1 + digits;
    }
}
