using Monitoring.App.Hosting;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Hosting.Functions;

/// <summary>Queues deliver at least once and in no order: what is stored in the end is what one delivery of each leaves.</summary>
public sealed class RepeatedDeliveryTests : IAsyncLifetime
{
    private const string Feed = """
        <rss version="2.0"><channel><title>Лента</title>
        <item><guid isPermaLink="false">1</guid><title>Мирас Кыранбеков задержан</title><pubDate>Sun, 22 Nov 2026 02:00:00 GMT</pubDate></item>
        <item><guid isPermaLink="false">2</guid><title>Погода</title><pubDate>Sun, 22 Nov 2026 02:00:00 GMT</pubDate></item>
        </channel></rss>
        """;

    private static readonly string[] Tables = ["Items", "Mentions", "Flags", "Mails", "Pending", "Poison"];

    private readonly TempFolder _folder = new();
    private LoopbackWeb? _web;

    public async Task InitializeAsync()
    {
        _web = await LoopbackWeb.StartAsync();
        _web.On("/feed", Feed);
    }

    public async Task DisposeAsync()
    {
        await _web!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_message_delivered_twice_at_once_makes_one_visit()
    {
        await using var kit = await StartAsync();

        var answers = await Task.WhenAll(kit.DeliverAsync("VisitSource", Message("visit-source")), kit.DeliverAsync("VisitSource", Message("visit-source"), count: 2));

        Assert.All(answers, answer => Assert.Equal((200, "VisitSource: done"), (answer.Status, answer.Line)));
        await FinishAsync(kit);
        Assert.Single(_web!.Requests);
        Assert.Equal(await OrdinaryAsync(), await DumpAsync(kit.Station));
    }

    [Fact]
    public async Task Messages_that_come_before_their_cause_do_nothing_and_those_after_it_everything()
    {
        await using var kit = await StartAsync();

        Assert.Equal((200, "Understand: done"), Short(await kit.DeliverAsync("Understand", Message("understand"))));
        Assert.Equal((200, "SendMail: done"), Short(await kit.DeliverAsync("SendMail", """{"workKind":"send-mail","workSubject":"20261122.none"}""")));
        Assert.Equal((200, "CheckSite: done"), Short(await kit.DeliverAsync("CheckSite", Message("check-site"))));
        Assert.Equal((200, "ComposeDigest: done"), Short(await kit.DeliverAsync("ComposeDigest", Message("compose-digest"))));
        await FinishAsync(kit);

        Assert.Equal(await OrdinaryAsync(), await DumpAsync(kit.Station));
    }

    /// <summary>A feed that is due, and its message in the queue.</summary>
    private async Task<HandlerKit> StartAsync()
    {
        var kit = await HandlerKit.StartWithAsync(new TestClock(), $$"""
            country: KZ
            persons: [{ id: person-1, name: Мирас Кыранбеков }]
            topics: [{ id: topic-1, name: Detention, severity: critical, keywords: ["задержан*"] }]
            feeds: [{ id: feed-1, name: Лента, url: "{{_web!.Url("/feed")}}" }]
            """);
        Assert.Equal("PollFeeds: done", (await kit.PostAsync("PollFeeds", "{}")).Line);
        return kit;
    }

    /// <summary>What one delivery of each message leaves.</summary>
    private async Task<string> OrdinaryAsync()
    {
        await using var kit = await StartAsync();
        await FinishAsync(kit);
        var dump = await DumpAsync(kit.Station);
        Assert.Contains("Flags", dump, StringComparison.Ordinal);
        return dump;
    }

    /// <summary>Delivers what is waiting until nothing is.</summary>
    private static async Task FinishAsync(HandlerKit kit)
    {
        var clock = (TestClock)kit.Station.Get<TimeProvider>();
        while (await kit.Queue.GetStateAsync(CancellationToken.None) is { Count: > 0 } states)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            foreach (var work in await kit.Queue.ReceiveAsync(states[0].Kind, 10, TimeSpan.FromMinutes(1), CancellationToken.None))
            {
                Assert.Equal(200, (await kit.DeliverAsync(App.Hosting.Functions.FunctionRuns.NameOf(work.Kind), work.Body)).Status);
                await kit.Queue.CompleteAsync(work, CancellationToken.None);
            }
        }
    }

    /// <summary>Keys of what was found and told, without times.</summary>
    private static async Task<string> DumpAsync(Station station)
    {
        var lines = new List<string>();
        foreach (var table in Tables)
        {
            await foreach (var row in station.Get<ITables>().Open(table).EnumerateAllAsync(CancellationToken.None))
            {
                lines.Add($"{table} {row.Key} {row.GetText("Title")} {row.GetText("UnderstoodBy")}");
            }
        }

        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    private static string Message(string kind) => $$"""{"workKind":"{{kind}}","workSubject":"feed-1","workVersion":1}""";

    private static (int, string) Short(HandlerAnswer answer) => (answer.Status, answer.Line);
}
