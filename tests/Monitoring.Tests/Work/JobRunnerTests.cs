using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Work;

/// <summary>Whatever a job does becomes data: an outcome for the message, a record for the operator, and never a word of what we watch.</summary>
public sealed class JobRunnerTests : EngineContract
{
    private const string Secret = "Мирас Кыранбеков";

    private readonly LogLines<JobRunner> _log = new();

    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_whose_job_is_done_or_has_nothing_to_do_is_completed(bool nothingDue)
    {
        var outcome = await RunAsync((_, _) => Task.FromResult<JobResult>(nothingDue ? new JobResult.NothingDue() : new JobResult.Done("visited")));

        Assert.Equal(new WorkOutcome.Completed(), outcome);
        Assert.Empty(await Engine.Queue.GetStateAsync(CancellationToken.None));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task The_job_gets_the_subject_and_the_token()
    {
        using var stop = new CancellationTokenSource();
        (string, CancellationToken) got = default;
        var runner = Runner((subject, token) =>
        {
            got = (subject, token);
            return Task.FromResult<JobResult>(new JobResult.NothingDue());
        });

        await runner.RunAsync(Work(new WorkItem("visit-source", "source-1").Write()), stop.Token);

        Assert.Equal(("source-1", stop.Token), got);
    }

    [Fact]
    public async Task A_job_that_may_not_run_yet_comes_again_after_the_pause()
    {
        var outcome = await RunAsync((_, _) => Task.FromResult<JobResult>(new JobResult.NotNow(TimeSpan.FromSeconds(30))));

        Assert.Equal(new WorkOutcome.Completed(), outcome);
        Assert.Empty(await ReceiveAsync());
        Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(new WorkItem("visit-source", "source-1").Write(), Assert.Single(await ReceiveAsync()).Body);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(3, 16)]
    [InlineData(4, 64)]
    [InlineData(5, 256)]
    [InlineData(6, 600)] // at most ten minutes
    [InlineData(int.MaxValue, 600)]
    public async Task Each_failure_quadruples_the_wait(int attempt, int seconds)
    {
        var outcome = await RunAsync((_, _) => throw new InvalidOperationException(Secret), attempt);

        Assert.Equal(new WorkOutcome.Failed(TimeSpan.FromSeconds(seconds), "InvalidOperationException"), outcome);
    }

    [Fact]
    public async Task The_reason_of_a_failure_says_what_broke_and_quotes_nothing()
    {
        Assert.Equal("storage: Full", await ReasonAsync(new StorageUnavailableException(StorageProblem.Full, Secret)));
        Assert.Equal("damaged row, column Title", await ReasonAsync(new StoredRowException(new EntityKey("p", "r"), "Title")));
        Assert.Equal("StorageLimitException", await ReasonAsync(new StorageLimitException("Items", new EntityKey("p", "r"), "Title", Secret, 1)));
        Assert.Equal("AggregateException", await ReasonAsync(new AggregateException(Secret, new InvalidOperationException(Secret))));

        Assert.Equal(4, _log.Lines.Count);
        Assert.All(_log.Lines, line => Assert.DoesNotContain(Secret, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failure_is_logged_once_with_subject_job_and_kind()
    {
        await RunAsync((_, _) => throw new InvalidOperationException(Secret));

        Assert.StartsWith("Error: source-1 failed in visit-source: InvalidOperationException", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    public async Task A_message_that_is_given_up_is_told_with_its_reason(int attempt, int lines)
    {
        await RunAsync((_, _) => throw new InvalidOperationException(Secret), attempt);

        Assert.Equal(lines, _log.Lines.Count);
        Assert.Equal(lines == 2, _log.Lines.Contains("Error: A message of visit-source was given up: InvalidOperationException"));
    }

    [Fact]
    public async Task A_message_that_can_never_succeed_is_told_too()
    {
        await RunAsync("{");

        Assert.Equal("Error: A message of visit-source was given up: malformed: a JSON object is expected", Assert.Single(_log.Lines));
    }

    [Fact]
    public async Task A_stop_is_no_failure()
    {
        using var stop = new CancellationTokenSource();
        var runner = Runner(async (_, token) =>
        {
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
            return new JobResult.NothingDue();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync(Work(new WorkItem("visit-source", "source-1").Write()), stop.Token));

        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task A_cancellation_nobody_asked_for_is_a_failure()
    {
        var outcome = await RunAsync((_, _) => throw new TaskCanceledException(Secret));

        Assert.Equal(new WorkOutcome.Failed(TimeSpan.FromSeconds(1), "TaskCanceledException"), outcome);
    }

    [Fact]
    public async Task A_message_no_job_serves_is_poison()
    {
        Assert.Equal(new WorkOutcome.Poison("no job has this kind"), await RunAsync(new WorkItem("no-such-kind", "source-1").Write()));
    }

    [Theory]
    [InlineData("{}", "malformed: workKind and workSubject are expected")]
    [InlineData(Secret, "malformed: a JSON object is expected")]
    public async Task A_malformed_message_is_poison_and_not_quoted(string body, string reason)
    {
        Assert.Equal(new WorkOutcome.Poison(reason), await RunAsync(body));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(23.99, true)]
    [InlineData(24, false)]
    [InlineData(1000, false)]
    public async Task A_newer_message_waits_a_day_for_its_program(double hours, bool waits)
    {
        var work = Work("""{"workKind":"visit-source","workSubject":"source-1","workVersion":7}""");
        Clock.Advance(TimeSpan.FromHours(hours));

        var outcome = await Runner((_, _) => throw new InvalidOperationException()).RunAsync(work, CancellationToken.None);

        Assert.Equal(waits ? new WorkOutcome.Deferred(TimeSpan.FromMinutes(10)) : new WorkOutcome.Poison("written by a newer version (7)"), outcome);
    }

    [Fact]
    public void The_kinds_are_those_of_the_jobs()
    {
        Assert.Equal(["visit-source"], Runner((_, _) => throw new InvalidOperationException()).Kinds);
    }

    [Fact]
    public async Task A_timer_job_is_recorded_with_its_times_and_summary()
    {
        var started = Clock.GetUtcNow();

        Assert.True(await KnockAsync(new JobResult.Done("3 enqueued")));

        Assert.Equal([new JobRecord("PollFeeds", started, started.AddSeconds(5), LastFailed: null, "3 enqueued")], await RecordsAsync());
    }

    [Theory]
    [InlineData(false, "nothing due")]
    [InlineData(true, "not now")]
    public async Task A_timer_job_without_work_is_recorded_too(bool notNow, string outcome)
    {
        await KnockAsync(notNow ? new JobResult.NotNow(TimeSpan.FromMinutes(1)) : new JobResult.NothingDue());

        Assert.Equal(outcome, Assert.Single(await RecordsAsync()).LastOutcome);
    }

    [Fact]
    public async Task A_failed_timer_job_is_recorded_without_the_words_of_the_failure()
    {
        var started = Clock.GetUtcNow();

        Assert.False(await KnockAsync(new InvalidOperationException(Secret)));

        Assert.Equal([new JobRecord("PollFeeds", started, LastSucceeded: null, started.AddSeconds(5), "InvalidOperationException")], await RecordsAsync());
        var line = Assert.Single(_log.Lines);
        Assert.StartsWith("Error: PollFeeds failed in timer: InvalidOperationException", line, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_refuses_the_record_too_leaves_two_log_lines()
    {
        var broken = new HookedTables(Engine.Tables, _ => throw new StorageUnavailableException(StorageProblem.Full, Secret));
        var runner = new JobRunner([], Engine.Queue, new JobLog(broken), Clock, _log);

        Assert.False(await runner.RunAsync(new Knock(() => throw new InvalidOperationException(Secret)), CancellationToken.None));

        Assert.Equal(2, _log.Lines.Count);
        Assert.StartsWith("Error: PollFeeds failed in job log: Full", _log.Lines.Last(), StringComparison.Ordinal);
        Assert.All(_log.Lines, line => Assert.DoesNotContain(Secret, line, StringComparison.Ordinal));
    }

    private JobRunner Runner(Func<string, CancellationToken, Task<JobResult>> run) => new([new Job(run)], Engine.Queue, new JobLog(Engine.Tables), Clock, _log);

    private ReceivedWork Work(string body, int attempt = 1) => new("visit-source", "1", "1", body, attempt, Clock.GetUtcNow(), Clock.GetUtcNow().AddMinutes(5));

    private Task<WorkOutcome> RunAsync(Func<string, CancellationToken, Task<JobResult>> run, int attempt = 1) =>
        Runner(run).RunAsync(Work(new WorkItem("visit-source", "source-1").Write(), attempt), CancellationToken.None);

    private Task<WorkOutcome> RunAsync(string body) => Runner((_, _) => throw new InvalidOperationException()).RunAsync(Work(body), CancellationToken.None);

    private async Task<string> ReasonAsync(Exception failure) => Assert.IsType<WorkOutcome.Failed>(await RunAsync((_, _) => throw failure)).Reason;

    private Task<bool> KnockAsync(object resultOrFailure) => Runner((_, _) => throw new InvalidOperationException()).RunAsync(
        new Knock(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(5));
            return resultOrFailure as JobResult ?? throw (Exception)resultOrFailure;
        }),
        CancellationToken.None);

    private Task<IReadOnlyList<JobRecord>> RecordsAsync() => new JobLog(Engine.Tables).ListAsync(CancellationToken.None);

    private Task<IReadOnlyList<ReceivedWork>> ReceiveAsync() => Engine.Queue.ReceiveAsync("visit-source", 10, TimeSpan.FromMinutes(5), CancellationToken.None);

    private sealed class Job(Func<string, CancellationToken, Task<JobResult>> run) : IWorkJob
    {
        public string Kind => "visit-source";

        public Task<JobResult> RunAsync(string subject, CancellationToken cancellationToken) => run(subject, cancellationToken);
    }

    private sealed class Knock(Func<JobResult> run) : IKnock
    {
        public string Name => "PollFeeds";

        public async Task<JobResult> RunAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            return run();
        }
    }
}
