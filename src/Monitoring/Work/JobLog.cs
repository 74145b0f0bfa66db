using Monitoring.Storage;

namespace Monitoring.Work;

/// <param name="LastOutcome">A summary of the last run, or the reason of its failure.</param>
public sealed record JobRecord(string Name, DateTimeOffset? LastStarted, DateTimeOffset? LastSucceeded, DateTimeOffset? LastFailed, string? LastOutcome);

/// <summary>
/// When each timer job last ran and how, so that a job that stopped is seen. Table <c>Jobs</c>: one partition, row = job name;
/// query served: all jobs.
/// </summary>
public sealed class JobLog(ITables tables)
{
    private const string Partition = "job";

    private readonly IEntityTable _jobs = tables.Open("Jobs");

    public Task SucceededAsync(string name, DateTimeOffset started, DateTimeOffset ended, string outcome, CancellationToken cancellationToken) =>
        WriteAsync(name, started, "LastSucceeded", ended, outcome, cancellationToken);

    public Task FailedAsync(string name, DateTimeOffset started, DateTimeOffset ended, string reason, CancellationToken cancellationToken) =>
        WriteAsync(name, started, "LastFailed", ended, reason, cancellationToken);

    public async Task<IReadOnlyList<JobRecord>> ListAsync(CancellationToken cancellationToken)
    {
        var records = new List<JobRecord>();
        await foreach (var row in _jobs.QueryAsync(new RangeQuery(Partition), cancellationToken))
        {
            records.Add(new JobRecord(row.Key.Row, row.GetTime("LastStarted"), row.GetTime("LastSucceeded"), row.GetTime("LastFailed"), row.GetText("LastOutcome")));
        }

        return records;
    }

    /// <summary>Two hosts may write at once; the last one wins, and both ran.</summary>
    private async Task WriteAsync(string name, DateTimeOffset started, string column, DateTimeOffset ended, string outcome, CancellationToken cancellationToken)
    {
        var row = await _jobs.GetAsync(new EntityKey(Partition, name), columns: null, cancellationToken) ?? new Entity(Partition, name);
        await _jobs.PutAsync(row.Set("LastStarted", started).Set(column, ended).Set("LastOutcome", outcome), cancellationToken);
    }
}
