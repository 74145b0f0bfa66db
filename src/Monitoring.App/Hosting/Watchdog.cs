using System.Globalization;
using Monitoring.Alerts.Delivery;
using Monitoring.Storage;
using Monitoring.Work;

namespace Monitoring.App.Hosting;

/// <summary>
/// Sees that every timer job succeeds within its promise and that work is not left lying, and mails operators where that is not so. Whichever job has just run looks at all of them, so any that lives
/// tells of any that died; that none lives is told by the pings that no longer come. One of all instances looks every five minutes.
/// </summary>
internal sealed partial class Watchdog(
    IEnumerable<IKnock> knocks, KnockOptions schedules, JobLog log, IWorkQueue queue, WatchLog watch, OperatorMail operators, Heartbeat heartbeat, HealthOptions options, TimeProvider time, ILogger<Watchdog> logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private DateTimeOffset _next;

    /// <summary>How long ago a job's last success may be: three of its rhythms and at least a quarter of an hour; of a daily one two hours more than a day.</summary>
    public static TimeSpan PromiseOf(TimeSpan rhythm)
    {
        var three = 3 * rhythm;
        return rhythm > TimeSpan.FromHours(1) ? rhythm + TimeSpan.FromHours(2) : three > TimeSpan.FromMinutes(15) ? three : TimeSpan.FromMinutes(15);
    }

    /// <summary>After a job has run. Whatever fails here is logged and tried at the next look: no job fails for it.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (now < _next)
            {
                return;
            }

            _next = now + Every;
        }

        try
        {
            if (await watch.TakeTurnAsync(now, Every, cancellationToken) is var (firstLook, told))
            {
                await LookAsync(firstLook, told, now, cancellationToken);
            }
        }
        catch (StorageUnavailableException unavailable)
        {
            LogBlind(unavailable.Problem.ToString());
        }
    }

    /// <summary>The timer jobs with their promises, as they are now.</summary>
    public async Task<IReadOnlyList<WatchedJob>> ReadJobsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var records = (await log.ListAsync(cancellationToken)).ToDictionary(record => record.Name, StringComparer.Ordinal);
        return [.. knocks.Select(knock => new WatchedJob(knock.Name, PromiseOf(RhythmOf(knock.Name, now)), records.GetValueOrDefault(knock.Name)?.LastSucceeded))];
    }

    private async Task<IReadOnlyList<WatchedJob>> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var queues = await queue.GetStateAsync(cancellationToken);
        return [.. await ReadJobsAsync(now, cancellationToken), .. queues.Select(state => new WatchedJob($"work.{state.Kind}", options.WorkWithin, state.OldestSince ?? now))];
    }

    private TimeSpan RhythmOf(string job, DateTimeOffset now)
    {
        var next = schedules.Of(job).GetNextOccurrence(now.UtcDateTime);
        return schedules.Of(job).GetNextOccurrence(next) - next;
    }

    private async Task LookAsync(DateTimeOffset firstLook, IReadOnlyDictionary<string, ToldLate> told, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isWell = true;
        foreach (var job in await ReadAsync(now, cancellationToken))
        {
            var before = told.GetValueOrDefault(job.Job);
            var since = WatchPolicy.Since(job, firstLook);
            var news = WatchPolicy.Judge(job, firstLook, before, now);
            isWell &= now - since <= job.Within;
            switch (news)
            {
                case WatchNews.Late or WatchNews.StillLate:
                    LogLate(job.Job);
                    if (await operators.TellAsync(Late(job, since, now), cancellationToken))
                    {
                        await watch.ToldAsync(job.Job, new ToldLate(since, now), cancellationToken);
                    }

                    break;
                case WatchNews.WorksAgain:
                    if (await operators.TellAsync(Works(job, before!), cancellationToken))
                    {
                        await watch.WorksAsync(job.Job, cancellationToken);
                    }

                    break;
            }
        }

        await (isWell ? heartbeat.PingAsync(cancellationToken) : Task.CompletedTask);
    }

    private static OperatorNotice Late(WatchedJob job, DateTimeOffset since, DateTimeOffset now) => new(
        $"late.{job.Job}.{Keys.Time(since)}.{(int)(now - since).TotalDays}",
        $"Monitoring: {job.Job} has not succeeded since {Say(since)}",
        [
            string.Create(CultureInfo.InvariantCulture, $"{job.Job} should succeed at least every {(int)job.Within.TotalMinutes} minutes. What depends on it does not happen meanwhile, and nobody else is told of that."),
            "The page of operations says how it last ended; the log says why. This mail comes again each day until it works.",
        ],
        "operations");

    private static OperatorNotice Works(WatchedJob job, ToldLate before) => new(
        $"works.{job.Job}.{Keys.Time(before.Since)}", $"Monitoring: {job.Job} works again", [$"It had not succeeded since {Say(before.Since)}."], "operations");

    private static string Say(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} has not succeeded within its promise")]
    private partial void LogLate(string job);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nobody can see whether jobs keep their promises: {Problem}")]
    private partial void LogBlind(string problem);
}
