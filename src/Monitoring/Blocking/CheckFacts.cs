namespace Monitoring.Blocking;

/// <summary>All that a verdict is computed from. Flat and storable: the same facts give the same verdict, today and recomputed in a year.</summary>
/// <param name="Vantage">What the vantage saw.</param>
/// <param name="Control">What the direct vantage saw of the same site at the same time; null if nothing usable is at hand.</param>
public sealed record CheckFacts(Measurement Vantage, Measurement? Control)
{
    /// <summary>The vantage's canaries, before and after; none if it has no canary.</summary>
    public IReadOnlyList<Measurement> Canaries { get; init; } = [];

    /// <summary>What further vantages saw of the site in the same check.</summary>
    public IReadOnlyList<Measurement> Peers { get; init; } = [];

    /// <summary>What the site's page usually is; null until learned.</summary>
    public PageProfile? Profile { get; init; }

    /// <summary>What this vantage met lately at other sites.</summary>
    public Neighbourhood Neighbourhood { get; init; } = Neighbourhood.Empty;

    /// <summary>How long handshakes took lately.</summary>
    public HandshakeTimes Handshakes { get; init; } = HandshakeTimes.None;
}

/// <summary>What a vantage met lately at watched sites, counted by site: the marks of one hand at work on many.</summary>
/// <param name="Issuers">Untrusted issuers, by how many sites showed each.</param>
/// <param name="RedirectHosts">Hosts to which plain requests were led away, by how many sites.</param>
/// <param name="Bodies">SHA-256 of small bodies that were not the site's page, by how many sites.</param>
public sealed record Neighbourhood(
    IReadOnlyDictionary<string, int> Issuers, IReadOnlyDictionary<string, int> RedirectHosts, IReadOnlyDictionary<string, int> Bodies)
{
    /// <summary>So many unrelated sites are no chance.</summary>
    public const int Many = 3;

    public static readonly Neighbourhood Empty = new(new Dictionary<string, int>(), new Dictionary<string, int>(), new Dictionary<string, int>());
}

/// <summary>Milliseconds of the last TLS handshakes, newest last; at most <see cref="Most"/> of each.</summary>
/// <param name="Site">Of the site, seen from the vantage.</param>
/// <param name="Canary">Of the vantage's canary.</param>
/// <param name="Control">Of the site, seen directly.</param>
public sealed record HandshakeTimes(IReadOnlyList<double> Site, IReadOnlyList<double> Canary, IReadOnlyList<double> Control)
{
    public const int Most = 12;

    public static readonly HandshakeTimes None = new([], [], []);

    /// <summary>The times with this measurement's: of its last hop, if there was a handshake.</summary>
    public static IReadOnlyList<double> Add(IReadOnlyList<double> times, Measurement? measurement) =>
        measurement?.Last.Tls is { Failure: null } handshake ? [.. times.TakeLast(Most - 1), handshake.Milliseconds] : times;
}
