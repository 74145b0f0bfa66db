namespace Monitoring.Benchmarks;

/// <summary>How far the heap grows while this lives, looked at every millisecond, garbage that was not yet collected included.</summary>
internal sealed class HeapPeak : IDisposable
{
    private readonly Thread _watch;
    private readonly long _before;
    private long _most;
    private volatile bool _isOver;

    public HeapPeak()
    {
        _before = GC.GetTotalMemory(forceFullCollection: true);
        _watch = new Thread(Watch) { IsBackground = true };
        _watch.Start();
    }

    public long Bytes
    {
        get
        {
            Look();
            return Interlocked.Read(ref _most) - _before;
        }
    }

    public void Dispose()
    {
        _isOver = true;
        _watch.Join();
    }

    private void Watch()
    {
        while (!_isOver)
        {
            Look();
            Thread.Sleep(1);
        }
    }

    private void Look() => Interlocked.Exchange(ref _most, Math.Max(Interlocked.Read(ref _most), GC.GetTotalMemory(forceFullCollection: false)));
}
