namespace Monitoring.Storage.AzureStorage;

/// <summary>A blob as it comes over the network. A connection that breaks, or ends before all was there, is a failure of the store and not the end of the blob.</summary>
internal sealed class BlobReadStream(Stream inner, long? length, ServiceClient service) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Counted(await inner.ReadAsync(buffer, cancellationToken), buffer.Length);
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The pipeline says of a connection that gives nothing for too long that it was cancelled.
            throw service.Unreadable("Blob.Get", broken);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return Counted(inner.Read(buffer, offset, count), count);
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            throw service.Unreadable("Blob.Get", broken);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Counted(int read, int wanted)
    {
        _read += read;
        return read == 0 && wanted > 0 && _read < length ? throw service.Unreadable("Blob.Get") : read;
    }
}
