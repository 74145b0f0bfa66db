using Monitoring.Work;

namespace Monitoring.App.Hosting;

/// <summary>Renews the lease of a message at half its time while the job runs, and cancels the job if the lease is lost: another worker has the message then.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Task _renewing;

    public LeaseKeeper(IWorkQueue queue, ReceivedWork work, TimeSpan lease, TimeProvider time, CancellationToken cancellationToken)
    {
        Work = work;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _renewing = RenewAsync(queue, lease, time);
    }

    /// <summary>The message with its present lease.</summary>
    public ReceivedWork Work { get; private set; }

    public CancellationToken Token => _stop.Token;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewing;
        _stop.Dispose();
    }

    private async Task RenewAsync(IWorkQueue queue, TimeSpan lease, TimeProvider time)
    {
        try
        {
            using var timer = new PeriodicTimer(lease / 2, time);
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                if (await queue.RenewAsync(Work, lease, _stop.Token) is not { } renewed)
                {
                    await _stop.CancelAsync();
                    return;
                }

                Work = renewed;
            }
        }
        catch (OperationCanceledException)
        {
            // The job ended, or the program does.
        }
    }
}
