using System.Text.Json;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Hosting.Functions;

/// <summary>Whatever the host posts, and whatever lies in its queues: an answer it understands, and no message is lost.</summary>
public sealed class InvocationTests : IAsyncLifetime
{
    private const string Visit = """{"workKind":"visit-source","workSubject":"no-such-source","workVersion":1}""";
    private const string Newer = """{"workKind":"visit-source","workSubject":"source-1","workVersion":7,"workColour":{"deep":["red"]}}""";

    private readonly TestClock _clock = new();
    private HandlerKit? _kit;

    private HandlerKit Kit => _kit ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync() => _kit = await HandlerKit.StartAsync(_clock);

    public Task DisposeAsync() => Kit.DisposeAsync().AsTask();

    [Theory]
    [InlineData("""{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}},"Metadata":{"sys":{"MethodName":"PollFeeds"}}}""", "PollFeeds: done")]
    [InlineData("""{"Data":{"timer":{"ScheduleStatus":{"Last":"0001-01-01T00:00:00","Next":"2020-01-01T00:00:00+00:00"},"IsPastDue":true}},"Metadata":{}}""", "PollFeeds: done, past due")] // years late
    [InlineData("""{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"2026-11-22T00:00:00+00:00","Next":"2026-11-22T00:00:30+00:00","LastUpdated":"2026-11-22T00:00:00+00:00"},"IsPastDue":true}},"Metadata":{"sys":{"MethodName":"PollFeeds","UtcNow":"2026-11-22T03:00:00Z","RandGuid":"24ad4c06-0000-0000-0000-000000000000"},"RetryContext":{"RetryCount":1,"MaxRetryCount":3,"Exception":{"Message":"failed","ClassName":"System.Exception"}}}}""", "PollFeeds: done, past due")] // three hours late, and tried again
    [InlineData("""{"Data":{"timer":{"IsPastDue":"yes"}},"Metadata":{"RetryContext":{"RetryCount":2,"MaxRetryCount":3,"Exception":null}}}""", "PollFeeds: done")]
    [InlineData("{}", "PollFeeds: done")] // a knock needs nothing of it
    [InlineData("""{"Data":[]}""", "PollFeeds: done")]
    public async Task A_timer_knocks_whatever_the_host_says_of_it(string body, string line)
    {
        var answer = await Kit.PostAsync("PollFeeds", body);

        Assert.Equal((200, "application/json", line), (answer.Status, answer.MediaType, answer.Line));
        Assert.Equal($$"""{"Outputs":{},"Logs":["{{line}}"],"ReturnValue":null}""", answer.Body);
        Assert.NotNull(Assert.Single(await Kit.Station.Get<JobLog>().ListAsync(CancellationToken.None)).LastSucceeded);
    }

