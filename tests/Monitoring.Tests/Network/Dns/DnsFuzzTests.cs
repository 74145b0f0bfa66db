using System.Net;
using Monitoring.Network.Dns;

namespace Monitoring.Tests.Network.Dns;

/// <summary>Whatever bytes come, a message or null; the seed makes every round the same again.</summary>
public sealed class DnsFuzzTests
{
    private const int Seed = 20261123;
    private const int Rounds = 100_000;

    private static readonly byte[][] Valid =
    [
        new DnsMessage(1, IsResponse: false, ResponseCode: 0, "www.site.kz", DnsType.A, []).Write(),
        new DnsMessage(2, IsResponse: true, ResponseCode: 0, "www.site.kz", DnsType.A, [IPAddress.Parse("93.184.216.34"), IPAddress.Parse("8.8.8.8")]).Write(),
        new DnsMessage(3, IsResponse: true, ResponseCode: 0, "site.kz", DnsType.Aaaa, [IPAddress.Parse("2a00::1")]) { CanonicalNames = ["a.cdn.test", "b.cdn.test"] }.Write(),
        new DnsMessage(4, IsResponse: true, ResponseCode: 0, "site.kz", DnsType.A, []) { IsTruncated = true }.Write(),
    ];

    [Fact]
    public void Damaged_messages_do_not_make_it_throw()
    {
        var random = new Random(Seed);
        var read = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Valid[random.Next(Valid.Length)].ToList();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                Damage(bytes, random);
            }

            read += Reads([.. bytes], round) ? 1 : 0;
        }

        Assert.InRange(read, Rounds / 10, Rounds * 9 / 10); // both roads are walked
    }

    [Fact]
    public void Random_bytes_do_not_make_it_throw()
    {
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = new byte[random.Next(600)];
            random.NextBytes(bytes);
            if (bytes.Length > 12)
            {
                // A header that passes, so that names and records are reached; pointers and short labels are frequent.
                new byte[] { 0, 0, 0x80, 0, 0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }.CopyTo(bytes, 0);
                for (var at = 12; at < bytes.Length; at++)
                {
                    bytes[at] = random.Next(4) switch { 0 => 0, 1 => 0xc0, 2 => (byte)random.Next(8), _ => bytes[at] };
                }
            }

            Reads(bytes, round);
        }
    }

    private static void Damage(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(5))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes[at] = (byte)(bytes[at] ^ (1 << random.Next(8)));
                break;
            case 2 when bytes.Count > 1:
                bytes.RemoveRange(at, random.Next(1, Math.Min(4, bytes.Count - at) + 1));
                bytes.Add(0);
                break;
            case 3:
                bytes.InsertRange(at, [0xc0, (byte)random.Next(64)]);
                break;
            default:
                bytes[at] = random.Next(2) == 0 ? (byte)0xff : (byte)0;
                break;
        }
    }

    private static bool Reads(byte[] bytes, int round)
    {
        DnsMessage? message = null;
        var failure = Record.Exception(() => message = DnsMessage.Read(bytes));
        Assert.True(failure is null, $"seed {Seed}, round {round}: {failure?.Message} {Convert.ToHexString(bytes)}");
        return message is not null;
    }
}
