using Monitoring.Storage;

namespace Monitoring.Items.Stories;

/// <summary>
/// The right to change stories, which one worker has at a time; the others wait for it, because everything before it would have to be done again. Lent for the
/// shortest time there is, and nobody waits much longer: a worker may have died with it, and one that loses it while it files does no harm.
/// </summary>
public sealed class StoryTurn(ILeases leases, Func<string> newId, TimeProvider time) : IDisposable
{
    private const string Name = "stories";

    private static readonly TimeSpan Patience = ILeases.Shortest + TimeSpan.FromSeconds(5);

    /// <summary>Filing takes a few of these.</summary>
    private static readonly TimeSpan BeforeAskingAgain = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly string _holder = newId();

    public void Dispose() => _gate.Dispose();

    /// <returns>What the work gives; null if others had the turn all the time.</returns>
    public async Task<T?> TryRunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) where T : class
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (await TryAcquireAsync(cancellationToken) is not { } lease)
            {
                return null;
            }

            try
            {
                return await work();
            }
            finally
            {
                await lease.ReleaseAsync(CancellationToken.None);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<ILease?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (await leases.TryAcquireAsync(Name, _holder, ILeases.Shortest, cancellationToken) is { } lease)
            {
                return lease;
            }

            if (time.GetElapsedTime(started) >= Patience)
            {
                return null;
            }

            await Task.Delay(BeforeAskingAgain, time, cancellationToken);
        }
    }
}
