namespace Monitoring.Availability.Ooni;

/// <summary>What OONI has of one domain, seen from one country, over some days.</summary>
/// <param name="Networks">In the country, by AS number.</param>
/// <param name="Elsewhere">In other countries, by country code; asked only for domains that <see cref="OoniStatistics.IsElevated"/>.</param>
/// <param name="Kinds">In the country, by <c>blocking_type</c>, which is empty for measurements without one; asked for the same domains.</param>
public sealed record OoniDomain(IReadOnlyDictionary<long, OoniCounts> Networks, IReadOnlyDictionary<string, OoniCounts> Elsewhere, IReadOnlyDictionary<string, OoniCounts> Kinds);
