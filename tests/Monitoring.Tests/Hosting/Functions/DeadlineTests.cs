using Microsoft.Extensions.DependencyInjection;
using Monitoring.App.Hosting;
using Monitoring.App.Hosting.Functions;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Hosting.Functions;

/// <summary>A job that does not end is cut off and reported, before the host kills the process for it with everything that runs in it.</summary>
public sealed class DeadlineTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = new FunctionsOptions().Deadline;

    private readonly TestClock _clock = new();
    private HandlerKit? _kit;

    public async Task InitializeAsync() => _kit = await HandlerKit.StartAsync(_clock);

    public Task DisposeAsync() => _kit!.DisposeAsync().AsTask();

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // it does not look at the token
    public async Task A_job_that_hangs_is_answered_as_failed_at_the_deadline(bool obeys)
    {
        var answer = Runs(new HangingKnock(obeys)).RunAsync("Hang", default);

        _clock.Advance(Deadline - TimeSpan.FromSeconds(1));
        Assert.False(answer.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(FunctionAnswer.Failed("cut off after 00:07:00"), await answer);
    }

    [Fact]
    public async Task Work_that_was_cut_off_is_given_again_and_not_given_up()
    {
        var hanging = new HangingJob();
        var runner = ActivatorUtilities.CreateInstance<JobRunner>(_kit!.Station.Services, (IEnumerable<IWorkJob>)[hanging]);
        var queue = ActivatorUtilities.CreateInstance<QueueRun>(_kit.Station.Services, runner);
        var runs = new FunctionRuns([], runner, queue, _kit!.Station.Get<Watchdog>(), new FunctionsOptions(), _clock);
        var body = System.Text.Json.JsonDocument.Parse("""{"Data":{"msg":{"workKind":"hang","workSubject":"s"}},"Metadata":{"DequeueCount":"5"}}""").RootElement;

        var answer = runs.RunAsync("Hang", body);
        _clock.Advance(Deadline);

        Assert.Equal(500, (await answer).Status);
        Assert.Empty(await _kit.PoisonAsync());
    }

    private FunctionRuns Runs(IKnock knock) => new([knock], _kit!.Station.Get<JobRunner>(), _kit.Station.Get<QueueRun>(), _kit!.Station.Get<Watchdog>(), new FunctionsOptions(), _clock);

    private sealed class HangingKnock(bool obeys) : IKnock
    {
        public string Name => "Hang";

        public async Task<JobResult> RunAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, obeys ? cancellationToken : CancellationToken.None);
            return new JobResult.NothingDue();
        }
    }

    private sealed class HangingJob : IWorkJob
    {
        public string Kind => "hang";

        public async Task<JobResult> RunAsync(string subject, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new JobResult.NothingDue();
        }
    }
}
