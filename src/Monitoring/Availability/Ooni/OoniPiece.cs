using Monitoring.Watchlist;

namespace Monitoring.Availability.Ooni;

/// <summary>Some sites of one country that are asked for together.</summary>
/// <param name="Hosts">As OONI calls its domains, with the sites on them.</param>
public sealed record OoniPiece(string Country, IReadOnlyDictionary<string, IReadOnlyList<Site>> Hosts)
{
    /// <summary>Where the next piece begins.</summary>
    public string Place => PlaceOf(Country, Hosts.Keys.Max(StringComparer.Ordinal)!);

    /// <summary>The first sites after a place, in the order of countries and hosts; null if there are none. A list that changes meanwhile misses none that stayed. Sites without country have no place.</summary>
    /// <param name="place">Null: the beginning.</param>
    public static OoniPiece? After(string? place, IEnumerable<Site> sites)
    {
        var left = sites.Where(site => site.Country is not null && WebLink.HasAsciiHost(site.Url))
            .GroupBy(site => (Country: site.Country!, Host: site.Url.IdnHost))
            .Where(group => string.CompareOrdinal(PlaceOf(group.Key.Country, group.Key.Host), place) > 0)
            .OrderBy(group => PlaceOf(group.Key.Country, group.Key.Host), StringComparer.Ordinal)
            .ToList();
        return left.Count == 0 ? null : new OoniPiece(left[0].Key.Country, left.TakeWhile(group => group.Key.Country == left[0].Key.Country).Take(OoniQuery.MostDomains)
            .ToDictionary(group => group.Key.Host, IReadOnlyList<Site> (group) => [.. group], StringComparer.Ordinal));
    }

    private static string PlaceOf(string country, string host) => $"{country} {host}";
}
