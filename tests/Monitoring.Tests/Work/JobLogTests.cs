using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Work;

public sealed class JobLogTests : EngineContract
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    private JobLog Log => new(Engine.Tables);

    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));

    [Fact]
    public async Task A_job_that_never_ran_has_no_record()
    {
        Assert.Empty(await Log.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_success_is_recorded_with_its_summary()
    {
        await Log.SucceededAsync("PollFeeds", Start, Start.AddSeconds(2), "3 enqueued", CancellationToken.None);

        Assert.Equal([new JobRecord("PollFeeds", Start, Start.AddSeconds(2), LastFailed: null, "3 enqueued")], await Log.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_failure_leaves_the_time_of_the_last_success()
    {
        await Log.SucceededAsync("PollFeeds", Start, Start.AddSeconds(2), "3 enqueued", CancellationToken.None);

        await Log.FailedAsync("PollFeeds", Start.AddMinutes(1), Start.AddMinutes(2), "storage: Locked", CancellationToken.None);

        Assert.Equal(
            [new JobRecord("PollFeeds", Start.AddMinutes(1), Start.AddSeconds(2), Start.AddMinutes(2), "storage: Locked")],
            await Log.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_success_leaves_the_time_of_the_last_failure()
    {
        await Log.FailedAsync("PollFeeds", Start, Start.AddSeconds(2), "storage: Locked", CancellationToken.None);

        await Log.SucceededAsync("PollFeeds", Start.AddMinutes(1), Start.AddMinutes(2), "nothing due", CancellationToken.None);

        Assert.Equal(
            [new JobRecord("PollFeeds", Start.AddMinutes(1), Start.AddMinutes(2), Start.AddSeconds(2), "nothing due")],
            await Log.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Jobs_are_listed_by_name()
    {
        await Log.SucceededAsync("SendAlerts", Start, Start, "", CancellationToken.None);
        await Log.SucceededAsync("PollFeeds", Start, Start, "", CancellationToken.None);

        Assert.Equal(["PollFeeds", "SendAlerts"], (await Log.ListAsync(CancellationToken.None)).Select(record => record.Name));
    }
}
