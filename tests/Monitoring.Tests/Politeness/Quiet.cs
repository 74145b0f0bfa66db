namespace Monitoring.Tests.Politeness;

/// <summary>Tells when nobody works any more: whoever is under way has ended or waits for test time.</summary>
internal sealed class Quiet
{
    private readonly Lock _gate = new();
    private int _busy;
    private TaskCompletionSource? _quiet;

    public void Enter()
    {
        lock (_gate)
        {
            _busy++;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            _busy--;
            if (_busy == 0)
            {
                _quiet?.TrySetResult();
                _quiet = null;
            }
        }
    }

    public Task WhenQuietAsync()
    {
        lock (_gate)
        {
            return _busy == 0 ? Task.CompletedTask : (_quiet ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
