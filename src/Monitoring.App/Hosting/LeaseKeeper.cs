using Monitoring.Work;

namespace Monitoring.App.Hosting;

/// <summary>Renews the lease of a message at half its time while the job runs, and cancels the job if the lease is lost: another worker has the message then.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly PeriodicTimer _timer;
    private readonly Task _renewing;

    public LeaseKeeper(IWorkQueue queue, ReceivedWork work, TimeSpan lease, TimeProvider time, CancellationToken cancellationToken)
    {
        Work = work;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = new PeriodicTimer(lease / 2, time);
        _renewing = RenewAsync(queue, lease);
    }

    /// <summary>The message with its present lease.</summary>
    public ReceivedWork Work { get; private set; }

    public CancellationToken Token => _stop.Token;

    public async ValueTask DisposeAsync()
    {
        // Ends the waiting without an exception, which every short job would pay for.
        _timer.Dispose();
        await _stop.CancelAsync();
        await _renewing;
        _stop.Dispose();
    }

    private async Task RenewAsync(IWorkQueue queue, TimeSpan lease)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(CancellationToken.None))
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
            // The job ended while its lease was renewed, or the program does.
        }
    }
}
