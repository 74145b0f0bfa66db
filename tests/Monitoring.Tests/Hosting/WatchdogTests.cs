using Microsoft.Extensions.DependencyInjection;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Hosting;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Hosting;

/// <summary>A program whose jobs a test runs or leaves out; what operators are mailed goes past outbox, queue and jobs.</summary>
public sealed class WatchdogTests : IAsyncLifetime, IMailTransport
{
    private readonly TempFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly List<OutgoingMail> _taken = [];
    private DeliveryResult _answer = new DeliveryResult.Sent();
    private LoopbackWeb _web = null!;
    private Station _station = null!;

    public string Name => "test";

    public bool IsIdempotent => false;

    public async Task InitializeAsync()
    {
        _web = await LoopbackWeb.StartAsync();
        _web.On("/ping/secret", "ok");
        _station = Open();
    }

    public async Task DisposeAsync()
    {
        await _station.DisposeAsync();
        await _web.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_job_that_stopped_is_told_once_after_its_promise_again_each_day_and_when_it_works_again()
    {
        await LiveAsync(TimeSpan.FromMinutes(30));
        await LiveAsync(TimeSpan.FromMinutes(15), without: "SendAlerts");
        Assert.Empty(_taken);

        await LiveAsync(TimeSpan.FromHours(30), without: "SendAlerts");
        await LiveAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(
            [
                "Monitoring: SendAlerts has not succeeded since 2026-11-22 03:29 UTC",
                "Monitoring: SendAlerts has not succeeded since 2026-11-22 03:29 UTC",
                "Monitoring: SendAlerts works again",
            ],
            _taken.Select(mail => mail.Subject));
        Assert.Equal(3, _taken.Select(mail => mail.Id).Distinct().Count());
        Assert.Equal(("operator@example.org", "operators"), (_taken[0].To, _taken[0].List));
        Assert.Contains("SendAlerts should succeed at least every 15 minutes.", _taken[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_never_succeeded_is_late_from_the_first_look_on()
    {
        await LiveAsync(TimeSpan.FromMinutes(15), without: "PollFeeds");
        Assert.Empty(_taken);

        await LiveAsync(TimeSpan.FromMinutes(10), without: "PollFeeds");

        Assert.Equal("Monitoring: PollFeeds has not succeeded since 2026-11-22 03:00 UTC", Assert.Single(_taken).Subject);
    }

    [Fact]
    public async Task Work_that_nobody_does_is_told_too()
    {
        await _station.Get<IWorkQueue>().EnqueueAsync(new WorkItem(Outbox.SendMail, "recipient-1.mail-1"), TimeSpan.Zero, CancellationToken.None);

        await LiveAsync(TimeSpan.FromMinutes(40));

        Assert.Equal("Monitoring: work.send-mail has not succeeded since 2026-11-22 03:00 UTC", Assert.Single(_taken).Subject);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)] // it may have arrived, and tomorrow's reminder comes anyway
    public async Task What_was_not_taken_over_is_told_at_the_next_look(bool isUnknown, int attempts)
    {
        await LiveAsync(TimeSpan.FromMinutes(5));
        _answer = isUnknown ? new DeliveryResult.Unknown("the line broke") : new DeliveryResult.Failed("not now");
        await LiveAsync(TimeSpan.FromMinutes(20), without: "PollFeeds");
        _answer = new DeliveryResult.Sent();
        await LiveAsync(TimeSpan.FromMinutes(10), without: "PollFeeds");

        Assert.Equal((attempts, 1), (_taken.Count, _taken.Select(mail => mail.Id).Distinct().Count()));
    }

    [Fact]
    public async Task Of_two_programs_on_one_store_one_looks()
    {
        await LiveAsync(TimeSpan.FromMinutes(5));
        _clock.Advance(TimeSpan.FromHours(1));
        var other = ActivatorUtilities.CreateInstance<Watchdog>(_station.Services);

        await Task.WhenAll(Task.Run(() => _station.Get<Watchdog>().LookAsync(CancellationToken.None)), Task.Run(() => other.LookAsync(CancellationToken.None)));

        Assert.Equal(_taken.Count, _taken.Select(mail => mail.Id).Distinct().Count());
        Assert.NotEmpty(_taken);
    }

    [Fact]
    public async Task The_heartbeat_beats_while_all_is_well_and_stops_when_a_job_stops()
    {
        await LiveAsync(TimeSpan.FromMinutes(30));
        var beats = _web.Requests.Count;
        Assert.InRange(beats, 5, 7);

        await LiveAsync(TimeSpan.FromMinutes(20), without: "Housekeeping");
        var late = _web.Requests.Count;
        await LiveAsync(TimeSpan.FromMinutes(30), without: "Housekeeping");

        Assert.InRange(late - beats, 2, 5);
        Assert.Equal(late, _web.Requests.Count);
    }

    [Theory]
    [InlineData(20, 15)]
    [InlineData(300, 15)]
    [InlineData(600, 30)]
    [InlineData(86_400, 1_560)]
    public void A_promise_follows_the_rhythm(int rhythmSeconds, int minutes)
    {
        Assert.Equal(TimeSpan.FromMinutes(minutes), Watchdog.PromiseOf(TimeSpan.FromSeconds(rhythmSeconds)));
    }

    [Theory]
    [InlineData("Alerts__Operators", "nobody", "Alerts__Operators: Mail addresses with a semicolon between are expected.")]
    [InlineData("Alerts__Operators", "a@example.org;b@example.org\r\nBcc: c@example.org", "Alerts__Operators: Mail addresses with a semicolon between are expected.")]
    [InlineData("Health__HeartbeatUrl", "ftp://example.org/", "Health__HeartbeatUrl: An address https://… is expected.")]
    [InlineData("Mail__Transport", "Smtp", "Mail__SmtpHost: The name of the mail server is expected, because Mail__Transport is Smtp.")]
    [InlineData("Mail__Transport", "SendGrid", "Mail__SendGridKey: SendGrid's API key is expected, because Mail__Transport is SendGrid.")]
    [InlineData("Mail__Transport", "Pigeon", "Mail__Transport: 'Pigeon' is no value of the kind expected here.")]
    [InlineData("Mail__SendGridWebhookKey", "MFkw", "Mail__SendGridWebhookKey: A public key of the curve P-256 is expected, in base64 as SendGrid shows it.")]
    public void A_wrong_setting_stops_the_start_with_a_clear_message(string name, string value, string message)
    {
        Assert.Contains(message, Assert.Throws<StartException>(() => TestStation.Settings(_folder, (name, value))).Message, StringComparison.Ordinal);
    }

    public Task<DeliveryResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        _taken.Add(mail);
        return Task.FromResult(_answer);
    }

    private Station Open() => TestStation.Open(
        _folder,
        _clock,
        services => services.AddSingleton<IMailTransport>(this),
        ("Alerts__Operators", "operator@example.org"),
        ("Health__HeartbeatUrl", _web.Url("/ping/secret").AbsoluteUri));

    /// <summary>Each minute every job but one runs, and looks.</summary>
    private async Task LiveAsync(TimeSpan time, string? without = null)
    {
        var knocks = _station.Services.GetServices<IKnock>().Where(knock => knock.Name != without).ToList();
        for (var minute = 0; minute < time.TotalMinutes; minute++)
        {
            foreach (var knock in knocks)
            {
                await _station.Get<JobLog>().SucceededAsync(knock.Name, _clock.GetUtcNow(), _clock.GetUtcNow(), "ran", CancellationToken.None);
                await _station.Get<Watchdog>().LookAsync(CancellationToken.None);
            }

            _clock.Advance(TimeSpan.FromMinutes(1));
        }
    }
}
