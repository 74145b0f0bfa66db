using System.Globalization;
using System.Net;
using Monitoring.EndToEnd.FunctionsHost;
using Xunit.Abstractions;

namespace Monitoring.EndToEnd;

/// <summary>The program under a stand-in of the Functions host, on Azurite: a world is worked through completely, also when the handler dies again and again.</summary>
public sealed class FunctionsHostTests(ITestOutputHelper output)
{
    private const int Feeds = 40;
    private const int FeedsWithKills = 80;

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
    }

    [Fact]
    public async Task A_handler_that_is_killed_at_random_moments_loses_nothing()
    {
        var (random, kills) = (new Random(4), 0);
        await using var world = await HostedPress.StartAsync(FeedsWithKills);
        await using var host = await world.HostAsync();
        var next = DateTimeOffset.UtcNow.AddSeconds(4);

        await world.DoneAsync(host, AtMost, _ =>
        {
            if (DateTimeOffset.UtcNow > next && !host.Handler.HasExited)
            {
                host.Handler.Kill();
                (next, kills) = (DateTimeOffset.UtcNow.AddSeconds(4 + 4 * random.NextDouble()), kills + 1);
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
        await world.PutMessageAsync("visit-source", "no JSON");
        await world.PutMessageAsync("visit-source", """{"id":1,"sys":2,"dequeueCount":77}""");
        await using var host = await world.HostAsync();

        await world.DoneAsync(host, AtMost, _ => { });

        Assert.Equal(["malformed: a JSON object is expected", "malformed: workKind and workSubject are expected"], (await world.PoisonAsync()).Select(poison => poison.Reason).Order());
        Assert.Equal(3, world.Visits);
    }

    [Fact]
    public async Task The_time_from_a_cold_start_to_the_first_answer_is_told()
    {
        var times = new List<double>();
        await using var world = await HostedPress.StartAsync(feeds: 0);
        for (var start = 0; start < 5; start++)
        {
            await using var host = await world.HostAsync();
            times.Add(host.Handler.ToReady.TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Cold start to ready, median of 5: {times[2]:F0} ms (from {times[0]:F0} to {times[4]:F0})."));
        Assert.Equal(5, times.Count);
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
        using var open = await host.VisitAsync(HttpMethod.Get, "/", ("Authorization", $"Bearer {HostedPress.Token}"));
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
    }

    private static string Summary(HostedPress world, HostStandIn host) =>
        $"{world.Visits} visits; invocations: {string.Join(", ", host.Tally.Select(pair => $"{pair.Key} {pair.Value}"))}";
}
