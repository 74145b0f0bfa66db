using Monitoring.Storage;

namespace Monitoring.Work;

/// <summary>
/// Who looked last whether jobs keep their promises, and what operators were told. Table <c>Watch</c>: one partition, row <c>look</c> and a row for each job that is told as
/// late; query served: all of them.
/// </summary>
public sealed class WatchLog(ITables tables)
{
    private const string Partition = "watch";
    private const string LookRow = "look";
    private const string JobPrefix = "job.";

    private readonly IEntityTable _watch = tables.Open("Watch");

    /// <summary>Takes the turn to look, if nobody looked for so long.</summary>
    /// <returns>When anybody first looked, and what was told; null if it is not our turn.</returns>
    public async Task<(DateTimeOffset FirstLook, IReadOnlyDictionary<string, ToldLate> Told)?> TakeTurnAsync(DateTimeOffset now, TimeSpan every, CancellationToken cancellationToken)
    {
        var (look, told) = ((Entity?)null, new Dictionary<string, ToldLate>(StringComparer.Ordinal));
        await foreach (var row in _watch.QueryAsync(new RangeQuery(Partition), cancellationToken))
        {
            if (row.Key.Row == LookRow)
            {
                look = row;
            }
            else
            {
                told[row.Key.Row[JobPrefix.Length..]] = new ToldLate(row.NeedTime("Since"), row.NeedTime("ToldAt"));
            }
        }

        if (look is null)
        {
            return await _watch.AddAsync(new Entity(Partition, LookRow).Set("First", now).Set("Last", now), cancellationToken) is AddResult.Added ? (now, told) : null;
        }

        var isOurs = now - look.NeedTime("Last") >= every && await _watch.ReplaceAsync(look.Set("Last", now), cancellationToken) is SaveResult.Saved;
        return isOurs ? (look.NeedTime("First"), told) : null;
    }

    public Task ToldAsync(string job, ToldLate told, CancellationToken cancellationToken) =>
        _watch.PutAsync(new Entity(Partition, JobPrefix + Keys.Safe(job)).Set("Since", told.Since).Set("ToldAt", told.ToldAt), cancellationToken);

    public Task WorksAsync(string job, CancellationToken cancellationToken) => _watch.DeleteAsync(new EntityKey(Partition, JobPrefix + Keys.Safe(job)), etag: null, cancellationToken);
}