    [Theory]
    [InlineData("""{"Data":{"msg":"\"{\\\"workKind\\\":\\\"visit-source\\\",\\\"workSubject\\\":\\\"s\\\"}\""},"Metadata":{"DequeueCount":"1"}}""")] // doubled, as the host writes it
    [InlineData("""{"Data":{"msg":"{\"workKind\":\"visit-source\",\"workSubject\":\"s\"}"},"Metadata":{"DequeueCount":1}}""")] // as its documentation shows it
    [InlineData("""{"Data":{"msg":{"workKind":"visit-source","workSubject":"s"}}}""")] // an object, and no metadata at all
    [InlineData("""{"Data":{"msg":{"workKind":"visit-source","workSubject":"s"}},"Metadata":{"DequeueCount":"many","InsertionTime":{},"Id":[]}}""")] // overwritten by the message
    public async Task A_message_is_read_however_the_host_wraps_it(string body)
    {
        var answer = await Kit.PostAsync("visitsource", body);

        Assert.Equal((200, "visitsource: done"), (answer.Status, answer.Line));
        Assert.Empty(await Kit.PoisonAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("{\"Data\":{\"msg\":")]
    [InlineData("{}")]
    [InlineData("""{"Data":null,"Metadata":null}""")]
    [InlineData("""{"Data":{}}""")]
    [InlineData("""{"Data":{"msg":null}}""")]
    [InlineData("[]")]
    public async Task A_payload_without_a_message_is_refused_so_that_the_host_keeps_the_message(string body)
    {
        var answer = await Kit.PostAsync("VisitSource", body);

        Assert.Equal((400, "application/json"), (answer.Status, answer.MediaType));
        Assert.EndsWith("expected", answer.Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payload_without_end_is_refused()
    {
        Assert.Equal(413, (await Kit.PostAsync("VisitSource", "\"" + new string('x', 3_000_000) + "\"")).Status);
    }

    [Theory]
    [InlineData("hello", "malformed: a JSON object is expected")]
    [InlineData("1", "malformed: a JSON object is expected")]
    [InlineData("{\"id\":42,\"sys\":1,\"dequeueCount\":99}", "malformed: workKind and workSubject are expected")]
    [InlineData("\ufffd\ufffd", "malformed: a JSON object is expected")] // bytes that are no text
    [InlineData("""{"workKind":"no-such-kind","workSubject":"s"}""", "no job has this kind")]
    public async Task What_can_never_be_done_is_given_up_with_a_reason_and_the_rest_goes_on(string text, string reason)
    {
        var answer = await Kit.DeliverAsync("VisitSource", text);

        Assert.Equal((200, $"VisitSource: given up: {reason}"), (answer.Status, answer.Line));
        var poison = Assert.Single(await Kit.PoisonAsync());
        Assert.Equal(("visit-source", text, reason), (poison.Kind, poison.Body, poison.Reason));
        Assert.Equal("VisitSource: done", (await Kit.DeliverAsync("VisitSource", Visit)).Line);
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_given_up_and_kept_as_far_as_there_is_room()
    {
        var answer = await Kit.DeliverAsync("VisitSource", new string('\ufffd', WorkItem.MaxBytes));

        Assert.Equal((200, "VisitSource: given up: longer than 49152 bytes"), (answer.Status, answer.Line));
        Assert.Equal(WorkItem.MaxBytes / 3, Assert.Single(await Kit.PoisonAsync()).Body.Length);
    }

    [Fact]
    public async Task A_repeated_delivery_does_nothing_again()
    {
        Assert.Equal("VisitSource: done", (await Kit.DeliverAsync("VisitSource", Visit)).Line);
        Assert.Equal("VisitSource: done", (await Kit.DeliverAsync("VisitSource", Visit, count: 2)).Line);
        Assert.Equal("Understand: given up: malformed: a JSON object is expected", (await Kit.DeliverAsync("Understand", "x")).Line);
        Assert.Equal("Understand: given up: malformed: a JSON object is expected", (await Kit.DeliverAsync("Understand", "x", count: 2)).Line);

        Assert.Single(await Kit.PoisonAsync());
    }

    [Fact]
    public async Task A_newer_message_comes_again_as_it_was_until_a_day_has_passed()
    {
        var first = _clock.GetUtcNow();
        Assert.Equal("VisitSource: of a newer version, put back", (await Kit.DeliverAsync("VisitSource", Newer, inserted: first)).Line);
        _clock.Advance(TimeSpan.FromMinutes(10));

        var again = Assert.Single(await Kit.Queue.ReceiveAsync("visit-source", 10, TimeSpan.FromMinutes(1), CancellationToken.None));

        using var json = JsonDocument.Parse(again.Body);
        Assert.Equal(("red", first), (json.RootElement.GetProperty("workColour").GetProperty("deep")[0].GetString(), json.RootElement.GetProperty("workSince").GetDateTimeOffset()));
        _clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal("VisitSource: given up: written by a newer version (7)", (await Kit.DeliverAsync("VisitSource", again.Body)).Line);
    }

    [Fact]
    public async Task A_clock_that_jumps_back_gives_nothing_up()
    {
        Assert.Equal("VisitSource: of a newer version, put back", (await Kit.DeliverAsync("VisitSource", Newer, inserted: _clock.GetUtcNow().AddDays(30))).Line);
    }

    [Fact]
    public async Task What_the_host_gave_up_is_brought_to_the_others()
    {
        await Kit.Queue.EnqueueAsync(new WorkItem("visit-source-poison", "source-1"), TimeSpan.Zero, CancellationToken.None);

        Assert.Equal("CollectPoison: done", (await Kit.PostAsync("CollectPoison", "{}")).Line);

        var poison = Assert.Single(await Kit.PoisonAsync());
        Assert.Equal(("visit-source", "given up by the Functions host after five attempts"), (poison.Kind, poison.Reason));
        Assert.Empty(await Kit.Queue.GetStateAsync(CancellationToken.None));
    }
}
