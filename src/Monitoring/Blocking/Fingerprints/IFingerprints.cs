namespace Monitoring.Blocking.Fingerprints;

/// <summary>The fingerprints that checks are compared with.</summary>
public interface IFingerprints
{
    Task<FingerprintSet> GetAsync(CancellationToken cancellationToken);
}

/// <summary>The same always, as for a single check on the command line.</summary>
public sealed class FixedFingerprints(FingerprintSet set) : IFingerprints
{
    public Task<FingerprintSet> GetAsync(CancellationToken cancellationToken) => Task.FromResult(set);
}
