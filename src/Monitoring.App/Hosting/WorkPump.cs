using Monitoring.Storage;
using Monitoring.Work;

namespace Monitoring.App.Hosting;

/// <summary>
/// Takes messages from the queues and runs their jobs, several of a kind at a time. A message is completed after its job's consequences are stored; a
/// job that is cut off gives its message back.
/// </summary>
internal sealed partial class WorkPump(IWorkQueue queue, JobRunner runner, WorkOptions options, TimeProvider time, ILogger<WorkPump> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(runner.Kinds.Select(kind => PumpAsync(kind, stoppingToken)));

    /// <summary>Works until no message of any kind is visible.</summary>
    /// <returns>How many messages were worked on.</returns>
    public async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        var (total, last) = (0, -1);
        while (total != last)
        {
            last = total;
            var worked = await Task.WhenAll(runner.Kinds.Select(kind => DrainAsync(kind, cancellationToken)));
            total += worked.Sum();
        }

        return total;
    }

    private async Task<int> DrainAsync(string kind, CancellationToken cancellationToken)
    {
        var (total, underWay) = (0, new HashSet<Task>());
        try
        {
            IReadOnlyList<ReceivedWork> received;
            do
            {
                var free = options.Concurrency - underWay.Count;
                received = free == 0 ? [] : await queue.ReceiveAsync(kind, free, options.Lease, cancellationToken);
                underWay.UnionWith(received.Select(work => WorkAsync(kind, work, cancellationToken)));
                total += received.Count;
                await (received.Count == 0 && underWay.Count > 0 ? Task.WhenAny(underWay) : Task.CompletedTask);
                underWay.RemoveWhere(task => task.IsCompletedSuccessfully);
            }
            while ((received.Count > 0 || underWay.Count > 0) && !underWay.Any(task => task.IsFaulted));

            return total;
        }
        finally
        {
            // Also when the queue cannot be asked: nothing goes on behind its caller's back.
            await Task.WhenAll(underWay);
        }
    }

    private async Task PumpAsync(string kind, CancellationToken cancellationToken)
    {
        var underWay = new HashSet<Task>();
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var received = await ReceiveAsync(kind, options.Concurrency - underWay.Count, cancellationToken);
                underWay.UnionWith(received.Select(work => WorkAsync(kind, work, cancellationToken)));
                var isFull = underWay.Count == options.Concurrency;
                await (isFull ? Task.WhenAny(underWay) : received.Count > 0 ? Task.CompletedTask : Task.Delay(options.PollInterval, time, cancellationToken));
                underWay.RemoveWhere(task => task.IsCompleted);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(underWay);
        }
    }

    /// <summary>A store that cannot be read now is asked again at the next look.</summary>
    private async Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(string kind, int most, CancellationToken cancellationToken)
    {
        try
        {
            return most == 0 ? [] : await queue.ReceiveAsync(kind, most, options.Lease, cancellationToken);
        }
        catch (StorageUnavailableException unavailable)
        {
            LogUnavailable(kind, unavailable.Problem.ToString());
            return [];
        }
    }

    private async Task WorkAsync(string kind, ReceivedWork work, CancellationToken cancellationToken)
    {
        try
        {
            await using var lease = new LeaseKeeper(queue, work, options.Lease, time, cancellationToken);
            var outcome = await RunAsync(work, lease.Token);
            await EndAsync(lease.Work, outcome);
        }
        catch (StorageUnavailableException unavailable)
        {
            // The lease runs out and the message comes again.
            LogUnavailable(kind, unavailable.Problem.ToString());
        }
    }

    private async Task<WorkOutcome> RunAsync(ReceivedWork work, CancellationToken cancellationToken)
    {
        try
        {
            return await runner.RunAsync(work, cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return new WorkOutcome.Deferred(TimeSpan.Zero);
        }
    }

    /// <summary>Not cancelled by a stop: what was done is to be noted as done.</summary>
    private Task EndAsync(ReceivedWork work, WorkOutcome outcome) => outcome switch
    {
        WorkOutcome.Completed => queue.CompleteAsync(work, CancellationToken.None),
        WorkOutcome.Deferred deferred => queue.DeferAsync(work, deferred.After, CancellationToken.None),
        WorkOutcome.Failed failed => queue.ReleaseAsync(work, failed.After, failed.Reason, CancellationToken.None),
        WorkOutcome.Poison poison => queue.PoisonAsync(work, poison.Reason, CancellationToken.None),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The queue {Kind} cannot be used: storage {Problem}")]
    private partial void LogUnavailable(string kind, string problem);
}
