using System.Buffers;
using System.Security.Cryptography;

namespace Monitoring.Storage.Moving;

/// <summary>Sums up what a store holds, or what passes by on its way into or out of a backup.</summary>
internal sealed class StoreSums
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(PartKind Kind, string Name), HashSum> _sums = [];

    /// <param name="form">The row's <see cref="EntityForm"/>.</param>
    public void AddRow(string table, ReadOnlySpan<byte> form) => Add(PartKind.Table, table, SHA256.HashData(form));

    public void AddBlob(string name, long length, ReadOnlySpan<byte> sha256)
    {
        var form = new ArrayBufferWriter<byte>(512);
        EntityForm.WriteText(form, name);
        EntityForm.WriteInt64(form, length);
        form.Write(sha256);
        Add(PartKind.Blobs, name.Split('/')[0], SHA256.HashData(form.WrittenSpan));
    }

    public IReadOnlyList<PartSum> Parts()
    {
        lock (_gate)
        {
            return [.. _sums.OrderBy(sum => sum.Key.Kind).ThenBy(sum => sum.Key.Name, StringComparer.Ordinal)
                .Select(sum => new PartSum(sum.Key.Kind, sum.Key.Name, sum.Value.Count, sum.Value.ToString()))];
        }
    }

    /// <summary>Length and SHA-256 of what is left in a stream.</summary>
    public static async Task<(long Length, byte[] Sha256)> HashAsync(Stream content, CancellationToken cancellationToken)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        var length = 0L;
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            sha.AppendData(buffer, 0, read);
            length += read;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return (length, sha.GetHashAndReset());
    }

    private void Add(PartKind kind, string name, ReadOnlySpan<byte> hash)
    {
        HashSum? sum;
        lock (_gate)
        {
            if (!_sums.TryGetValue((kind, name), out sum))
            {
                _sums.Add((kind, name), sum = new HashSum());
            }
        }

        sum.Add(hash);
    }
}
