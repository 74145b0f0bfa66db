namespace Monitoring.Blocking.Fingerprints;

/// <summary>A fingerprint that was found, small enough to stand in a measurement, from which <see cref="FingerprintJudgement"/> judges again.</summary>
/// <param name="Name">Of the fingerprint.</param>
/// <param name="Location">As in <see cref="FingerprintLocation"/>.</param>
/// <param name="Countries">Where it is expected; empty if that is not known.</param>
/// <param name="Position">In bytes from the beginning of the body or value, for an excerpt; the first place.</param>
/// <param name="Length">In bytes.</param>
public sealed record FingerprintMatch(string Name, FingerprintScope Scope, string Location, IReadOnlyList<string> Countries, bool IsShort, int Position, int Length)
{
    internal static FingerprintMatch Of(Fingerprint fingerprint, int position, int length) =>
        new(fingerprint.Name, fingerprint.Scope, fingerprint.Location, fingerprint.Countries, fingerprint.IsShort, position, length);
}
