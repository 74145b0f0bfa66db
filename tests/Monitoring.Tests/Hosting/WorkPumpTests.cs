using Microsoft.Extensions.Logging.Abstractions;
using Monitoring.App.Hosting;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Hosting;

public sealed class WorkPumpTests : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private SqliteEngine _engine = null!;

    public Task InitializeAsync()
    {
        _engine = new SqliteEngine(_clock);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task A_slow_job_holds_up_nobody_while_the_queue_is_drained()
    {
        foreach (var subject in new[] { "slow", "a", "b", "c" })
        {
            await _engine.Queue.EnqueueAsync(new WorkItem(SlowJob.WorkKind, subject), TimeSpan.Zero, CancellationToken.None);
        }

        // The slow one ends after all others: were they waited for in turns of two, nothing would ever end.
        Assert.Equal(4, await Pump(new SlowJob(others: 3), concurrency: 2).DrainAsync(CancellationToken.None));
        Assert.Empty(await _engine.Queue.GetStateAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Work_that_the_last_job_enqueues_is_drained_too()
    {
        await _engine.Queue.EnqueueAsync(new WorkItem(SlowJob.WorkKind, "again"), TimeSpan.Zero, CancellationToken.None);

        Assert.Equal(2, await Pump(new SlowJob(others: 1) { Then = new WorkItem(SlowJob.WorkKind, "a"), Queue = _engine.Queue }, concurrency: 8).DrainAsync(CancellationToken.None));
    }

    private WorkPump Pump(IWorkJob job, int concurrency)
    {
        var runner = new JobRunner([job], _engine.Queue, new JobLog(_engine.Tables), _clock, NullLogger<JobRunner>.Instance);
        return new WorkPump(_engine.Queue, runner, new WorkOptions { Concurrency = concurrency }, _clock, NullLogger<WorkPump>.Instance);
    }

    /// <summary>The subject <c>slow</c> ends when so many others have ended; <c>again</c> enqueues another item at its end.</summary>
    private sealed class SlowJob(int others) : IWorkJob
    {
        public const string WorkKind = "slow-work";

        private readonly TaskCompletionSource _allOthers = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _ended;

        public WorkItem? Then { get; init; }

        public IWorkQueue? Queue { get; init; }

        public string Kind => WorkKind;

        public async Task<JobResult> RunAsync(string subject, CancellationToken cancellationToken)
        {
            if (subject == "slow")
            {
                await _allOthers.Task.WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
            }
            else if (subject == "again")
            {
                await Queue!.EnqueueAsync(Then!, TimeSpan.Zero, cancellationToken);
            }
            else if (Interlocked.Increment(ref _ended) == others)
            {
                _allOthers.SetResult();
            }

            return new JobResult.Done(subject);
        }
    }
}
