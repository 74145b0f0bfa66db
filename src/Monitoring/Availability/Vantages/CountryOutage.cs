using Monitoring.Watchlist;

namespace Monitoring.Availability.Vantages;

/// <summary>
/// A country whose vantages fail together, as in January 2022. Pure. It begins when at least two vantages in it, and at least 80 % of those that worked before, became faulty within 15
/// minutes; it ends when fewer than 80 % of these still are. A vantage behind a proxy cannot fall silent otherwise than by being at fault.
/// </summary>
public sealed record CountryOutage
{
    private const int Fewest = 2;
    private const double Share = 0.8;

    private static readonly TimeSpan Together = TimeSpan.FromMinutes(15);

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>The first check at fault.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The vantages that failed together.</summary>
    public required IReadOnlyList<string> Vantages { get; init; }

    /// <summary>How many worked before.</summary>
    public required int Of { get; init; }

    public string? ETag { get; init; }

    /// <param name="inCountry">All listed vantages in it but the direct one.</param>
    /// <param name="faulty">Those that are faulty now.</param>
    /// <returns>Null: there is none.</returns>
    public static CountryOutage? Judge(CountryOutage? before, string country, IReadOnlyList<Vantage> inCountry, IReadOnlyList<VantageHealth> faulty)
    {
        if (before is not null)
        {
            var members = before.Vantages.Where(id => inCountry.Any(vantage => vantage.Id == id)).ToList();
            var still = members.Count(id => faulty.Any(health => health.VantageId == id));
            return members.Count > 0 && still >= Share * members.Count ? before : null;
        }

        if (faulty.Count < Fewest)
        {
            return null;
        }

        var last = faulty.Max(health => health.Since);
        var together = faulty.Where(health => health.Since >= last - Together).ToList();
        var worked = inCountry.Count - (faulty.Count - together.Count);
        return together.Count >= Fewest && together.Count >= Share * worked
            ? new CountryOutage { Country = country, Since = together.Min(health => health.Since), Vantages = [.. together.Select(health => health.VantageId)], Of = worked }
            : null;
    }
}
