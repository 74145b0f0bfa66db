using Monitoring.Storage;

namespace Monitoring.Tests.Support;

/// <summary>Leases by a test's clock that answer at once, can be taken away, and can be out of reach.</summary>
internal sealed class MemoryLeases(TimeProvider time) : ILeases
{
    public string? Holder { get; private set; }

    public DateTimeOffset Until { get; private set; }

    public bool IsOutOfReach { get; set; }

    public Task<ILease?> TryAcquireAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        Reach();
        if (Holder is not null && Holder != holder && Until > time.GetUtcNow())
        {
            return Task.FromResult<ILease?>(null);
        }

        Take(holder, duration);
        return Task.FromResult<ILease?>(new Lease(this, holder, duration));
    }

    /// <summary>As if the holder's machine had slept for too long.</summary>
    public void Take(string holder, TimeSpan duration) => (Holder, Until) = (holder, time.GetUtcNow() + duration);

    private void Reach()
    {
        if (IsOutOfReach)
        {
            throw new StorageUnavailableException(StorageProblem.Unreachable, "away");
        }
    }

    private sealed class Lease(MemoryLeases leases, string holder, TimeSpan duration) : ILease
    {
        public Task<bool> RenewAsync(CancellationToken cancellationToken)
        {
            leases.Reach();
            if (leases.Holder != holder)
            {
                return Task.FromResult(false);
            }

            leases.Take(holder, duration);
            return Task.FromResult(true);
        }

        public Task ReleaseAsync(CancellationToken cancellationToken)
        {
            leases.Reach();
            leases.Holder = leases.Holder == holder ? null : leases.Holder;
            return Task.CompletedTask;
        }
    }
}
