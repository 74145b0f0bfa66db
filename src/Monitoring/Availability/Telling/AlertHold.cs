using Monitoring.Watchlist;

namespace Monitoring.Availability.Telling;

/// <summary>How an open episode was told so far.</summary>
public enum Told
{
    /// <summary>To nobody: it began while alerts were held. It is told when they no longer are, if it is still open.</summary>
    NotYet,

    /// <summary>At once, and in digests.</summary>
    AtOnce,

    /// <summary>In digests only, because the site is intermittent; at once if it stays when it no longer is.</summary>
    Intermittent,

    /// <summary>In digests only, because the mail of a wave tells it.</summary>
    ByWave,
}

/// <summary>
/// When alerts of a site are held. Pure: in a maintenance window of the site, and while the country that the vantage or the site is in is cut off. Held is the opening; what changes an
/// episode meanwhile stands in digests; that a site is reachable again is never held.
/// </summary>
public static class AlertHold
{
    /// <param name="cutOff">Countries with an outage.</param>
    public static bool Holds(Site site, Vantage vantage, DateTimeOffset at, IReadOnlySet<string> cutOff) =>
        site.Maintenance.Any(window => window.Holds(at)) || IsCutOff(vantage.Country, cutOff) || IsCutOff(site.Country, cutOff);

    private static bool IsCutOff(string? country, IReadOnlySet<string> cutOff) => country is not null && cutOff.Contains(country);
}
