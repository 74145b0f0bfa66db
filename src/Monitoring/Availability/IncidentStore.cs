using System.Text.Json;
using Monitoring.Availability.Telling;
using Monitoring.Availability.Vantages;
using Monitoring.Storage;

namespace Monitoring.Availability;

/// <summary>What is amiss beyond single sites.</summary>
public sealed record Incidents(IReadOnlyDictionary<string, VantageHealth> Vantages, IReadOnlyDictionary<string, CountryOutage> Outages, IReadOnlyList<Wave> Waves);

/// <summary>
/// Vantages that fail, countries that are cut off, waves. Table <c>Incidents</c>: one partition, row = kind and vantage, country, or network and family; query served: all, at every check.
/// A vantage that works has no row, so there are few.
/// </summary>
public sealed class IncidentStore(ITables tables)
{
    private const string Partition = "now";
    private const string VantageKind = "vantage.";
    private const string CountryKind = "country.";
    private const string WaveKind = "wave.";

    private readonly IEntityTable _incidents = tables.Open("Incidents");

    public async Task<Incidents> ListAsync(CancellationToken cancellationToken)
    {
        var (vantages, outages, waves) = (new Dictionary<string, VantageHealth>(), new Dictionary<string, CountryOutage>(), new List<Wave>());
        await foreach (var row in _incidents.QueryAsync(new RangeQuery(Partition), cancellationToken))
        {
            if (row.Key.Row.StartsWith(VantageKind, StringComparison.Ordinal))
            {
                var health = ReadHealth(row);
                vantages.Add(health.VantageId, health);
            }
            else if (row.Key.Row.StartsWith(CountryKind, StringComparison.Ordinal))
            {
                var outage = ReadOutage(row);
                outages.Add(outage.Country, outage);
            }
            else
            {
                waves.Add(ReadWave(row));
            }
        }

        return new Incidents(vantages, outages, waves);
    }

    /// <summary>Of two who note the same check's vantage at once the second loses: both saw the same moment.</summary>
    public Task<SaveResult> SaveAsync(VantageHealth health, CancellationToken cancellationToken) => SaveAsync(
        new Entity(HealthKey(health.VantageId)) { ETag = health.ETag }
            .Set("VantageId", health.VantageId)
            .Set("Faults", (long)health.Faults)
            .Set("Good", (long)health.Good)
            .Set("Since", health.Since)
            .Set("At", health.At)
            .Set("IsFaulty", health.IsFaulty)
            .Set("IsTold", health.IsTold),
        cancellationToken);

    public Task<SaveResult> SaveAsync(CountryOutage outage, CancellationToken cancellationToken) => SaveAsync(
        new Entity(OutageKey(outage.Country)) { ETag = outage.ETag }
            .Set("Country", outage.Country)
            .Set("Since", outage.Since)
            .Set("Vantages", JsonSerializer.Serialize(outage.Vantages))
            .Set("Of", (long)outage.Of),
        cancellationToken);

    public Task<SaveResult> SaveAsync(Wave wave, CancellationToken cancellationToken) => SaveAsync(
        new Entity(WaveKey(wave.Network, wave.Family, wave.IsDown)) { ETag = wave.ETag }
            .Set("Network", wave.Network)
            .Set("Family", wave.Family)
            .Set("IsDown", wave.IsDown)
            .Set("Members", JsonSerializer.Serialize(wave.Members))
            .Set("TellAt", wave.TellAt),
        cancellationToken);

    public Task<SaveResult> RemoveAsync(VantageHealth health, CancellationToken cancellationToken) => _incidents.DeleteAsync(HealthKey(health.VantageId), health.ETag, cancellationToken);

    public Task<SaveResult> RemoveAsync(CountryOutage outage, CancellationToken cancellationToken) => _incidents.DeleteAsync(OutageKey(outage.Country), outage.ETag, cancellationToken);

    public Task<SaveResult> RemoveAsync(Wave wave, CancellationToken cancellationToken) => _incidents.DeleteAsync(WaveKey(wave.Network, wave.Family, wave.IsDown), wave.ETag, cancellationToken);

    /// <summary>The row of a network and a family; a new one if there is none.</summary>
    public async Task<Wave> GetWaveAsync(string network, string family, bool isDown, CancellationToken cancellationToken) =>
        await _incidents.GetAsync(WaveKey(network, family, isDown), columns: null, cancellationToken) is { } row
            ? ReadWave(row)
            : new Wave { Network = network, Family = family, IsDown = isDown };

    private async Task<SaveResult> SaveAsync(Entity row, CancellationToken cancellationToken) =>
        row.ETag is not null
            ? await _incidents.ReplaceAsync(row, cancellationToken)
            : await _incidents.AddAsync(row, cancellationToken) is AddResult.Added ? SaveResult.Saved : SaveResult.ChangedMeanwhile;

    private static EntityKey HealthKey(string vantageId) => new(Partition, VantageKind + vantageId);

    private static EntityKey OutageKey(string country) => new(Partition, CountryKind + country);

    private static EntityKey WaveKey(string network, string family, bool isDown) => new(Partition, $"{WaveKind}{(isDown ? "down" : "blocked")}.{Keys.Safe(network)}.{family}");

    private static VantageHealth ReadHealth(Entity row) => new()
    {
        VantageId = row.NeedText("VantageId"),
        Faults = (int)(row.GetNumber("Faults") ?? 0),
        Good = (int)(row.GetNumber("Good") ?? 0),
        Since = row.NeedTime("Since"),
        At = row.NeedTime("At"),
        IsFaulty = row.GetFlag("IsFaulty") ?? false,
        IsTold = row.GetFlag("IsTold") ?? false,
        ETag = row.ETag,
    };

    private static CountryOutage ReadOutage(Entity row) => new()
    {
        Country = row.NeedText("Country"),
        Since = row.NeedTime("Since"),
        Vantages = JsonSerializer.Deserialize<IReadOnlyList<string>>(row.NeedText("Vantages")) ?? [],
        Of = (int)(row.GetNumber("Of") ?? 0),
        ETag = row.ETag,
    };

    private static Wave ReadWave(Entity row) => new()
    {
        Network = row.NeedText("Network"),
        Family = row.NeedText("Family"),
        IsDown = row.GetFlag("IsDown") ?? false,
        Members = JsonSerializer.Deserialize<IReadOnlyList<WaveMember>>(row.NeedText("Members")) ?? [],
        TellAt = row.GetTime("TellAt"),
        ETag = row.ETag,
    };
}
