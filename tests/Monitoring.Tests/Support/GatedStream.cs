using System.Text;

namespace Monitoring.Tests.Support;

/// <summary>Content that stops half-way until a test lets it end, well or badly.</summary>
internal sealed class GatedStream(string content) : Stream
{
    private readonly byte[] _content = Encoding.UTF8.GetBytes(content);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _at;

    /// <summary>Ends when half of the content was read.</summary>
    public Task Started => _started.Task;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public void Finish() => _gate.SetResult();

    public void Break(Exception failure) => _gate.SetException(failure);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_at > 0)
        {
            _started.TrySetResult();
            await _gate.Task;
        }

        var count = Math.Min(_at == 0 ? _content.Length / 2 : buffer.Length, _content.Length - _at);
        _content.AsMemory(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
