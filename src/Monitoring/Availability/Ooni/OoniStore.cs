using System.Text.Json;
using Monitoring.Storage;

namespace Monitoring.Availability.Ooni;

/// <param name="Host">OONI's domain.</param>
/// <param name="Until">The day after the last that counts, UTC; an opinion a day is kept.</param>
public sealed record OoniReport(string SiteId, string Country, string Host, DateOnly Since, DateOnly Until, OoniOpinion Opinion)
{
    /// <summary>The measurements for people.</summary>
    public Uri Explorer => OoniQuery.Explorer(Country, Host, Since, Until);
}

/// <summary>Table <c>OoniOpinions</c>: partition = site, row = day, newest first; query served: the last one of a site.</summary>
public sealed class OoniStore(ITables tables)
{
    private readonly IEntityTable _opinions = tables.Open("OoniOpinions");

    /// <summary>Again for the same day it replaces the first.</summary>
    public Task PutAsync(OoniReport report, CancellationToken cancellationToken)
    {
        var (opinion, counts) = (report.Opinion, report.Opinion.Counts);
        return _opinions.PutAsync(
            new Entity(report.SiteId, Keys.NewestFirst(Midnight(report.Until)))
                .Set("Country", report.Country)
                .Set("Host", report.Host)
                .Set("Since", Midnight(report.Since))
                .Set("Until", Midnight(report.Until))
                .Set("Sign", opinion.Sign.ToString())
                .Set("Kind", opinion.Kind)
                .Set("Networks", opinion.Networks)
                .Set("Measurements", counts.Measurements)
                .Set("Anomalies", counts.Anomalies)
                .Set("Confirmed", counts.Confirmed)
                .Set("Failures", counts.Failures)
                .Set("Reasons", JsonSerializer.Serialize(opinion.Reasons)),
            cancellationToken);
    }

    public async Task<OoniReport?> GetLastAsync(string siteId, CancellationToken cancellationToken) =>
        await _opinions.QueryAsync(new RangeQuery(siteId) { Take = 1 }, cancellationToken).FirstOrDefaultAsync(cancellationToken) is { } row ? Read(row) : null;

    /// <summary>Removes the opinions of a site on days that ended before <paramref name="before"/>.</summary>
    /// <param name="dryRun">Only count.</param>
    /// <returns>How many.</returns>
    public async Task<int> RemoveAsync(string siteId, DateTimeOffset before, bool dryRun, CancellationToken cancellationToken)
    {
        var count = 0;
        var query = new RangeQuery(siteId) { From = Keys.NewestFirst(before), Columns = [] };
        await foreach (var chunk in _opinions.QueryAsync(query, cancellationToken).Chunk(StorageLimits.BatchOperations).WithCancellation(cancellationToken))
        {
            count += dryRun ? chunk.Length : (await _opinions.ApplyEachAsync(chunk.Select(row => TableOperation.Delete(row.Key)), cancellationToken)).Count(isGone => isGone);
        }

        return count;
    }

    private static OoniReport Read(Entity row) => new(
        row.Key.Partition,
        row.NeedText("Country"),
        row.NeedText("Host"),
        DateOnly.FromDateTime(row.NeedTime("Since").UtcDateTime),
        DateOnly.FromDateTime(row.NeedTime("Until").UtcDateTime),
        new OoniOpinion(
            Enum.Parse<OoniSign>(row.NeedText("Sign")),
            new OoniCounts(Number(row, "Measurements"), Number(row, "Anomalies"), Number(row, "Confirmed"), Number(row, "Failures")),
            (int)Number(row, "Networks"),
            row.GetText("Kind"),
            JsonSerializer.Deserialize<IReadOnlyList<Reason>>(row.NeedText("Reasons"))!));

    private static long Number(Entity row, string column) => row.GetNumber(column) ?? throw new StoredRowException(row.Key, column);

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
