using System.Security.Cryptography;

namespace Monitoring.Storage.Backups;

/// <summary>Writes bytes as sealed chunks. Without <see cref="FinishAsync"/> what was written counts as cut off.</summary>
internal sealed class SealedWriter(Stream output, byte[] key, byte[] header, byte[] noncePrefix) : IDisposable
{
    private readonly ChunkSeal _seal = new(key, header, noncePrefix);
    private readonly byte[] _plain = new byte[ChunkSeal.ChunkBytes];
    private readonly byte[] _sealed = new byte[ChunkSeal.ChunkBytes + ChunkSeal.TagBytes];
    private int _filled;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            // A full chunk goes out only when more comes: it might be the last one.
            if (_filled == _plain.Length)
            {
                await SealAsync(isLast: false, cancellationToken);
            }

            var taken = Math.Min(bytes.Length, _plain.Length - _filled);
            bytes[..taken].CopyTo(_plain.AsMemory(_filled));
            _filled += taken;
            bytes = bytes[taken..];
        }
    }

    public ValueTask FinishAsync(CancellationToken cancellationToken) => SealAsync(isLast: true, cancellationToken);

    public void Dispose()
    {
        _seal.Dispose();
        CryptographicOperations.ZeroMemory(_plain);
    }

    private async ValueTask SealAsync(bool isLast, CancellationToken cancellationToken)
    {
        _seal.Seal(_plain.AsSpan(0, _filled), isLast, _sealed.AsSpan(0, _filled + ChunkSeal.TagBytes));
        await output.WriteAsync(_sealed.AsMemory(0, _filled + ChunkSeal.TagBytes), cancellationToken);
        _filled = 0;
    }
}
