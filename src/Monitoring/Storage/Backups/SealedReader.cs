using System.Globalization;

namespace Monitoring.Storage.Backups;

/// <summary>Reads what <see cref="SealedWriter"/> wrote. Gives out no byte that was not proved to be the one that was written there.</summary>
internal sealed class SealedReader(Stream input, byte[] key, byte[] header, byte[] noncePrefix) : IDisposable
{
    private const int SealedBytes = ChunkSeal.ChunkBytes + ChunkSeal.TagBytes;

    private readonly ChunkSeal _seal = new(key, header, noncePrefix);
    private readonly byte[] _plain = new byte[ChunkSeal.ChunkBytes];

    /// <summary>One byte more than a chunk: whether there is another tells if this one is the last.</summary>
    private readonly byte[] _sealed = new byte[SealedBytes + 1];

    private int _ahead;
    private int _next;
    private int _end;
    private bool _isLast;
    private long _position = header.Length;

    /// <summary>Fills the whole buffer.</summary>
    /// <returns>False if the end was there already, before the first byte.</returns>
    /// <exception cref="BackupException">A chunk is not what was written, or the end comes within the buffer.</exception>
    public async ValueTask<bool> TryReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var wanted = buffer.Length;
        while (!buffer.IsEmpty)
        {
            if (_next == _end && !await OpenNextAsync(cancellationToken))
            {
                return buffer.Length == wanted ? false : throw new BackupException(BackupProblem.Damaged, "ends within a record");
            }

            var taken = Math.Min(buffer.Length, _end - _next);
            _plain.AsMemory(_next, taken).CopyTo(buffer);
            _next += taken;
            buffer = buffer[taken..];
        }

        return true;
    }

    public void Dispose() => _seal.Dispose();

    /// <summary>False at the end. An empty last chunk is an end, too.</summary>
    private async ValueTask<bool> OpenNextAsync(CancellationToken cancellationToken)
    {
        if (_isLast)
        {
            return false;
        }

        var read = _ahead + await input.ReadAtLeastAsync(_sealed.AsMemory(_ahead), _sealed.Length - _ahead, throwOnEndOfStream: false, cancellationToken);
        _isLast = read <= SealedBytes;
        var length = Math.Min(read, SealedBytes);
        if (length < ChunkSeal.TagBytes || !_seal.TryOpen(_sealed.AsSpan(0, length), _isLast, _plain))
        {
            throw new BackupException(BackupProblem.Damaged, _isLast
                ? string.Create(CultureInfo.InvariantCulture, $"is cut off, or damaged after byte {_position}")
                : string.Create(CultureInfo.InvariantCulture, $"is damaged between the bytes {_position} and {_position + length}"));
        }

        _position += length;
        (_next, _end) = (0, length - ChunkSeal.TagBytes);
        _ahead = _isLast ? 0 : 1;
        _sealed[0] = _sealed[SealedBytes];
        return _end > 0 || await OpenNextAsync(cancellationToken);
    }
}
