using System.Runtime.CompilerServices;
using Monitoring.Storage.Moving;

namespace Monitoring.Storage.Backups;

/// <summary>
/// Reads a backup record by record. Every byte is proved by the encryption before it is looked at, every record is checked against the limits of the store,
/// and at the end the sums against the trailer; a caller that must not act on half a backup reads it whole first.
/// </summary>
internal sealed class BackupReader : IDisposable
{
    public const int MostPieceBytes = 64 * 1024;

    private readonly StoreSums _sums = new();
    private readonly FrameReader _frames;

    private BackupReader(FrameReader frames)
    {
        _frames = frames;
    }

    /// <summary>Complete when all records were read.</summary>
    public BackupContents Contents { get; private set; } = new(Schema: 0, DateTimeOffset.UnixEpoch, Skipped: 0, []);

    /// <param name="schema">The newest version of what the rooms store that this program can read.</param>
    /// <exception cref="BackupException">Not a backup, not this passphrase, or of a newer version.</exception>
    public static async Task<BackupReader> OpenAsync(Stream input, string passphrase, int schema, CancellationToken cancellationToken)
    {
        var bytes = new byte[BackupHeader.Length];
        var read = await input.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        var (header, key) = BackupHeader.Open(bytes.AsSpan(0, read), passphrase);
        var reader = new BackupReader(new FrameReader(new SealedReader(input, key, bytes, header.NoncePrefix)));
        try
        {
            await reader.ReadAboutAsync(schema, cancellationToken);
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <exception cref="BackupException">Something in it is not as it was written. Records before it were given out.</exception>
    public async IAsyncEnumerable<BackupRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? table = null;
        while (await NeedAsync(cancellationToken) is not FrameKind.Trailer and var kind)
        {
            switch (kind)
            {
                case FrameKind.Table:
                    table = Checked(ReadTable);
                    break;
                case FrameKind.Row when table is not null:
                    _sums.AddRow(table, _frames.Body.Span);
                    yield return Checked(body => ReadRow(table, body));
                    break;
                case FrameKind.Blob:
                    var content = new BlobContent(this, Checked(ReadBlobName));
                    yield return new BackupRecord.Blob(content.Name, content);
                    await content.PassOverAsync(cancellationToken);
                    break;
                default:
                    throw FrameReader.Holds("a record where none of its kind may be");
            }
        }

        ReadTrailer();
        if (await _frames.TryNextAsync(cancellationToken))
        {
            throw FrameReader.Holds("something after its end");
        }
    }

    public void Dispose() => _frames.Dispose();

    /// <summary>The next bytes of a blob's content, good until more are asked for; null at its end.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>?> NextPieceAsync(CancellationToken cancellationToken) => await NeedAsync(cancellationToken) switch
    {
        FrameKind.Piece when _frames.Body.Length <= MostPieceBytes => _frames.Body,
        // Spelt out: a bare null would become an array, and that an empty piece.
        FrameKind.EndOfBlob => (ReadOnlyMemory<byte>?)null,
        _ => throw FrameReader.Holds("a blob that does not end"),
    };

    internal void Count(string blob, long length, byte[] sha256) => _sums.AddBlob(blob, length, sha256);

    private async Task ReadAboutAsync(int schema, CancellationToken cancellationToken)
    {
        if (await NeedAsync(cancellationToken) is not FrameKind.About)
        {
            throw FrameReader.Holds("a record where none of its kind may be");
        }

        Contents = Checked(body =>
        {
            var form = new FormReader(body);
            return Contents with { Schema = form.Int32(), Taken = form.Time() };
        });
        if (Contents.Schema > schema)
        {
            throw new BackupException(BackupProblem.TooNew, $"was written by a newer version (schema {Contents.Schema}); this one reads up to {schema}");
        }
    }

    private void ReadTrailer()
    {
        Contents = Checked(body =>
        {
            var form = new FormReader(body);
            var (skipped, parts) = (form.Int64(), new List<PartSum>());
            while (!form.IsAtEnd)
            {
                parts.Add(new PartSum((PartKind)form.Byte(), form.Text(), form.Int64(), form.Text()));
            }

            return Contents with { Skipped = skipped, Parts = parts };
        });
        if (!Contents.Parts.SequenceEqual(_sums.Parts()))
        {
            throw FrameReader.Holds("not what it says it holds: counts or hashes differ");
        }
    }

    private async ValueTask<FrameKind> NeedAsync(CancellationToken cancellationToken) =>
        await _frames.TryNextAsync(cancellationToken) ? _frames.Kind : throw FrameReader.Holds("no end");

    private static string ReadTable(ReadOnlySpan<byte> body) =>
        new FormReader(body).Text() is var name && LimitedTables.IsTableName(name) && name != UnfinishedMove.Table ? name : throw new FormException("a table with an impossible name");

    private static BackupRecord.Row ReadRow(string table, ReadOnlySpan<byte> body)
    {
        var row = EntityForm.Read(body);
        StorageLimits.Check(table, row);
        return new BackupRecord.Row(table, row, body.Length);
    }

    private static string ReadBlobName(ReadOnlySpan<byte> body) =>
        new FormReader(body).Text() is var name && BlobNames.IsName(name) ? name : throw new FormException("a blob with an impossible name");

    private delegate T Reading<T>(ReadOnlySpan<byte> body);

    private T Checked<T>(Reading<T> read)
    {
        try
        {
            return read(_frames.Body.Span);
        }
        catch (Exception wrong) when (wrong is FormException or StorageLimitException)
        {
            throw FrameReader.Holds(wrong is FormException ? wrong.Message : "a row that no store takes");
        }
    }
}
