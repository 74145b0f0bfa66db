using Monitoring.Storage;

namespace Monitoring.Items.Stories;

/// <summary>
/// The right to change stories, which one worker has at a time; the others wait for it, because everything before it would have to be done again. Lent for the
/// shortest time there is: a worker may have died with it.
/// </summary>
public sealed class StoryTurn(ILeases leases, Func<string> newId, TimeProvider time) : IDisposable
{
    private const string Name = "stories";

    /// <summary>A worker that died with it has lost it then.</summary>
    private static readonly TimeSpan Patience = ILeases.Shortest + TimeSpan.FromSeconds(5);

    /// <summary>Ten filings of others.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(2);

    /// <summary>Filing takes a few of these.</summary>
    private static readonly TimeSpan BeforeAskingAgain = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly string _holder = newId();

    /// <summary>Whether waiting was in vain the last time: whoever has the turn may be dead, and nobody waits for it again until it is had.</summary>
    private bool _isStuck;

    public void Dispose() => _gate.Dispose();

    /// <summary>For work that does no harm beside another's: waits for the turn a little, and then does it all the same.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) => WithGateAsync(
        async () =>
        {
            var lease = await TryAcquireAsync(_isStuck ? TimeSpan.Zero : Courtesy, cancellationToken);
            _isStuck = lease is null;
            return await WithLeaseAsync(lease, work);
        },
        cancellationToken);

    /// <returns>What the work gives; null if others had the turn all the time.</returns>
    public Task<T?> TryRunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) where T : struct => WithGateAsync<T?>(
        async () => await TryAcquireAsync(Patience, cancellationToken) is { } lease ? await WithLeaseAsync(lease, work) : null,
        cancellationToken);

    private async Task<T> WithGateAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _gate.Release();
        }
    }

    private static async Task<T> WithLeaseAsync<T>(ILease? lease, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        finally
        {
            await (lease?.ReleaseAsync(CancellationToken.None) ?? Task.CompletedTask);
        }
    }

    private async Task<ILease?> TryAcquireAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (await leases.TryAcquireAsync(Name, _holder, ILeases.Shortest, cancellationToken) is { } lease)
            {
                return lease;
            }

            if (time.GetElapsedTime(started) >= patience)
            {
                return null;
            }

            await Task.Delay(BeforeAskingAgain, time, cancellationToken);
        }
    }
}
