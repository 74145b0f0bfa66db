using System.Buffers.Binary;
using Monitoring.Storage.Backups;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage.Backups;

/// <summary>Files that claim to be backups, up to those that somebody who knows the passphrase forged: one clear answer, in little memory.</summary>
[Collection(AloneCollection.Name)]
public sealed class HostileBackupTests
{
    private const string Passphrase = "correct horse battery";

    [Fact]
    public async Task Random_bytes_are_no_backup()
    {
        var random = new Random(20261122);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(200_000)];
            random.NextBytes(bytes);

            await RefusedAsync(bytes, BackupProblem.Damaged, "is no backup of this program");
        }
    }

    [Fact]
    public async Task Cut_in_its_first_bytes_it_is_told_so()
    {
        var (header, _) = BackupHeader.New().Seal(Passphrase);

        await RefusedAsync([], BackupProblem.Damaged, "is no backup of this program");
        await RefusedAsync(header[..10], BackupProblem.Damaged, "is no backup of this program");
        await RefusedAsync(header[..40], BackupProblem.Damaged, "is cut off in its first bytes");
        await RefusedAsync(header, BackupProblem.Damaged, $"is cut off, or damaged after byte {BackupHeader.Length}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(599_999)]
    [InlineData(10_000_001)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)] // 2^31 without its sign
    public async Task A_forged_number_of_rounds_is_refused_before_any_is_made(int rounds)
    {
        var header = new byte[BackupHeader.Length];
        "MONITORINGBACKUP"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(16), 1);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(20), rounds);

        await RefusedAsync(header, BackupProblem.Damaged, $"is damaged in its first bytes: {rounds} rounds of key derivation, 600000 to 10000000 are expected");
    }

    [Theory]
    [InlineData(2, BackupProblem.TooNew, "was written by a newer version (format 2); this one reads format 1")]
    [InlineData(int.MaxValue, BackupProblem.TooNew, "was written by a newer version (format 2147483647); this one reads format 1")]
    [InlineData(0, BackupProblem.Damaged, "is damaged in its first bytes")]
    public async Task Another_format_is_told(int version, BackupProblem problem, string message)
    {
        var header = new byte[BackupHeader.Length];
        "MONITORINGBACKUP"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(16), version);

        await RefusedAsync(header, problem, message);
    }

    [Theory]
    [InlineData(24)] // salt
    [InlineData(40)] // nonce
    [InlineData(60)] // code
    public async Task A_changed_header_opens_with_no_passphrase(int at)
    {
        var file = await ForgeAsync(Frame(FrameKind.About, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]), Frame(FrameKind.Trailer, new byte[8]));
        Assert.Equal(1, (await StoreBackup.VerifyAsync(new MemoryStream(file), Passphrase, 1, _ => { }, CancellationToken.None)).Schema);
        file[at] ^= 1;

        await RefusedAsync(file, BackupProblem.WrongPassphrase, "does not open with this passphrase (or its first bytes are damaged)");
    }

    public static TheoryData<string, byte[]> Forged => new()
    {
        { "no end", [] },
        { "a record of an impossible length", [0x7f, 0xff, 0xff, 0xff, 1] },
        { "a record of an impossible length", [0xff, 0xff, 0xff, 0xff, 1] },
        { "a record of an impossible length", [0, 0, 0, 0] },
        { "a record that is cut off", [0, 0x1f, 0xff, 0xff] },
        { "a record where none of its kind may be", Frame(FrameKind.Row, []) },
        { "a record where none of its kind may be", Frame(FrameKind.Piece, []) },
        { "a record where none of its kind may be", Frame((FrameKind)99, []) },
        { "a length beyond its end", Frame(FrameKind.Table, [0x7f, 0xff, 0xff, 0xff]) },
        { "a table with an impossible name", Frame(FrameKind.Table, [0, 0, 0, 3, .. "a'b"u8]) },
        { "a table with an impossible name", Frame(FrameKind.Table, [0, 0, 0, 6, .. "Moving"u8]) },
        { "a blob with an impossible name", Frame(FrameKind.Blob, [0, 0, 0, 9, .. "../../etc"u8]) },
        { "a blob that does not end", [.. Frame(FrameKind.Blob, [0, 0, 0, 1, .. "a"u8]), .. Frame(FrameKind.Trailer, new byte[8])] },
        { "a row that no store takes", [.. Frame(FrameKind.Table, [0, 0, 0, 3, .. "Abc"u8]), .. Frame(FrameKind.Row, [0, 0, 0, 1, .. "/"u8, 0, 0, 0, 1, .. "r"u8])] },
        { "not what it says it holds: counts or hashes differ", [.. Frame(FrameKind.Blob, [0, 0, 0, 1, .. "a"u8]), .. Frame(FrameKind.EndOfBlob, []), .. Frame(FrameKind.Trailer, new byte[8])] },
        { "something after its end", [.. Frame(FrameKind.Trailer, new byte[8]), .. Frame(FrameKind.Trailer, new byte[8])] },
    };

    [Theory]
    [MemberData(nameof(Forged))]
    public async Task What_somebody_who_knows_the_passphrase_forged_is_not_believed(string holds, byte[] frames)
    {
        var file = await ForgeAsync(Frame(FrameKind.About, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]), frames);
        var gauge = new MemoryGauge();

        await RefusedAsync(file, BackupProblem.Damaged, "holds " + holds);

        gauge.Look();
        Assert.InRange(gauge.Peak, 0, 4_000_000);
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_backup()
    {
        await using var engine = new SqliteEngine(new TestClock());
        await using var emptyEngine = new SqliteEngine(new TestClock());
        using var folder = new TempFolder();
        var store = engine.Store("from");
        using (var big = new MemoryStream(new byte[40_000_000]))
        {
            await store.Blobs.PutAsync("captures/big", big, Monitoring.Storage.BlobCondition.CreateOnly, CancellationToken.None);
        }

        await store.FillAsync(3000);
        var gauge = new MemoryGauge();

        await using (var output = new WatchedStream(File.Create(folder.File("backup")), gauge))
        {
            await StoreBackup.WriteAsync(store, 1, DateTimeOffset.UnixEpoch, output, Passphrase, _ => { }, CancellationToken.None);
        }

        var (_, parts) = await new StoreRestore(emptyEngine.Store("to"), new TestClock(), _ => { }).RunAsync(
            () => new WatchedStream(File.OpenRead(folder.File("backup")), gauge), Passphrase, 1, CancellationToken.None);

        Assert.All(parts, part => Assert.True(part.IsSame));
        Assert.InRange(gauge.Peak, 1, 8_000_000);
    }

    private static byte[] Frame(FrameKind kind, byte[] body)
    {
        var frame = new byte[5 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, 1 + body.Length);
        frame[4] = (byte)kind;
        body.CopyTo(frame, 5);
        return frame;
    }

    private static async Task<byte[]> ForgeAsync(params byte[][] frames)
    {
        var header = BackupHeader.New();
        var (bytes, key) = header.Seal(Passphrase);
        using var output = new MemoryStream();
        output.Write(bytes);
        using var writer = new SealedWriter(output, key, bytes, header.NoncePrefix);
        foreach (var frame in frames)
        {
            await writer.WriteAsync(frame, CancellationToken.None);
        }

        await writer.FinishAsync(CancellationToken.None);
        return output.ToArray();
    }

    private static async Task RefusedAsync(byte[] file, BackupProblem problem, string message)
    {
        var refusal = await Assert.ThrowsAsync<BackupException>(() => StoreBackup.VerifyAsync(new MemoryStream(file), Passphrase, 1, _ => { }, CancellationToken.None));
        Assert.Equal((problem, message), (refusal.Problem, refusal.Message));
    }

    /// <summary>Looks at the memory in use after every 4 MB that pass.</summary>
    private sealed class WatchedStream(FileStream inner, MemoryGauge gauge) : Stream
    {
        private long _passed;

        public override bool CanRead => inner.CanRead;

        public override bool CanSeek => false;

        public override bool CanWrite => inner.CanWrite;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            Pass(read);
            return read;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            Pass(buffer.Length);
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => inner.SetLength(value);

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }

        private void Pass(int bytes)
        {
            _passed += bytes;
            if (_passed >= 4_000_000)
            {
                _passed = 0;
                gauge.Look();
            }
        }
    }
}
