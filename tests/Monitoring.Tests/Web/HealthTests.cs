using System.Net;
using System.Text.Json;
using Monitoring.App.Hosting;
using Monitoring.App.Web;
using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Web;

/// <summary>Liveness says that the process answers, readiness that the work is done.</summary>
public sealed class HealthTests : EngineContract
{
    private JobLog Log => new(Engine.Tables);

    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));

    [Fact]
    public async Task A_program_that_never_looked_for_work_lives_and_is_not_ready()
    {
        await using var world = await SmallWorld.StartAsync();

        using var alive = await world.Client.GetAsync("/healthz");
        using var ready = await world.Client.GetAsync("/readyz");

        Assert.Equal((HttpStatusCode.OK, "ok"), (alive.StatusCode, await alive.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("storage+ poll- check- work+", Short(await ready.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_program_at_work_is_ready_and_tells_nothing_of_it()
    {
        await using var world = await SmallWorld.StartAsync();
        await world.LiveAsync();

        using var ready = await world.Client.GetAsync("/readyz");
        var json = await ready.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.OK, "storage+ poll+ check+ work+"), (ready.StatusCode, Short(json)));
        Assert.Matches("""^\{"ready":true,"conditions":\[(\{"name":"[a-z]+","good":true,"ageSeconds":(null|[0-9.E-]+),"promiseSeconds":[0-9]+\},?){4}\]\}$""", json);
    }

    [Theory]
    [InlineData(1800, "storage+ poll+ check+ work+")]
    [InlineData(1801, "storage+ poll- check- work+")]
    public async Task A_look_older_than_its_promise_is_no_longer_good(int seconds, string expected)
    {
        await LookAsync("PollFeeds", "CheckSites");
        Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected, Short(await JudgeAsync()));
    }

    [Fact]
    public async Task A_failed_look_does_not_count()
    {
        await LookAsync("PollFeeds", "CheckSites");
        Clock.Advance(TimeSpan.FromMinutes(29));
        await LookAsync("CheckSites");
        await Log.FailedAsync("PollFeeds", Clock.GetUtcNow(), Clock.GetUtcNow(), "storage: Locked", CancellationToken.None);
        Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal("storage+ poll- check+ work+", Short(await JudgeAsync()));
    }

    [Fact]
    public async Task Work_that_nobody_does_is_seen_though_the_timers_run()
    {
        await Engine.Queue.EnqueueAsync(new WorkItem("visit-source", "feed-1"), TimeSpan.Zero, CancellationToken.None);
        Clock.Advance(TimeSpan.FromMinutes(31));
        await LookAsync("PollFeeds", "CheckSites");

        Assert.Equal("storage+ poll+ check+ work-", Short(await JudgeAsync()));
    }

    [Fact]
    public async Task A_store_that_fails_is_not_ready()
    {
        var broken = new HookedTables(Engine.Tables, _ => throw new StorageUnavailableException(StorageProblem.Unreachable, "secret words"));

        Assert.Equal("storage- poll- check- work-", Short(await JudgeAsync(broken)));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_in_time_is_not_ready()
    {
        var asked = new TaskCompletionSource();
        var silent = new HookedTables(Engine.Tables, _ =>
        {
            asked.TrySetResult();
            return new TaskCompletionSource().Task;
        });
        var judging = JudgeAsync(silent);
        await asked.Task;

        Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("storage- poll- check- work-", Short(await judging));
    }

    [Fact]
    public async Task Many_visitors_cost_the_store_one_look()
    {
        var looks = 0;
        var counted = new HookedTables(Engine.Tables, _ =>
        {
            looks++;
            return Task.CompletedTask;
        });
        var readiness = Readiness(counted);
        await readiness.GetAsync(CancellationToken.None);
        var first = looks;

        await readiness.GetAsync(CancellationToken.None);
        var second = looks;
        Clock.Advance(TimeSpan.FromSeconds(6));
        await readiness.GetAsync(CancellationToken.None);

        Assert.Equal((first, first * 2), (second, looks));
    }

    private async Task LookAsync(params string[] jobs)
    {
        foreach (var job in jobs)
        {
            await Log.SucceededAsync(job, Clock.GetUtcNow(), Clock.GetUtcNow(), "nothing due", CancellationToken.None);
        }
    }

    private Readiness Readiness(ITables tables) => new(new JobLog(tables), Engine.Queue, new HealthOptions(), Clock);

    private async Task<string> JudgeAsync(ITables? tables = null) =>
        JsonSerializer.Serialize(await Readiness(tables ?? Engine.Tables).GetAsync(CancellationToken.None), JsonSerializerOptions.Web);

    private static string Short(string json)
    {
        using var report = JsonDocument.Parse(json);
        var conditions = report.RootElement.GetProperty("conditions").EnumerateArray().ToList();
        Assert.Equal(report.RootElement.GetProperty("ready").GetBoolean(), conditions.TrueForAll(condition => condition.GetProperty("good").GetBoolean()));
        return string.Join(' ', conditions.Select(condition => $"{condition.GetProperty("name").GetString()}{(condition.GetProperty("good").GetBoolean() ? '+' : '-')}"));
    }
}
