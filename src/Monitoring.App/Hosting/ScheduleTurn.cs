using Monitoring.Storage;
using Monitoring.Work;

namespace Monitoring.App.Hosting;

/// <summary>
/// Of all workers, one knocks at the timer jobs: the one that holds the lease <c>schedule</c>. It renews the lease at a third of its time; who waits for it
/// asks as often, so a dead worker's turn goes to another after at most four thirds of the lease. Two at once for a moment do no harm: knocks only enqueue
/// what is due.
/// </summary>
internal sealed partial class ScheduleTurn(ILeases leases, string holder, WorkOptions options, TimeProvider time, ILogger<ScheduleTurn> logger)
{
    private const string Name = "schedule";

    /// <summary>Does the work while it is our turn, again and again, until the token asks to stop. The work's own token ends with the turn.</summary>
    public async Task WhileOursAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryAcquireAsync(cancellationToken) is { } lease)
            {
                await HoldAsync(lease, work, cancellationToken);
            }

            await Task.Delay(options.ScheduleLease / 3, time, cancellationToken);
        }
    }

    private async Task HoldAsync(ILease lease, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var working = work(turn.Token);
        try
        {
            await KeepAsync(lease, turn.Token);
        }
        finally
        {
            await turn.CancelAsync();
            await working;
            if (cancellationToken.IsCancellationRequested)
            {
                await ReleaseAsync(lease);
            }
        }
    }

    /// <summary>Ends when the lease is lost, or was not renewed for as long as it lasts.</summary>
    private async Task KeepAsync(ILease lease, CancellationToken cancellationToken)
    {
        var renewed = time.GetTimestamp();
        while (time.GetElapsedTime(renewed) < options.ScheduleLease)
        {
            await Task.Delay(options.ScheduleLease / 3, time, cancellationToken);
            var asked = time.GetTimestamp();
            switch (await TryRenewAsync(lease, cancellationToken))
            {
                case true:
                    renewed = asked;
                    break;
                case false:
                    LogLost();
                    return;
                default:
                    break;
            }
        }
    }

    private async Task<ILease?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await leases.TryAcquireAsync(Name, holder, options.ScheduleLease, cancellationToken);
        }
        catch (StorageUnavailableException unavailable)
        {
            LogUnavailable(unavailable.Problem.ToString());
            return null;
        }
    }

    /// <summary>Null: the store cannot be asked now.</summary>
    private async Task<bool?> TryRenewAsync(ILease lease, CancellationToken cancellationToken)
    {
        try
        {
            return await lease.RenewAsync(cancellationToken);
        }
        catch (StorageUnavailableException unavailable)
        {
            LogUnavailable(unavailable.Problem.ToString());
            return null;
        }
    }

    /// <summary>So that the next one need not wait for its end.</summary>
    private async Task ReleaseAsync(ILease lease)
    {
        try
        {
            await lease.ReleaseAsync(CancellationToken.None);
        }
        catch (StorageUnavailableException unavailable)
        {
            LogUnavailable(unavailable.Problem.ToString());
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another worker has the turn to schedule")]
    private partial void LogLost();

    [LoggerMessage(Level = LogLevel.Error, Message = "The turn to schedule cannot be asked for: storage {Problem}")]
    private partial void LogUnavailable(string problem);
}
