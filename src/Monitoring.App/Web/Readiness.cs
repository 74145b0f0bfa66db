using Monitoring.App.Hosting;
using Monitoring.Storage;
using Monitoring.Work;

namespace Monitoring.App.Web;

/// <param name="Name">Of the condition: storage, poll, check or work.</param>
/// <param name="AgeSeconds">How long ago it was last seen to be so, or how long work waits; null if it never was, or nothing waits.</param>
/// <param name="PromiseSeconds">How old that may be.</param>
internal sealed record Condition(string Name, bool Good, double? AgeSeconds, double PromiseSeconds);

internal sealed record ReadinessReport(bool Ready, IReadOnlyList<Condition> Conditions);

/// <summary>
/// Whether the program keeps its promises: the store answers, feeds and sites are looked for, and what was found due is worked on. Names nothing that is
/// watched, for it is told to anybody; and asks the store at most every few seconds, for anybody may ask.
/// </summary>
internal sealed class Readiness(JobLog log, IWorkQueue queue, HealthOptions options, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Task<ReadinessReport>? _last;
    private DateTimeOffset _asked;

    public Task<ReadinessReport> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_last is null || now - _asked > Fresh)
            {
                // Not the visitor's token: others wait for the same answer.
                (_last, _asked) = (JudgeAsync(now), now);
            }

            return _last.WaitAsync(cancellationToken);
        }
    }

    private async Task<ReadinessReport> JudgeAsync(DateTimeOffset now)
    {
        var started = time.GetTimestamp();
        var seen = await ReadAsync();
        var answered = new Condition("storage", seen is not null, time.GetElapsedTime(started).TotalSeconds, options.StorageWithin.TotalSeconds);
        Condition[] conditions =
        [
            answered,
            Succeeded("poll", seen, "PollFeeds", options.PollWithin, now),
            Succeeded("check", seen, "CheckSites", options.CheckWithin, now),
            Waiting(seen, now),
        ];
        return new ReadinessReport(Array.TrueForAll(conditions, condition => condition.Good), conditions);
    }

    private async Task<Seen?> ReadAsync()
    {
        using var limit = new CancellationTokenSource(options.StorageWithin, time);
        try
        {
            // An engine need not look at the token while it waits for a disk.
            var jobs = await log.ListAsync(limit.Token).WaitAsync(limit.Token);
            return new Seen(jobs, await queue.GetStateAsync(limit.Token).WaitAsync(limit.Token));
        }
        catch (Exception unanswered) when (unanswered is StorageUnavailableException || limit.IsCancellationRequested)
        {
            return null;
        }
    }

    private static Condition Succeeded(string name, Seen? seen, string job, TimeSpan promise, DateTimeOffset now)
    {
        var age = now - seen?.Jobs.FirstOrDefault(record => record.Name == job)?.LastSucceeded;
        return new Condition(name, age <= promise, age?.TotalSeconds, promise.TotalSeconds);
    }

    private Condition Waiting(Seen? seen, DateTimeOffset now)
    {
        var age = now - seen?.Queues.Min(state => state.OldestSince);
        return new Condition("work", seen is not null && !(age > options.WorkWithin), age?.TotalSeconds, options.WorkWithin.TotalSeconds);
    }

    private sealed record Seen(IReadOnlyList<JobRecord> Jobs, IReadOnlyList<QueueState> Queues);
}
