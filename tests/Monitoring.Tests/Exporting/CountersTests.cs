using Monitoring.Alerts.Delivery;
using Monitoring.App.Exporting;
using Monitoring.App.Mailing;
using Monitoring.Storage;
using Monitoring.Tests.Mailing;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Exporting;

/// <summary>The counters count what the store says that happened.</summary>
public sealed class CountersTests : EngineContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));

    [Fact]
    public async Task A_small_world_is_counted_once_for_each_thing_that_happened()
    {
        await using var world = await SmallWorld.StartAsync();
        using var measured = new Measured();

        await world.LiveAsync();

        Assert.Equal("outcome=new: 2", measured.Sum("monitoring.items"));
        Assert.Matches("^kind=feed outcome=read: [2-4], kind=feed outcome=refused: [1-4]$", measured.Sum("monitoring.visits"));
        Assert.Equal("severity=critical: 1, severity=medium: 1", measured.Sum("monitoring.flags"));
        Assert.Equal(": 4", measured.Sum("monitoring.checks"));
        Assert.Equal("verdict=blocked.http_blockpage vantage.via=proxy: 4, verdict=reachable vantage.via=direct: 4", measured.Sum("monitoring.verdicts"));
        var mails = (await world.Station.Get<Outbox>().ListAsync(after: null, take: 100, CancellationToken.None)).Mails;
        Assert.Equal($"outcome=sent: {mails.Count(mail => mail.State is MailState.Sent)}", measured.Sum("monitoring.mails"));
    }

    [Fact]
    public async Task A_job_is_timed_with_what_came_of_it()
    {
        using var measured = new Measured();
        var runner = new JobRunner([new Job(Clock)], Engine.Queue, new JobLog(Engine.Tables), Clock, new LogLines<JobRunner>());
        foreach (var subject in (string[])["done", "nothing", "later", "fails"])
        {
            var body = new WorkItem("visit-source", subject).Write();
            await runner.RunAsync(new ReceivedWork("visit-source", "1", "1", body, 1, Clock.GetUtcNow(), Clock.GetUtcNow().AddMinutes(5)), CancellationToken.None);
        }

        Assert.Equal(
            [(2, "job=visit-source outcome=done"), (2, "job=visit-source outcome=nothing_due"), (2, "job=visit-source outcome=not_now"), (2, "job=visit-source outcome=failed")],
            measured.Of("monitoring.job.duration").Select(one => (one.Value, one.Tags)));
    }

    [Fact]
    public async Task Queues_are_gauged_by_length_and_age_and_empty_ones_too()
    {
        using var measured = new Measured();
        await Engine.Queue.EnqueueAsync(new WorkItem("visit-source", "feed-1"), TimeSpan.Zero, CancellationToken.None);
        await Engine.Queue.EnqueueAsync(new WorkItem("visit-source", "feed-2"), TimeSpan.Zero, CancellationToken.None);
        Clock.Advance(TimeSpan.FromSeconds(90));
        var gauges = Gauges(Engine.Queue);

        await gauges.LookAsync(CancellationToken.None);
        await Engine.Queue.PoisonAsync((await Engine.Queue.ReceiveAsync("visit-source", 1, TimeSpan.FromMinutes(1), CancellationToken.None))[0], "broken", CancellationToken.None);
        await gauges.LookAsync(CancellationToken.None);

        Assert.Equal([2.0, 1.0], measured.Of("monitoring.queue.length").Select(one => one.Value));
        Assert.Equal([90.0, 90.0], measured.Of("monitoring.queue.age").Select(one => one.Value));
        Assert.Equal([0.0, 1.0], measured.Of("monitoring.queue.poisoned").Select(one => one.Value));
    }

    [Fact]
    public async Task A_queue_without_messages_has_length_and_age_zero()
    {
        using var measured = new Measured();

        await Gauges(Engine.Queue).LookAsync(CancellationToken.None);

        Assert.Equal([(0.0, "queue=visit-source")], measured.Of("monitoring.queue.length").Select(one => (one.Value, one.Tags)));
        Assert.Equal([(0.0, "queue=visit-source")], measured.Of("monitoring.queue.age").Select(one => (one.Value, one.Tags)));
    }

    [Fact]
    public async Task What_does_not_leave_the_house_is_counted_and_told_without_the_recipient()
    {
        using var measured = new Measured();
        var log = new LogLines<CountedTransport>();
        foreach (var result in (DeliveryResult[])[new DeliveryResult.Sent(), new DeliveryResult.Failed("disk full"), new DeliveryResult.Refused("no such box")])
        {
            Assert.Same(result, await new CountedTransport(new Fixed(result), log).SendAsync(MimeWriterTests.Mail, CancellationToken.None));
        }

        Assert.Equal("outcome=failed: 1, outcome=refused: 1, outcome=sent: 1", measured.Sum("monitoring.mails"));
        Assert.Equal([$"Error: Mail {MimeWriterTests.Mail.Id} could not be sent: disk full", $"Error: Mail {MimeWriterTests.Mail.Id} could not be sent: no such box"], log.Lines);
    }

    private QueueGauges Gauges(IWorkQueue queue) =>
        new(queue, new JobRunner([new Job(Clock)], queue, new JobLog(Engine.Tables), Clock, new LogLines<JobRunner>()), new TelemetryOptions(), Clock);

    private sealed class Job(TestClock clock) : IWorkJob
    {
        public string Kind => "visit-source";

        public Task<JobResult> RunAsync(string subject, CancellationToken cancellationToken)
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            return subject switch
            {
                "done" => Task.FromResult<JobResult>(new JobResult.Done("done")),
                "nothing" => Task.FromResult<JobResult>(new JobResult.NothingDue()),
                "later" => Task.FromResult<JobResult>(new JobResult.NotNow(TimeSpan.FromMinutes(1))),
                _ => throw new StorageUnavailableException(StorageProblem.Full, "full"),
            };
        }
    }

    private sealed class Fixed(DeliveryResult result) : IMailTransport
    {
        public string Name => "fixed";

        public bool IsIdempotent => true;

        public Task<DeliveryResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken) => Task.FromResult(result);
    }
}
