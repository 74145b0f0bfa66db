using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Alerts;

/// <summary>What a provider that takes a mail twice did, and what the recipient got. The reader's digest is at 09:00, an hour after the clock starts; faults go on for eight.</summary>
public sealed class DeliveryFaultTests : IAsyncLifetime
{
    private MailKit _kit = null!;

    public async Task InitializeAsync()
    {
        _kit = await MailKit.CreateAsync(People.Reader());
        _kit.IsIdempotent = false;

        // From now on the reader is known, and the digest of nine o'clock is due.
        await _kit.DigestKnock.RunAsync(CancellationToken.None);
    }

    public async Task DisposeAsync() => await _kit.DisposeAsync();

    [Theory]
    [InlineData("sent", Severity.Critical, "Sent", 1, "mailed")]
    [InlineData("refused", Severity.Critical, "Failed", 1, "unsure")] // 400, 413, a wrong address
    [InlineData("failed", Severity.Critical, "Failed", 12, "unsure")] // 401, 429, 5xx for seven hours
    [InlineData("failed, sent", Severity.Critical, "Sent", 2, "mailed")] // 429, then taken
    [InlineData("unknown, sent", Severity.Critical, "Sent", 2, "mailed")] // urgent: once more after a quarter of an hour
    [InlineData("unknown", Severity.Critical, "Unknown", 2, "unsure")] // once more, not for ever
    [InlineData("unknown", Severity.Medium, "Unknown", 1, "unsure")] // not urgent: in the next digest instead
    [InlineData("crash, sent", Severity.Critical, "Sent", 2, "mailed")] // died while it was sending
    [InlineData("crash", Severity.Medium, "Unknown", 1, "unsure")]
    public async Task Whatever_the_provider_does_nobody_is_left_untold(string course, Severity severity, string state, int attempts, string digest)
    {
        var steps = new Queue<string>(course.Split(", "));
        _kit.Answer = _ => (steps.Count > 1 ? steps.Dequeue() : steps.Peek()) switch
        {
            "refused" => new DeliveryResult.Refused("no such box"),
            "failed" => new DeliveryResult.Failed("not now"),
            "unknown" => new DeliveryResult.Unknown("the line broke"),
            "crash" => throw new SimulatedCrashException(),
            _ => new DeliveryResult.Sent(),
        };
        var reader = People.Reader() with { AtOnce = Severity.Medium };
        await _kit.Router.TellAsync(People.Item(severity: severity), [reader], CancellationToken.None);

        for (var minute = 0; minute < 60 * 8; minute++)
        {
            await SendDueAsync();
            _kit.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var mail = await _kit.MailAsync();
        Assert.Equal((state, attempts), (mail.State.ToString(), _kit.Taken.Count));
        Assert.Single(_kit.Taken.Select(taken => taken.Id).Distinct());
        Assert.Equal(course.StartsWith("unknown", StringComparison.Ordinal) || course.StartsWith("crash", StringComparison.Ordinal), _kit.Taken.Count == 1 ? mail.State is MailState.Unknown : _kit.Taken[^1].Subject.EndsWith("(may be a repeat)", StringComparison.Ordinal));

        _kit.Answer = _ => new DeliveryResult.Sent();
        await _kit.DigestJob.RunAsync("recipient-1", CancellationToken.None);
        await _kit.SendAllAsync();
        var said = _kit.Taken[^1].Text;
        Assert.Contains(digest == "mailed" ? "Mailed to you 22 Nov 2026" : "cannot be sure that it reached you", said.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task A_provider_that_says_it_took_the_mail_stops_the_repeat(int afterMinutes)
    {
        _kit.Answer = _ => new DeliveryResult.Unknown("the line broke");
        await TellAsync();
        await SendDueAsync();
        _kit.Clock.Advance(TimeSpan.FromMinutes(afterMinutes));

        await HearAsync("event-1", MailEventKind.Taken);
        _kit.Clock.Advance(TimeSpan.FromMinutes(30));
        await SendDueAsync();

        Assert.Single(_kit.Taken);
        Assert.Equal(MailState.Sent, (await _kit.MailAsync()).State);
    }

    [Fact]
    public async Task A_provider_that_tells_of_the_mail_before_its_own_answer_comes_has_it()
    {
        _kit.Answer = _ =>
        {
            HearAsync("event-1", MailEventKind.Delivered).GetAwaiter().GetResult();
            return new DeliveryResult.Unknown("the line broke");
        };
        await TellAsync();
        await SendDueAsync();
        _kit.Clock.Advance(TimeSpan.FromHours(1));
        await SendDueAsync();

        Assert.Single(_kit.Taken);
        Assert.Equal((MailState.Sent, 0), ((await _kit.MailAsync()).State, await _kit.PendingAsync()));
    }

    [Fact]
    public async Task A_mail_that_the_receiving_server_refused_has_failed_and_its_address_is_not_suspended()
    {
        await TellAsync();
        await SendDueAsync();
        await HearAsync("event-1", MailEventKind.Blocked);

        Assert.Equal((MailState.Failed, null), ((await _kit.MailAsync()).State, (await _kit.States.GetAsync("recipient-1", CancellationToken.None)).Suspended));
    }

    [Fact]
    public async Task A_repeat_is_told_from_the_first_by_its_subject_and_first_line_and_has_the_same_id()
    {
        _kit.Answer = _ => new DeliveryResult.Unknown("the line broke");
        await TellAsync();
        await SendDueAsync();
        _kit.Clock.Advance(DeliveryPolicy.HearWithin);
        await SendDueAsync();

        var (first, repeat) = (_kit.Taken[0], _kit.Taken[1]);
        Assert.Equal((first.Id, first.Subject + " (may be a repeat)"), (repeat.Id, repeat.Subject));
        Assert.StartsWith("This may be a repeat:", repeat.Text, StringComparison.Ordinal);
        Assert.Contains("<strong>This may be a repeat:", repeat.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bounce_suspends_the_address_and_what_bounced_stands_in_the_digest_when_it_is_mended()
    {
        await TellAsync();
        await SendDueAsync();
        await HearAsync("event-1", MailEventKind.Delivered);
        await HearAsync("event-2", MailEventKind.Bounced);
        await HearAsync("event-2", MailEventKind.Bounced);
        _kit.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal((MailState.Failed, "bounced: 550 no such box"), ((await _kit.MailAsync()).State, (await _kit.MailAsync()).Reason));
        Assert.Equal(["sent", "delivered", "bounced: 550 no such box"], (await _kit.MailAsync()).Steps.Select(step => step.What.Replace(": 550 no such box", step.What.StartsWith('b') ? ": 550 no such box" : "", StringComparison.Ordinal)));
        await _kit.DigestJob.RunAsync("recipient-1", CancellationToken.None);
        Assert.Single(await _kit.MailsAsync());

        await _kit.States.UnsuspendAsync("recipient-1", CancellationToken.None);
        await _kit.DigestJob.RunAsync("recipient-1", CancellationToken.None);
        await _kit.SendAllAsync();
        Assert.Contains("cannot be sure that it reached you", _kit.Taken[^1].Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_suspended_address_and_a_complaint_suspends_it_too()
    {
        await TellAsync();
        await SendDueAsync();
        await HearAsync("event-1", MailEventKind.Complained);
        Assert.Equal(MailState.Sent, (await _kit.MailAsync()).State);

        await _kit.Router.TellAsync(People.Item("item.feed-1.2"), [People.Reader()], CancellationToken.None);
        await _kit.SendAllAsync();

        Assert.Single(_kit.Taken);
        Assert.Equal("called spam by the reader: 550 no such box", (await _kit.States.GetAsync("recipient-1", CancellationToken.None)).Why);
    }

    [Fact]
    public async Task Of_a_digest_that_did_not_arrive_everything_stands_in_the_next()
    {
        await _kit.QueueAsync("recipient-1", People.Item(severity: Severity.Medium));
        _kit.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var answer in (DeliveryResult[])[new DeliveryResult.Unknown("the line broke"), new DeliveryResult.Refused("no"), new DeliveryResult.Sent(), new DeliveryResult.Sent()])
        {
            _kit.Answer = _ => answer;
            _kit.Clock.Advance(TimeSpan.FromDays(1));
            await _kit.DigestJob.RunAsync("recipient-1", CancellationToken.None);
            await _kit.SendAllAsync();
        }

        Assert.Equal([1, 1, 1, 0], _kit.Taken.Select(mail => mail.Text.Split("Detention: Мирас Кыранбеков").Length - 1));
        Assert.Equal([false, true, true, false], _kit.Taken.Select(mail => mail.Text.Contains("cannot be sure", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Operators_are_told_once_a_day_of_mails_that_were_given_up_and_not_of_those_nobody_wants()
    {
        _kit.Options.Operators = "ops@example.org";
        _kit.Answer = mail => mail.To == "ops@example.org" ? new DeliveryResult.Sent() : new DeliveryResult.Refused("the mail server answered 550");
        foreach (var hours in (int[])[0, 1, 24])
        {
            _kit.Clock.Advance(TimeSpan.FromHours(hours));
            await _kit.Router.TellAsync(People.Item($"item.feed-1.{hours}"), [People.Reader()], CancellationToken.None);
            await _kit.SendAllAsync();
        }

        await _kit.States.StopAsync("recipient-1", MailList.Alerts, _kit.Clock.GetUtcNow(), CancellationToken.None);
        _kit.Clock.Advance(TimeSpan.FromDays(2));
        await _kit.Outbox.ResendAsync((await _kit.MailsAsync())[0], _kit.Clock.GetUtcNow(), CancellationToken.None);
        await _kit.SendAllAsync();

        var told = _kit.Taken.Where(mail => mail.To == "ops@example.org").ToList();
        Assert.Equal(2, told.Count);
        Assert.All(told, notice => Assert.Contains("What happened last: the mail server answered 550.", notice.Text, StringComparison.Ordinal));
        Assert.Equal("the recipient has unsubscribed", (await _kit.MailsAsync())[0].Reason);
    }

    [Fact]
    public async Task Operators_who_could_not_be_told_of_a_mail_given_up_are_told_with_the_next()
    {
        _kit.Options.Operators = "ops@example.org";
        foreach (var (item, operators) in ((string, DeliveryResult)[])[("item.feed-1.1", new DeliveryResult.Failed("not now")), ("item.feed-1.2", new DeliveryResult.Sent())])
        {
            _kit.Answer = mail => mail.To == "ops@example.org" ? operators : new DeliveryResult.Refused("no");
            await _kit.Router.TellAsync(People.Item(item), [People.Reader()], CancellationToken.None);
            await _kit.SendAllAsync();
        }

        Assert.Equal(2, _kit.Taken.Count(mail => mail.To == "ops@example.org"));
    }

    private Task TellAsync() => _kit.Router.TellAsync(People.Item(), [People.Reader()], CancellationToken.None);

    private async Task HearAsync(string id, MailEventKind kind) =>
        await new MailEvents(_kit.Outbox, _kit.States, new OperatorMail(_kit, _kit.Options, _kit.Clock), _kit.Clock).TakeAsync([new MailEvent(id, (await _kit.MailsAsync())[^1].Key, kind, _kit.Clock.GetUtcNow(), kind is MailEventKind.Delivered ? null : "550 no such box")], CancellationToken.None);

    /// <summary>As a worker does that is asked each minute: a crash ends only this turn.</summary>
    private async Task SendDueAsync()
    {
        try
        {
            await _kit.SendAllAsync();
        }
        catch (SimulatedCrashException)
        {
            // Another process goes on.
        }
    }
}
