using Microsoft.Extensions.Logging;
using Monitoring.Storage;

namespace Monitoring.Work;

/// <summary>What becomes of the message after its job ended.</summary>
public abstract record WorkOutcome
{
    private WorkOutcome()
    {
    }

    public sealed record Completed : WorkOutcome;

    /// <summary>Not judged by this version, or not yet: put back without counting the attempt.</summary>
    public sealed record Deferred(TimeSpan After) : WorkOutcome;

    /// <summary>Failed; try again, at most as often as the queue allows.</summary>
    public sealed record Failed(TimeSpan After, string Reason) : WorkOutcome;

    /// <summary>Can never succeed.</summary>
    public sealed record Poison(string Reason) : WorkOutcome;
}

/// <summary>
/// Runs one job and turns whatever happens into data: one of the two places that catch everything. Logs once, with the
/// subject's opaque id and the failure's kind, never with its message, which may quote what we watch.
/// </summary>
public sealed partial class JobRunner(IEnumerable<IWorkJob> jobs, IWorkQueue queue, JobLog log, TimeProvider time, ILogger<JobRunner> logger)
{
    /// <summary>A message of a newer program waits for it this long before it counts as poison.</summary>
    private static readonly TimeSpan NewerMayWait = TimeSpan.FromDays(1);

    private readonly Dictionary<string, IWorkJob> _jobs = jobs.ToDictionary(job => job.Kind, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Kinds => _jobs.Keys;

    /// <summary>Runs a timer job; false if it failed (and was recorded as failed).</summary>
    public async Task<bool> RunAsync(IKnock knock, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        using var span = new JobSpan(knock.Name, time);
        try
        {
            var result = await knock.RunAsync(cancellationToken);
            span.End(result);
            await log.SucceededAsync(knock.Name, started, time.GetUtcNow(), Summary(result), cancellationToken);
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            span.Fail(failure);
            LogFailed(knock.Name, "timer", failure.GetType().Name, failure.StackTrace);
            await RecordFailureAsync(knock.Name, started, failure, cancellationToken);
            return false;
        }
    }

    /// <summary>Runs the job a message asks for and says what becomes of the message.</summary>
    public async Task<WorkOutcome> RunAsync(ReceivedWork work, CancellationToken cancellationToken)
    {
        var outcome = await JudgeAsync(work, cancellationToken);
        if (GivenUp(work, outcome) is { } reason)
        {
            LogGivenUp(work.Kind, reason);
        }

        return outcome;
    }

    /// <summary>Why the message does not come again; null if it does, or is done.</summary>
    private static string? GivenUp(ReceivedWork work, WorkOutcome outcome) => outcome switch
    {
        WorkOutcome.Poison poison => poison.Reason,
        WorkOutcome.Failed failed when work.DequeueCount >= IWorkQueue.MaxDequeueCount => failed.Reason,
        _ => null,
    };

    private async Task<WorkOutcome> JudgeAsync(ReceivedWork work, CancellationToken cancellationToken)
    {
        switch (WorkItem.Read(work.Body))
        {
            case WorkItemReading.Newer newer:
                return time.GetUtcNow() - First(newer.Item, work) < NewerMayWait
                    ? new WorkOutcome.Deferred(TimeSpan.FromMinutes(10))
                    : new WorkOutcome.Poison($"written by a newer version ({newer.Item.Version})");
            case WorkItemReading.Malformed malformed:
                return new WorkOutcome.Poison($"malformed: {malformed.Why}");
            case WorkItemReading.Read { Item: var item } when _jobs.TryGetValue(item.Kind, out var job):
                return await RunAsync(job, item, work.DequeueCount, cancellationToken);
            default:
                return new WorkOutcome.Poison("no job has this kind");
        }
    }

    private async Task<WorkOutcome> RunAsync(IWorkJob job, WorkItem item, int attempt, CancellationToken cancellationToken)
    {
        using var span = new JobSpan(job.Kind, time);
        try
        {
            var result = await job.RunAsync(item.Subject, cancellationToken);
            span.End(result);
            if (result is JobResult.NotNow notNow)
            {
                // Enqueued before this message is completed: a crash between the two leaves two messages, and the rows decide.
                await queue.EnqueueAsync(item, notNow.After, cancellationToken);
            }

            return new WorkOutcome.Completed();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            span.Fail(failure);
            LogFailed(item.Subject, job.Kind, failure.GetType().Name, failure.StackTrace);
            return new WorkOutcome.Failed(Pause(attempt), Reason(failure));
        }
    }

    /// <summary>Never later than the message itself says: what it carries may be forged.</summary>
    private static DateTimeOffset First(WorkItem item, ReceivedWork work) => item.Since < work.EnqueuedAt ? item.Since.Value : work.EnqueuedAt;

    /// <summary>1, 4, 16, 64 … seconds, at most 10 minutes.</summary>
    private static TimeSpan Pause(int attempt) => TimeSpan.FromSeconds(Math.Min(600, Math.Pow(4, Math.Clamp(attempt - 1, 0, 10))));

    private async Task RecordFailureAsync(string name, DateTimeOffset started, Exception failure, CancellationToken cancellationToken)
    {
        try
        {
            await log.FailedAsync(name, started, time.GetUtcNow(), Reason(failure), cancellationToken);
        }
        catch (StorageUnavailableException unavailable)
        {
            // The store that failed the job also refuses the record of it; the log line is all that is left.
            LogFailed(name, "job log", unavailable.Problem.ToString(), unavailable.StackTrace);
        }
    }

    private static string Summary(JobResult result) => result switch
    {
        JobResult.Done done => done.Summary,
        JobResult.NothingDue => "nothing due",
        _ => "not now",
    };

    private static string Reason(Exception failure) => failure switch
    {
        StorageUnavailableException unavailable => $"storage: {unavailable.Problem}",
        StoredRowException row => $"damaged row, column {row.Column}",
        _ => failure.GetType().Name,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Subject} failed in {Job}: {Failure}{Stack}")]
    private partial void LogFailed(string subject, string job, string failure, string? stack);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message of {Kind} was given up: {Reason}")]
    private partial void LogGivenUp(string kind, string reason);
}
