using Monitoring.Storage;

namespace Monitoring.App.Hosting.Functions;

/// <summary>
/// Opens the store while the process already listens. A store that cannot be reached, or not yet (a role that was just assigned), is asked again and again;
/// one that must not be used ends the process.
/// </summary>
internal sealed partial class StoreOpening(TimeProvider time, ILogger<StoreOpening> logger)
{
    /// <summary>How long a call waits for the store before it is told to come again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="openAsync">One attempt: <see cref="Station.OpenAsWorkerAsync"/>.</param>
    /// <returns>The place of a worker, to be given up at the end.</returns>
    /// <exception cref="StorageUnavailableException">The store must not be used by this version, or not now.</exception>
    public async Task<IDisposable> OpenAsync(Func<CancellationToken, Task<IDisposable>> openAsync, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var place = await openAsync(cancellationToken);
                _opened.SetResult();
                return place;
            }
            catch (StorageUnavailableException unavailable) when (unavailable.Problem is StorageProblem.Unreachable or StorageProblem.Denied)
            {
                LogUnavailable(unavailable.Message);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>False if the store is still not open after a while.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken cancellationToken)
    {
        if (!_opened.Task.IsCompleted)
        {
            await Task.WhenAny(_opened.Task, Task.Delay(Patience, time, cancellationToken));
        }

        return _opened.Task.IsCompleted;
    }

    /// <summary>The whole line, which says what would mend it (a role that is missing) and names nothing but the service.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "The store cannot be opened yet: {What}")]
    private partial void LogUnavailable(string what);
}
