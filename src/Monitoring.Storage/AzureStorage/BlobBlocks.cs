namespace Monitoring.Storage.AzureStorage;

/// <summary>Cuts a stream of unknown length into blocks. Each is read whole before it is sent, so that an attempt can be repeated.</summary>
internal sealed class BlobBlocks(Stream content)
{
    private const int BlockBytes = 4 * 1024 * 1024;

    /// <summary>Grows with the content: most blobs are small.</summary>
    private byte[] _block = new byte[16 * 1024];

    /// <summary>Known after a block that was not full.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Empty at the end; valid until the next call.</summary>
    public async Task<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (!IsAtEnd && length < BlockBytes)
        {
            if (length == _block.Length)
            {
                Array.Resize(ref _block, Math.Min(BlockBytes, _block.Length * 4));
            }

            var wanted = _block.Length - length;
            var read = await content.ReadAtLeastAsync(_block.AsMemory(length), wanted, throwOnEndOfStream: false, cancellationToken);
            IsAtEnd = read < wanted;
            length += read;
        }

        return _block.AsMemory(0, length);
    }
}
