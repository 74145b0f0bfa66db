using System.Text.Json;
using Monitoring.Blocking;
using Monitoring.Blocking.Analysis;
using Monitoring.Storage;

namespace Monitoring.Availability;

/// <summary>
/// Table <c>Neighbourhoods</c>: what each vantage met at sites in trouble; one partition, row = vantage, the last sightings in one column. Query served: one vantage.
/// </summary>
public sealed class NeighbourhoodStore(ITables tables)
{
    private const string Partition = "vantage";
    private const string Column = "Sightings";
    private const int Most = 150;
    private const int LongestValue = 120;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly IEntityTable _vantages = tables.Open("Neighbourhoods");

    private sealed record Row(SightingKind Kind, string Value, string Site, DateTimeOffset At);

    /// <summary>What the vantage met in the last day at sites other than this one, counted by site.</summary>
    public async Task<Neighbourhood> GetAsync(string vantageId, string siteId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = Read(await _vantages.GetAsync(new EntityKey(Partition, vantageId), columns: null, cancellationToken));
        var others = rows.Where(row => row.Site != siteId && row.At > now - Kept).ToLookup(row => row.Kind);
        return new Neighbourhood(Count(SightingKind.Issuer), Count(SightingKind.RedirectHost), Count(SightingKind.Body));

        Dictionary<string, int> Count(SightingKind kind) =>
            others[kind].GroupBy(row => row.Value, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Select(row => row.Site).Distinct(StringComparer.Ordinal).Count(), StringComparer.Ordinal);
    }

    /// <summary>Notes what was met; what was noted of the site before is replaced. Several sites at once take turns.</summary>
    public async Task AddAsync(string vantageId, string siteId, IReadOnlyList<Sighting> sightings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = new EntityKey(Partition, vantageId);
        while (true)
        {
            var row = await _vantages.GetAsync(key, columns: null, cancellationToken);
            var fresh = sightings.Where(sighting => sighting.Value.Length <= LongestValue).Select(sighting => new Row(sighting.Kind, sighting.Value, siteId, now));
            var kept = Read(row).Where(old => old.Site != siteId && old.At > now - Kept).Concat(fresh).TakeLast(Most).ToList();
            var next = (row ?? new Entity(key)).Set(Column, JsonSerializer.Serialize(kept));
            var isSaved = row is null
                ? await _vantages.AddAsync(next, cancellationToken) is AddResult.Added
                : await _vantages.ReplaceAsync(next, cancellationToken) is SaveResult.Saved;
            if (isSaved)
            {
                return;
            }
        }
    }

    private static List<Row> Read(Entity? row) => row?.GetText(Column) is { } text ? JsonSerializer.Deserialize<List<Row>>(text) ?? [] : [];
}
