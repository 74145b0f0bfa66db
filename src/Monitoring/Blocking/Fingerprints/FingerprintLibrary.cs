namespace Monitoring.Blocking.Fingerprints;

/// <summary>The stored fingerprints for workers: a look at their version every few minutes, read and made ready again only when it changed.</summary>
public sealed class FingerprintLibrary(FingerprintStore store, TimeProvider time) : IFingerprints, IDisposable
{
    /// <summary>Added fingerprints are known to every worker after this time, which is that between two checks of a site.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _gate = new(1);
    private Edition? _current;

    private sealed record Edition(string Version, FingerprintSet Set, long Looked);

    public void Dispose() => _gate.Dispose();

    public async Task<FingerprintSet> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh)
        {
            return fresh;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return Fresh() ?? await LookAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private FingerprintSet? Fresh() => _current is { } current && time.GetElapsedTime(current.Looked) < LookEvery ? current.Set : null;

    private async Task<FingerprintSet> LookAsync(CancellationToken cancellationToken)
    {
        var looked = time.GetTimestamp();
        var version = await store.GetVersionAsync(cancellationToken);
        var set = _current is { } current && current.Version == version
            ? current.Set
            : FingerprintSet.Compile((await store.LoadAsync(cancellationToken)).SelectMany(source => source.Fingerprints));
        _current = new Edition(version, set, looked);
        return set;
    }
}
