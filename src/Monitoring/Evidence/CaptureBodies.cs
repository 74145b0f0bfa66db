using System.IO.Compression;
using Monitoring.Storage;

namespace Monitoring.Evidence;

/// <summary>The bytes of captures: blobs <c>captures/&lt;first two digits&gt;/&lt;sha256&gt;.gz</c>, each once for all captures of the same bytes, compressed.</summary>
public sealed class CaptureBodies(IBlobStore blobs, TimeProvider time)
{
    /// <summary>
    /// A body that was there for longer is written again by whoever needs it, and only such a one is removed: so a body is not removed under a capture
    /// that was just about to rely on it.
    /// </summary>
    private static readonly TimeSpan ReliedOn = TimeSpan.FromDays(7);

    /// <summary>Of nine levels: feeds take a tenth more space than with the usual sixth, and a third of its time, which was the largest part of storing one.</summary>
    private static readonly ZLibCompressionOptions Packing = new() { CompressionLevel = 3 };

    /// <summary>Makes sure that the body is stored.</summary>
    /// <param name="hash">SHA-256, lower-case hexadecimal.</param>
    public async Task PutAsync(string hash, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var stored = await blobs.GetPropertiesAsync(Name(hash), cancellationToken);
        if (stored is not null && time.GetUtcNow() - stored.ModifiedAt < ReliedOn)
        {
            return;
        }

        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, Packing, leaveOpen: true))
        {
            await gzip.WriteAsync(body, cancellationToken);
        }

        compressed.Position = 0;
        await blobs.PutAsync(Name(hash), compressed, stored is null ? BlobCondition.CreateOnly : BlobCondition.IfMatch(stored.ETag), cancellationToken);
    }

    /// <summary>The bytes as received; null if there are none.</summary>
    public async Task<Stream?> OpenAsync(string hash, CancellationToken cancellationToken) =>
        await blobs.OpenAsync(Name(hash), cancellationToken) is { } stored ? new GZipStream(stored, CompressionMode.Decompress) : null;

    /// <summary>Bytes as stored; 0 if there is none, null if it was written so lately that it may not be removed.</summary>
    public async Task<long?> GetRemovableAsync(string hash, CancellationToken cancellationToken)
    {
        var stored = await blobs.GetPropertiesAsync(Name(hash), cancellationToken);
        return stored is null ? 0 : time.GetUtcNow() - stored.ModifiedAt > 2 * ReliedOn ? stored.Length : null;
    }

    public Task RemoveAsync(string hash, CancellationToken cancellationToken) => blobs.DeleteAsync(Name(hash), cancellationToken);

    private static string Name(string hash) => $"captures/{hash[..2]}/{hash}.gz";
}
