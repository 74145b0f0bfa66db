namespace Monitoring.Storage;

/// <summary>
/// Rights that one worker has at a time, over all machines. A right that is not renewed is lost when its time is over: whoever holds one must be harmless
/// when it has lost it without noticing. Engines: a row of the database file, blob leases.
/// </summary>
public interface ILeases
{
    /// <summary>The shortest and longest time of a lease; Azure's for blobs.</summary>
    static readonly TimeSpan Shortest = TimeSpan.FromSeconds(15);

    /// <inheritdoc cref="Shortest"/>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>The lease, or null while another holds it.</summary>
    /// <param name="name">Lower-case ASCII letters, digits and hyphens.</param>
    /// <param name="holder">Names the one who asks; the same holder gets a lease that it holds again, so that a lost answer does not lock it out.</param>
    /// <param name="duration">15 to 60 s; counted in whole seconds.</param>
    Task<ILease?> TryAcquireAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken);
}

/// <summary>A right that is held.</summary>
public interface ILease
{
    /// <summary>From now on for its duration again; false if it is lost.</summary>
    Task<bool> RenewAsync(CancellationToken cancellationToken);

    /// <summary>Gives it up at once. Nothing happens if it is lost.</summary>
    Task ReleaseAsync(CancellationToken cancellationToken);
}
