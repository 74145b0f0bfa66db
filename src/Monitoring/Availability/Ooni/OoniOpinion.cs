namespace Monitoring.Availability.Ooni;

public enum OoniSign
{
    /// <summary>Too few measurements or networks. Never to be read as good.</summary>
    Insufficient,

    NoSign,

    /// <summary>Probably blocked. By volunteers and unconfirmed: it never opens an episode, it makes us look more often.</summary>
    Likely,

    /// <summary>The same in many countries: a fault of the probes or of the site, not of this country.</summary>
    Instrument,
}

/// <summary>What OONI's measurements of a site from one country come to, with the numbers it rests on.</summary>
/// <param name="Networks">Autonomous systems with measurements that did not fail.</param>
/// <param name="Kind">OONI's <c>blocking_type</c> of a likely blocking; null otherwise.</param>
public sealed record OoniOpinion(OoniSign Sign, OoniCounts Counts, int Networks, string? Kind, IReadOnlyList<Reason> Reasons);
