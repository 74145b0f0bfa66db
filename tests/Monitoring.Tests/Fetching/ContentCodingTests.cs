using System.IO.Compression;
using System.Text;
using Monitoring.Fetching;

namespace Monitoring.Tests.Fetching;

public sealed class ContentCodingTests
{
    private const int Limit = 1000;

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("Новости дня");

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("GZIP")]
    [InlineData("deflate")]
    [InlineData("raw deflate")] // the name means zlib, some servers send the bare stream
    [InlineData("br")]
    [InlineData("identity")]
    public void A_coding_is_undone(string coding) => Assert.Equal(Body, Decode(Encode(Body, coding), coding.Replace("raw ", "", StringComparison.Ordinal)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("gzip")] // announced and not done
    public void A_body_without_coding_stays(string? coding) => Assert.Equal(Body, Decode(Body, coding));

    [Theory]
    [InlineData(null)] // a file that is compressed itself, or a server that forgets to say
    [InlineData("gzip")] // compressed twice, said once
    public void A_packed_body_is_unpacked_though_nobody_says_so(string? coding) =>
        Assert.Equal(Body, Decode(coding is null ? Encode(Body, "gzip") : Encode(Encode(Body, "gzip"), coding), coding));

    [Fact]
    public void Codings_are_undone_in_reverse_order() => Assert.Equal(Body, Decode(Encode(Encode(Body, "gzip"), "br"), "gzip, br"));

    [Theory]
    [InlineData("zstd")] // we did not ask for it
    [InlineData("gzip, gzip, gzip, gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public void What_cannot_be_undone_is_null(string coding) => Assert.Null(Decode(Body, coding));

    [Theory]
    [InlineData("gzip", 5)] // the checksum
    [InlineData("deflate", 1)]
    public void Damaged_bodies_are_null(string coding, int fromEnd)
    {
        var damaged = Encode(Body, coding);
        damaged[^fromEnd] ^= 0xff;

        Assert.Null(Decode(damaged, coding));
    }

    [Fact]
    public void A_body_that_ends_too_early_is_taken_as_far_as_it_goes()
    {
        var cut = Decode(Encode(Body, "gzip")[..^10], "gzip");

        Assert.Equal(Body[..cut!.Length], cut);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    [InlineData("br")]
    public void A_bomb_is_null_and_the_longest_body_is_not(string coding)
    {
        var name = coding.Replace("raw ", "", StringComparison.Ordinal);

        Assert.Equal(Limit, Decode(Encode(new byte[Limit], coding), name)!.Length);
        Assert.Null(Decode(Encode(new byte[Limit + 1], coding), name));
        Assert.Null(Decode(Encode(new byte[20_000_000], coding), name));
    }

    [Fact]
    public void A_bomb_in_a_bomb_is_null() => Assert.Null(Decode(Encode(Encode(new byte[20_000_000], "gzip"), "gzip"), "gzip, gzip"));

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void No_bytes_make_it_throw(string coding)
    {
        var random = new Random(20261122);
        for (var i = 0; i < 1000; i++)
        {
            var bytes = Encode(Body, coding);
            bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
            bytes = bytes[..random.Next(bytes.Length + 1)];

            var failure = Record.Exception(() => Decode(bytes, coding));

            Assert.True(failure is null, $"seed 20261122, round {i}: {failure}");
        }
    }

    private static byte[]? Decode(byte[] body, string? coding) => ContentCoding.Decode(body, coding, Limit)?.ToArray();

    private static byte[] Encode(byte[] body, string coding)
    {
        using var encoded = new MemoryStream();
        using (Stream? stream = coding.ToUpperInvariant() switch
        {
            "GZIP" or "X-GZIP" => new GZipStream(encoded, CompressionLevel.Optimal),
            "DEFLATE" => new ZLibStream(encoded, CompressionLevel.Optimal),
            "RAW DEFLATE" => new DeflateStream(encoded, CompressionLevel.Optimal),
            "BR" => new BrotliStream(encoded, CompressionLevel.Fastest),
            _ => null,
        })
        {
            (stream ?? encoded).Write(body);
        }

        return encoded.ToArray();
    }
}
