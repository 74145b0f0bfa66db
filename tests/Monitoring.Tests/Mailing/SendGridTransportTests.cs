using Monitoring.Alerts.Delivery;
using Monitoring.App.Mailing;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Mailing;

/// <summary>What SendGrid did, and what is then known of the mail.</summary>
public sealed class SendGridTransportTests : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private readonly HttpMessageInvoker _http = MailTransports.Http(TrustPolicy.System);
    private SendGridStandIn _server = null!;

    public async Task InitializeAsync() => _server = await SendGridStandIn.StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_mail_is_taken_over_with_our_id_our_headers_and_no_tracking()
    {
        var mail = MimeWriterTests.Mail with { InReplyTo = "first", Unsubscribe = new Uri("https://monitoring.example/unsubscribe/alerts/t"), ToName = "Reader; the, first" };

        Assert.Equal(new DeliveryResult.Sent("provider-1"), await SendAsync(mail));

        var taken = Assert.Single(_server.Taken);
        var personalization = taken["personalizations"]![0]!;
        Assert.Equal("recipient-1.0123456789abcdef0123456789abcdef", personalization["custom_args"]!["monitoring_id"]!.GetValue<string>());
        Assert.Equal(
            [
                "Message-ID: <0123456789abcdef0123456789abcdef@example.org>",
                "In-Reply-To: <first@example.org>",
                "References: <first@example.org>",
                "List-Id: Monitoring alerts <alerts.monitoring.example.org>",
                "List-Unsubscribe: <https://monitoring.example/unsubscribe/alerts/t>",
                "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
                "Auto-Submitted: auto-generated",
            ],
            personalization["headers"]!.AsObject().Select(header => $"{header.Key}: {header.Value}"));
        Assert.Equal("Текст\n", taken["content"]![0]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_mail_of_text_alone_is_taken_over()
    {
        Assert.Equal(new DeliveryResult.Sent("provider-1"), await SendAsync(MimeWriterTests.Mail with { Html = null }));

        Assert.Equal("Текст\n", Assert.Single(_server.Taken[0]["content"]!.AsArray())!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task In_the_sandbox_nothing_is_delivered_and_200_is_good()
    {
        Assert.Equal(new DeliveryResult.Sent(), await SendAsync(MimeWriterTests.Mail, new MailOptions { SendGridSandbox = true }));

        _server.Answers(200);
        Assert.Equal(new DeliveryResult.Unknown("SendGrid answered 200"), await SendAsync(MimeWriterTests.Mail));
    }

    [Theory]
    [InlineData(401, typeof(DeliveryResult.Failed))]
    [InlineData(403, typeof(DeliveryResult.Failed))]
    [InlineData(404, typeof(DeliveryResult.Failed))]
    [InlineData(405, typeof(DeliveryResult.Failed))]
    [InlineData(413, typeof(DeliveryResult.Refused))]
    [InlineData(429, typeof(DeliveryResult.Failed))]
    [InlineData(500, typeof(DeliveryResult.Failed))]
    [InlineData(503, typeof(DeliveryResult.Failed))]
    [InlineData(502, typeof(DeliveryResult.Unknown))] // who stands behind the gateway may have taken it
    [InlineData(504, typeof(DeliveryResult.Unknown))]
    [InlineData(302, typeof(DeliveryResult.Failed))] // no redirect is followed
    public async Task Every_answer_has_its_meaning_and_the_mail_is_posted_once(int status, Type meaning)
    {
        _server.Answers(status, "for reader@example.org", ("Location", "/elsewhere"));

        var result = await SendAsync(MimeWriterTests.Mail);

        Assert.IsType(meaning, result);
        Assert.DoesNotContain("@", result.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, _server.Posts);
    }

    [Theory]
    [InlineData("""{"errors":[{"message":"Does not contain a valid address: reader@example.org","field":"personalizations.0.to.0.email","help":""}]}""", "SendGrid answered 400: personalizations.0.to.0.email")]
    [InlineData("""{"errors":[{"message":"x","field":"reader@example.org"},{"message":"y"},{"field":null}]}""", "SendGrid answered 400")]
    [InlineData("""{"errors":"reader@example.org"}""", "SendGrid answered 400")]
    [InlineData("<html>no JSON</html>", "SendGrid answered 400")]
    [InlineData("", "SendGrid answered 400")]
    public async Task What_it_refuses_is_named_by_field_and_never_by_address(string body, string reason)
    {
        _server.Answers(400, body);

        Assert.Equal(new DeliveryResult.Refused(reason), await SendAsync(MimeWriterTests.Mail));
    }

    [Theory]
    [InlineData("Retry-After", "120", 120)]
    [InlineData("Retry-After", "999999", 3600)] // an hour at most
    [InlineData("X-RateLimit-Reset", "1795316430", 30)] // 03:00:30
    [InlineData("X-RateLimit-Reset", "1", 0)]
    [InlineData("X-RateLimit-Reset", "99999999999999999", null)]
    [InlineData("X-Other", "1", null)]
    public async Task When_it_is_asked_too_often_it_says_how_long_to_wait(string header, string value, int? seconds)
    {
        _server.Answers(429, "", (header, value));

        var failed = Assert.IsType<DeliveryResult.Failed>(await SendAsync(MimeWriterTests.Mail));

        Assert.Equal(seconds, failed.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task A_line_that_is_reset_after_the_mail_arrived_leaves_it_unknown_and_nothing_posts_it_again()
    {
        await SendAsync(MimeWriterTests.Mail);
        _server.Resets();

        Assert.IsType<DeliveryResult.Unknown>(await SendAsync(MimeWriterTests.Mail));

        Assert.Equal(2, _server.Posts);
    }

    [Fact]
    public async Task Silence_after_the_mail_arrived_leaves_it_unknown_when_the_time_is_over()
    {
        var arrived = new TaskCompletionSource();
        _server.Instead = async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        var sending = SendAsync(MimeWriterTests.Mail);
        await arrived.Task;
        _clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(new DeliveryResult.Unknown("SendGrid did not answer in time"), await sending);
    }

    [Fact]
    public async Task A_server_that_is_not_there_took_nothing()
    {
        var gone = new RawServer((_, _) => Task.CompletedTask);
        var port = gone.Port;
        await gone.DisposeAsync();

        var result = await SendAsync(MimeWriterTests.Mail, new MailOptions { SendGridUrl = new Uri($"http://127.0.0.1:{port}/") });

        Assert.Equal(new DeliveryResult.Failed("the line to SendGrid failed (connection_refused)"), result);
    }

    [Fact]
    public async Task A_wrong_key_is_said_without_the_key()
    {
        var result = await SendAsync(MimeWriterTests.Mail, new MailOptions { SendGridKey = "SG.another" });

        Assert.Equal(new DeliveryResult.Failed("SendGrid answered 401: it does not know the API key"), result);
    }

    [Theory]
    [InlineData("редактор@example.org")] // needs servers that few have
    [InlineData("a@b\r\nBcc: c@d.org")]
    [InlineData("a, b@example.org")]
    [InlineData("a@b@example.org")]
    [InlineData("\"a\" b@example.org")]
    [InlineData("no address")]
    public async Task An_address_that_cannot_be_written_is_refused_and_nobody_is_asked(string address)
    {
        Assert.Equal(new DeliveryResult.Refused("the address cannot be written in ASCII"), await SendAsync(MimeWriterTests.Mail with { To = address }));
        Assert.Equal(0, _server.Posts);
    }

    [Fact]
    public async Task Titles_and_domains_of_other_scripts_and_line_breaks_in_titles_are_taken()
    {
        var mail = MimeWriterTests.Mail with { To = "\"press desk\"@редакция.қаз", Subject = "Ұсталды\r\nBcc: x@y.org =?utf-8?B?eA==?=" };

        Assert.IsType<DeliveryResult.Sent>(await SendAsync(mail));

        var taken = _server.Taken[0];
        Assert.Equal("\"press desk\"@xn--80ahcoj6a9b5d.xn--80ao21a", taken["personalizations"]![0]!["to"]![0]!["email"]!.GetValue<string>());
        Assert.Equal("Ұсталды  Bcc: x@y.org =?utf-8?B?eA==?=", taken["subject"]!.GetValue<string>());
    }

    private Task<DeliveryResult> SendAsync(OutgoingMail mail, MailOptions? options = null)
    {
        options ??= new MailOptions();
        options.SendGridUrl ??= _server.Url;
        options.SendGridKey = options.SendGridKey.Length == 0 ? SendGridStandIn.Key : options.SendGridKey;
        return new SendGridTransport(_http, options, _clock).SendAsync(mail, CancellationToken.None);
    }
}
