using System.Net;
using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.EndToEnd.FunctionsHost;
using Monitoring.EndToEnd.Support;
using Monitoring.Work;
using Xunit.Abstractions;

namespace Monitoring.EndToEnd;

/// <summary>The program under a stand-in of the Functions host, on Azurite: a world is worked through completely, also when the handler dies again and again.</summary>
public sealed class FunctionsHostTests(ITestOutputHelper output)
{
    private const int Feeds = 40;
    private const int FeedsWithKills = 80;

    /// <summary>So few that no message can have met a death at every delivery: it would be given up, and rightly.</summary>
    private const int MostKills = IWorkQueue.MaxDequeueCount - 1;

    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task A_world_is_worked_through_by_timers_and_queue_triggers_alone()
    {
        await using var world = await HostedPress.StartAsync(Feeds);
        await using var host = await world.HostAsync();

        await world.DoneAsync(host, AtMost, _ => { });

        output.WriteLine($"{Feeds} feeds, {Summary(world, host)}\n\n{host.Transcript("PollFeeds")}\n\n{host.Transcript("VisitSource")}");
        await world.AssertOnceAsync();
        Assert.False(host.Tally.ContainsKey("failed"), host.Output);
        await AssertClosedAsync(host);
        await AssertHeardAsync(world, host);
    }

    [Fact]
    public async Task A_handler_that_is_killed_at_random_moments_loses_nothing()
    {
        var (random, kills) = (new Random(4), 0);
        await using var world = await HostedPress.StartAsync(FeedsWithKills);
        await using var host = await world.HostAsync();
        var next = DateTimeOffset.UtcNow.AddSeconds(2);

        await world.DoneAsync(host, AtMost, _ =>
        {
            if (kills < MostKills && DateTimeOffset.UtcNow > next && !host.Handler.HasExited)
            {
                host.Handler.Kill();
                (next, kills) = (DateTimeOffset.UtcNow.AddSeconds(2 + 2 * random.NextDouble()), kills + 1);
            }
        });

        output.WriteLine($"{FeedsWithKills} feeds, {kills} kills, {Summary(world, host)}");
        Assert.True(kills > 0);
        await world.AssertOnceAsync();
    }

    [Fact]
    public async Task Messages_nobody_can_read_are_given_up_with_a_reason_and_the_rest_goes_on()
    {
        await using var world = await HostedPress.StartAsync(feeds: 3);
        await world.App.PutMessageAsync("visit-source", "no JSON");
        await world.App.PutMessageAsync("visit-source", """{"id":1,"sys":2,"dequeueCount":77}""");
        await using var host = await world.HostAsync();

        await world.DoneAsync(host, AtMost, _ => { });

        Assert.Equal(["malformed: a JSON object is expected", "malformed: workKind and workSubject are expected"], (await world.App.PoisonAsync()).Select(poison => poison.Reason).Order());
        Assert.Equal(3, world.Visits);
    }

    [Fact]
    public async Task A_message_that_kills_its_handler_five_times_is_given_up_and_the_rest_goes_on()
    {
        const string Deadly = """{"workKind":"visit-source","workSubject":"deadly"}""";
        await using var world = await HostedPress.StartAsync(feeds: 0);
        await world.App.PutMessageAsync("visit-source", Deadly);
        await using var host = await world.HostAsync(isDeadly: message => message.Body == Deadly);

        await Eventually.Async(async () => (await world.App.PoisonAsync()).Count > 0, AtMost, () => $"a message given up\n{host.Output}");
        await world.ListAsync(feeds: 3);
        await world.DoneAsync(host, AtMost, _ => { });

        output.WriteLine(Summary(world, host));
        var poison = Assert.Single(await world.App.PoisonAsync());
        Assert.Equal(("visit-source", Deadly, "given up by the Functions host after five attempts"), (poison.Kind, poison.Body, poison.Reason));
        Assert.Equal((5, 1), (host.Tally["handler restarted"], host.Tally["moved to -poison"]));
        Assert.Equal(3, world.Visits);
    }

    [Fact]
    public async Task A_function_that_outlives_its_timeout_costs_the_handler_its_life_and_nothing_else()
    {
        await using var world = await HostedPress.StartAsync(feeds: 5);
        world.HangOnce(feed: 3);
        await using var host = await world.HostAsync(functionTimeout: TimeSpan.FromSeconds(10));

        await world.DoneAsync(host, AtMost, _ => { });

        output.WriteLine(Summary(world, host));
        Assert.Equal((1, 1), (host.Tally["timed out"], host.Tally["handler restarted"]));
        await world.AssertOnceAsync();
    }

    /// <summary>Visitors come through the host, with every header of the host forged.</summary>
    private static async Task AssertClosedAsync(HostStandIn host)
    {
        foreach (var function in new[] { "/PollFeeds", "/VisitSource", "/visitsource" })
        {
            using var answer = await host.VisitAsync(HttpMethod.Post, function, ("X-Azure-Functions-InvocationId", "1"));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var closed = await host.VisitAsync(HttpMethod.Get, "/", ("X-MS-CLIENT-PRINCIPAL", "e30="));
        Assert.Equal(HttpStatusCode.Unauthorized, closed.StatusCode);
        using var open = await host.VisitAsync(HttpMethod.Get, "/", ("Authorization", $"Bearer {HostedApp.Token}"));
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
    }

    /// <summary>What has no token comes through the host as well, byte for byte: a provider's signed events, and the click by which a mail program leaves a list.</summary>
    private static async Task AssertHeardAsync(HostedPress world, HostStandIn host)
    {
        var mail = (await world.App.Station.Get<Outbox>().ListAsync(after: null, take: 1, CancellationToken.None)).Mails[0];
        var states = world.App.Station.Get<RecipientStates>();
        var token = (await states.GetAsync(mail.RecipientId, CancellationToken.None)).Token;
        var told = $"[{{\"event\":\"delivered\",\"monitoring_id\":\"{mail.Key}\",\"sg_event_id\":\"e1\",\"timestamp\":{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}}}\r\n]\r\n";

        using var heard = await HostedPress.TellAsync(host, told);
        using var click = await host.PostAsync($"/unsubscribe/alerts/{token}", new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (heard.StatusCode, click.StatusCode));
        Assert.Contains("delivered", (await world.App.Station.Get<Outbox>().GetAsync(mail.Key, CancellationToken.None))!.Steps.Select(step => step.What));
        Assert.NotNull((await states.GetAsync(mail.RecipientId, CancellationToken.None)).AlertsStopped);
    }

    private static string Summary(HostedPress world, HostStandIn host) =>
        $"{world.Visits} visits; invocations: {string.Join(", ", host.Tally.Select(pair => $"{pair.Key} {pair.Value}"))}";
}
