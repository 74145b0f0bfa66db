using System.Net;
using System.Net.Sockets;

namespace Monitoring.Network;

/// <summary>Why an address is not a public one.</summary>
public enum BogonKind
{
    Loopback,
    Private,
    LinkLocal,
    Other,
}

/// <summary>
/// Judges every address that comes from DNS, a redirect or the watch list before anything connects to it. A watch list or a hostile feed must never
/// make us talk to the machine we run on, its network or a cloud's metadata address.
/// </summary>
public sealed class AddressGuard
{
    private static readonly (IPNetwork Network, BogonKind Kind)[] Bogons = ReadBogons();

    private readonly bool _allowLoopback;

    private AddressGuard(bool allowLoopback)
    {
        _allowLoopback = allowLoopback;
    }

    /// <summary>The guard of the product.</summary>
    public static AddressGuard PublicOnly { get; } = new(allowLoopback: false);

    /// <summary>For the demo's and the tests' worlds, which live on loopback; chosen in code, never by a setting.</summary>
    public static AddressGuard PublicAndLoopback { get; } = new(allowLoopback: true);

    /// <summary>May we connect to it?</summary>
    public bool Allows(IPAddress address) => Classify(address) is not { } kind || (_allowLoopback && kind == BogonKind.Loopback);

    /// <summary>What kind of bogon the address is; null for a public address. IPv4 inside IPv6 is judged as IPv4.</summary>
    public static BogonKind? Classify(IPAddress address)
    {
        address = Unwrap(address);
        BogonKind? found = null;
        foreach (var (network, kind) in Bogons)
        {
            // The most special kind wins: ::1 is loopback, although it lies in ::/96.
            if (network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address))
            {
                found = found is { } before && before < kind ? before : kind;
            }
        }

        return found;
    }

    private static IPAddress Unwrap(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        return bytes switch
        {
            [0x20, 0x02, ..] => new IPAddress(bytes.AsSpan(2, 4)),
            [0x20, 0x01, 0, 0, ..] => new IPAddress([.. bytes[12..].Select(inverted => (byte)(inverted ^ 0xff))]),
            [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, ..] => new IPAddress(bytes.AsSpan(12, 4)),
            _ => address,
        };
    }

    private static (IPNetwork, BogonKind)[] ReadBogons() =>
        [.. DataFile.Rows(typeof(AddressGuard), "bogons.csv").Select(row => (IPNetwork.Parse(row[0]), Kind(row[1])))];

    private static BogonKind Kind(string name) => name switch
    {
        "loopback" => BogonKind.Loopback,
        "private" => BogonKind.Private,
        "link_local" => BogonKind.LinkLocal,
        "other" => BogonKind.Other,
        _ => throw new InvalidDataException($"bogons.csv: '{name}' is no kind."),
    };
}
