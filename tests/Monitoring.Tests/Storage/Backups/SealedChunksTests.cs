using Monitoring.Storage.Backups;

namespace Monitoring.Tests.Storage.Backups;

/// <summary>The encrypted stream: what was sealed comes out, and whatever else is done to it is found before a byte of it is believed.</summary>
public sealed class SealedChunksTests
{
    private const int SealedChunk = ChunkSeal.ChunkBytes + ChunkSeal.TagBytes;

    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Header = "header"u8.ToArray();
    private static readonly byte[] Prefix = [1, 2, 3, 4, 5, 6, 7];

    public static TheoryData<int> Lengths => [0, 1, 1000, ChunkSeal.ChunkBytes - 1, ChunkSeal.ChunkBytes, ChunkSeal.ChunkBytes + 1, 3 * ChunkSeal.ChunkBytes, 200_000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task What_was_sealed_comes_out(int length)
    {
        var plain = Plain(length);
        var file = await SealAsync(plain);

        Assert.Equal(plain, await OpenAsync(file));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task Cut_anywhere_it_is_damaged(int length)
    {
        var file = await SealAsync(Plain(length));
        var random = new Random(length);
        var cuts = Enumerable.Range(0, file.Length / SealedChunk + 1).SelectMany(chunk => new[] { chunk * SealedChunk, chunk * SealedChunk + 1, chunk * SealedChunk - 1 })
            .Concat(Enumerable.Range(0, 30).Select(_ => random.Next(file.Length)))
            .Where(cut => cut >= 0 && cut < file.Length).Distinct();

        foreach (var cut in cuts)
        {
            await DamagedAsync(file[..cut]);
        }
    }

    [Fact]
    public async Task With_any_bit_flipped_it_is_damaged()
    {
        var file = await SealAsync(Plain(200_000));
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var changed = file.ToArray();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            await DamagedAsync(changed);
        }
    }

    [Fact]
    public async Task Chunks_moved_repeated_left_out_or_added_are_damage()
    {
        var file = await SealAsync(Plain(5 * ChunkSeal.ChunkBytes));
        var chunks = file.Chunk(SealedChunk).ToList();

        await DamagedAsync([.. chunks[1], .. chunks[0], .. chunks[2..].SelectMany(chunk => chunk)]);
        await DamagedAsync([.. chunks[0], .. file]);
        await DamagedAsync([.. chunks[0], .. chunks[2..].SelectMany(chunk => chunk)]);
        await DamagedAsync([.. file, .. chunks[^1]]);
        await DamagedAsync([.. file, 0]);
        await DamagedAsync([.. file, .. new byte[3 * SealedChunk]]);
    }

    [Fact]
    public async Task Chunks_of_another_file_or_header_or_key_are_damage()
    {
        var file = await SealAsync(Plain(100_000));

        await DamagedAsync(file, header: "Header"u8.ToArray());
        await DamagedAsync(file, prefix: [1, 2, 3, 4, 5, 6, 8]);
        await DamagedAsync(file, key: [.. Key.Reverse()]);
    }

    [Fact]
    public async Task Without_its_end_it_counts_as_cut_off()
    {
        using var output = new MemoryStream();
        using (var writer = new SealedWriter(output, Key, Header, Prefix))
        {
            await writer.WriteAsync(Plain(2 * ChunkSeal.ChunkBytes), CancellationToken.None);
        }

        await DamagedAsync(output.ToArray());
    }

    private static byte[] Plain(int length)
    {
        var plain = new byte[length];
        new Random(20261122).NextBytes(plain);
        return plain;
    }

    private static async Task<byte[]> SealAsync(byte[] plain)
    {
        using var output = new MemoryStream();
        using var writer = new SealedWriter(output, Key, Header, Prefix);
        for (var at = 0; at < plain.Length; at += 10_007)
        {
            await writer.WriteAsync(plain.AsMemory(at, Math.Min(10_007, plain.Length - at)), CancellationToken.None);
        }

        await writer.FinishAsync(CancellationToken.None);
        return output.ToArray();
    }

    private static async Task<byte[]> OpenAsync(byte[] file, byte[]? key = null, byte[]? header = null, byte[]? prefix = null)
    {
        using var reader = new SealedReader(new MemoryStream(file), key ?? Key, header ?? Header, prefix ?? Prefix);
        var (plain, one) = (new List<byte>(), new byte[1]);
        while (await reader.TryReadAsync(one, CancellationToken.None))
        {
            plain.Add(one[0]);
        }

        return [.. plain];
    }

    private static async Task DamagedAsync(byte[] file, byte[]? key = null, byte[]? header = null, byte[]? prefix = null)
    {
        var damage = await Assert.ThrowsAsync<BackupException>(() => OpenAsync(file, key, header, prefix));
        Assert.Equal(BackupProblem.Damaged, damage.Problem);
    }
}
