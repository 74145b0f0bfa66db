using System.Security.Cryptography;

namespace Monitoring.Storage.Backups;

/// <summary>The content of one blob of a backup, as it passes by; summed up when its end was read.</summary>
internal sealed class BlobContent(BackupReader backup, string name) : Stream
{
    private readonly IncrementalHash _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private ReadOnlyMemory<byte> _piece;
    private long _length;
    private bool _isAtEnd;

    public string Name => name;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_piece.IsEmpty)
        {
            if (_isAtEnd || !await NextAsync(cancellationToken))
            {
                return 0;
            }
        }

        var taken = Math.Min(buffer.Length, _piece.Length);
        _piece[..taken].CopyTo(buffer);
        _piece = _piece[taken..];
        return taken;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Reads what nobody wanted: it still counts.</summary>
    public async ValueTask PassOverAsync(CancellationToken cancellationToken)
    {
        while (!_isAtEnd && await NextAsync(cancellationToken))
        {
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        if (await backup.NextPieceAsync(cancellationToken) is not { } piece)
        {
            _isAtEnd = true;
            backup.Count(name, _length, _sha.GetHashAndReset());
            _sha.Dispose();
            return false;
        }

        _sha.AppendData(piece.Span);
        _length += piece.Length;
        _piece = piece;
        return true;
    }
}
