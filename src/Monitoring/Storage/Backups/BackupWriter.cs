using System.Buffers;
using System.Security.Cryptography;
using Monitoring.Storage.Moving;

namespace Monitoring.Storage.Backups;

/// <summary>Writes a backup record by record, and sums up what it wrote.</summary>
internal sealed class BackupWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _form = new(4096);
    private readonly StoreSums _sums = new();
    private readonly SealedWriter _output;
    private readonly BackupContents _about;
    private string _table = "";

    private BackupWriter(SealedWriter output, BackupContents about)
    {
        (_output, _about) = (output, about);
    }

    public static async Task<BackupWriter> BeginAsync(Stream output, string passphrase, int schema, DateTimeOffset taken, CancellationToken cancellationToken)
    {
        var header = BackupHeader.New();
        var (bytes, key) = header.Seal(passphrase);
        await output.WriteAsync(bytes, cancellationToken);
        var writer = new BackupWriter(new SealedWriter(output, key, bytes, header.NoncePrefix), new BackupContents(schema, taken, Skipped: 0, []));
        EntityForm.WriteInt32(writer._form, schema);
        EntityForm.WriteInt64(writer._form, taken.UtcTicks);
        await writer.SendAsync(FrameKind.About, cancellationToken);
        return writer;
    }

    public async ValueTask RowAsync(string table, Entity row, CancellationToken cancellationToken)
    {
        if (table != _table)
        {
            EntityForm.WriteText(_form, _table = table);
            await SendAsync(FrameKind.Table, cancellationToken);
        }

        EntityForm.Write(row, _form);
        _sums.AddRow(table, _form.WrittenSpan);
        await SendAsync(FrameKind.Row, cancellationToken);
    }

    public async Task BlobAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        EntityForm.WriteText(_form, name);
        await SendAsync(FrameKind.Blob, cancellationToken);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[BackupReader.MostPieceBytes];
        var length = 0L;
        while (await content.ReadAsync(piece, cancellationToken) is > 0 and var read)
        {
            sha.AppendData(piece, 0, read);
            length += read;
            _form.Write(piece.AsSpan(0, read));
            await SendAsync(FrameKind.Piece, cancellationToken);
        }

        await SendAsync(FrameKind.EndOfBlob, cancellationToken);
        _sums.AddBlob(name, length, sha.GetHashAndReset());
    }

    /// <summary>Without this, what was written counts as cut off.</summary>
    public async Task<BackupContents> FinishAsync(long skipped, CancellationToken cancellationToken)
    {
        var parts = _sums.Parts();
        EntityForm.WriteInt64(_form, skipped);
        foreach (var part in parts)
        {
            _form.Write([(byte)part.Kind]);
            EntityForm.WriteText(_form, part.Name);
            EntityForm.WriteInt64(_form, part.Count);
            EntityForm.WriteText(_form, part.Hash);
        }

        await SendAsync(FrameKind.Trailer, cancellationToken);
        await _output.FinishAsync(cancellationToken);
        return _about with { Skipped = skipped, Parts = parts };
    }

    public void Dispose() => _output.Dispose();

    private async ValueTask SendAsync(FrameKind kind, CancellationToken cancellationToken)
    {
        var head = new byte[5];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(head, _form.WrittenCount + 1);
        head[4] = (byte)kind;
        await _output.WriteAsync(head, cancellationToken);
        await _output.WriteAsync(_form.WrittenMemory, cancellationToken);
        _form.ResetWrittenCount();
    }
}
