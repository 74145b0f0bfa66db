using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Monitoring.Storage.Backups;

/// <summary>
/// Seals the chunks of a backup with AES-256-GCM so that none can be changed, left out, repeated or moved, nor the last ones be cut off: the STREAM
/// construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015). Nonce: 7 random bytes, the chunk's number, and 1 for the last chunk or 0; the header's bytes are
/// associated data of every chunk.
/// </summary>
internal sealed class ChunkSeal(byte[] key, byte[] header, byte[] noncePrefix) : IDisposable
{
    /// <summary>Plain bytes of every chunk but the last, which has 0 to as many.</summary>
    public const int ChunkBytes = 64 * 1024;

    public const int TagBytes = 16;

    private readonly AesGcm _aes = new(key, TagBytes);

    /// <summary>The next chunk's number; 2^32 chunks are 256 TiB, after which counting throws rather than use a nonce twice.</summary>
    private uint _number;

    /// <param name="output">As long as <paramref name="plain"/> and the tag after it.</param>
    public void Seal(ReadOnlySpan<byte> plain, bool isLast, Span<byte> output)
    {
        Span<byte> nonce = stackalloc byte[12];
        WriteNonce(nonce, isLast);
        _aes.Encrypt(nonce, plain, output[..plain.Length], output[plain.Length..], header);
    }

    /// <summary>False if this is not what was sealed as the chunk of this number.</summary>
    public bool TryOpen(ReadOnlySpan<byte> sealedChunk, bool isLast, Span<byte> plain)
    {
        Span<byte> nonce = stackalloc byte[12];
        WriteNonce(nonce, isLast);
        try
        {
            var length = sealedChunk.Length - TagBytes;
            _aes.Decrypt(nonce, sealedChunk[..length], sealedChunk[length..], plain[..length], header);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => _aes.Dispose();

    private void WriteNonce(Span<byte> nonce, bool isLast)
    {
        noncePrefix.CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[7..], _number);
        nonce[11] = isLast ? (byte)1 : (byte)0;
        _number++;
    }
}
