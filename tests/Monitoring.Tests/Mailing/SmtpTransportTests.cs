using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Mailing;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Mailing;

/// <summary>What a mail server did, and what is then known of the mail. The server says what a test wrote for each command, in a real conversation on loopback.</summary>
public sealed class SmtpTransportTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly TestAuthority _authority = new();
    private readonly ConcurrentQueue<string> _said = new();
    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal)
    {
        ["greeting"] = "220 mail.example",
        ["EHLO"] = "250-mail.example\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS",
        ["STARTTLS"] = "220 go on",
        ["DATA"] = "354 go on",
        ["AUTH"] = "235 welcome",
        ["QUIT"] = "221 bye",
    };
    private readonly FakeResolver _resolver = new();
    private readonly MailOptions _options = new() { SmtpHost = "127.0.0.1", SmtpPassword = "secret" };
    private IDialer _dialer = new SocketDialer(AddressGuard.PublicOnly);

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_mail_arrives_byte_for_byte_and_stops_at_the_beginning_of_lines_are_doubled()
    {
        var mail = MimeWriterTests.Mail with { Subject = "Қамауға алынды" };

        Assert.Equal(new DeliveryResult.Sent(), await SendAsync(mail));

        Assert.Equal(["EHLO example.org", "MAIL FROM:<monitoring@example.org>", "RCPT TO:<reader@example.org>", "DATA"], _said.Take(4));
        var lines = _said.Skip(4).SkipLast(2).ToList();
        Assert.Equal(MimeWriter.Write(mail), string.Concat(lines.Select(line => (line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line) + "\r\n")));
        Assert.Equal([".", "QUIT"], _said.TakeLast(2));
    }

    [Theory]
    [InlineData("greeting", "554 no", "Failed: the mail server greeted with 554")]
    [InlineData("EHLO", "502 no", "Failed: the mail server answered our greeting with 502")]
    [InlineData("MAIL", "451 later", "Failed: the mail server answered 451")]
    [InlineData("MAIL", "550 reader@example.org is not liked", "Refused: the mail server answered 550")]
    [InlineData("RCPT", "450 later", "Failed: the mail server answered 450")]
    [InlineData("RCPT", "550 no such box", "Refused: the mail server answered 550")]
    [InlineData("DATA", "554 no", "Refused: the mail server answered 554")]
    [InlineData(".", "452 full", "Failed: the mail server answered 452")]
    [InlineData(".", "554 spam", "Refused: the mail server answered 554")]
    [InlineData("EHLO", "reset", "Failed: the line to the mail server failed (connection_reset)")]
    [InlineData("RCPT", "close", "Failed: the line to the mail server failed (eof_error)")]
    [InlineData("DATA", "reset", "Failed: the line to the mail server failed (connection_reset)")]
    [InlineData(".", "reset", "Unknown: the line to the mail server failed (connection_reset)")] // it may have been taken
    [InlineData(".", "close", "Unknown: the line to the mail server failed (eof_error)")]
    [InlineData("EHLO", "hello there", "Failed: the mail server said something that is no answer")]
    [InlineData(".", "999 what", "Unknown: the mail server said something that is no answer")]
    [InlineData("MAIL", "530 sign in", "Failed: the mail server wants us to sign in first (530)")]
    [InlineData("DATA", "250 what", "Failed: the mail server answered 250, which is no answer to what we asked")]
    [InlineData(".", "354 more", "Unknown: the mail server answered 354, which is no answer to what we asked")]
    [InlineData("EHLO", "long", "Failed: the mail server said a line without end")]
    [InlineData("EHLO", "many", "Failed: the mail server's answer has no end")]
    public async Task Every_answer_has_its_meaning(string command, string answer, string meaning)
    {
        _answers[command] = answer switch
        {
            "long" => "250 " + new string('x', 5000),
            "many" => string.Join("\r\n", Enumerable.Repeat("250-more", 200)),
            _ => answer,
        };

        var result = await SendAsync(MimeWriterTests.Mail);

        Assert.Equal(meaning, result switch
        {
            DeliveryResult.Failed failed => "Failed: " + failed.Reason,
            DeliveryResult.Refused refused => "Refused: " + refused.Reason,
            DeliveryResult.Unknown unknown => "Unknown: " + unknown.Reason,
            _ => "Sent",
        });
    }

    [Theory]
    [InlineData("RCPT", false)]
    [InlineData(".", true)]
    public async Task Silence_is_given_up_when_the_time_is_over(string command, bool isUnknown)
    {
        var asked = new TaskCompletionSource();
        _answers[command] = "silence";
        var sending = SendAsync(MimeWriterTests.Mail, asked: asked);
        await asked.Task;
        _clock.Advance(TimeSpan.FromSeconds(60));

        const string Reason = "the mail server did not answer in time";
        Assert.Equal(isUnknown ? new DeliveryResult.Unknown(Reason) : new DeliveryResult.Failed(Reason), await sending);
    }

    [Theory]
    [InlineData("421 too late")]
    [InlineData("hello there")]
    [InlineData("reset")]
    [InlineData("close")]
    public async Task What_becomes_of_our_goodbye_changes_nothing(string answer)
    {
        _answers["QUIT"] = answer;

        Assert.Equal(new DeliveryResult.Sent(), await SendAsync(MimeWriterTests.Mail));
        Assert.Equal("QUIT", _said.Last());
    }

    [Fact]
    public async Task A_server_that_refuses_the_mail_hears_our_goodbye_too()
    {
        _answers["RCPT"] = "550 no such box";

        Assert.Equal(new DeliveryResult.Refused("the mail server answered 550"), await SendAsync(MimeWriterTests.Mail));
        Assert.Equal("QUIT", _said.Last());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_answer_to_our_goodbye_is_waited_for_five_seconds_or_until_we_are_told_to_stop(bool isStopped)
    {
        using var stop = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        _answers["QUIT"] = "silence";
        var sending = SendAsync(MimeWriterTests.Mail, asked: asked, cancellationToken: stop.Token);
        await asked.Task;
        if (isStopped)
        {
            await stop.CancelAsync();
        }
        else
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(new DeliveryResult.Sent(), await sending);
    }

    [Theory]
    [InlineData(60, 10)]
    [InlineData(15, 5)]
    public async Task An_address_that_swallows_packets_leaves_time_for_the_next(int timeout, int share)
    {
        _options.Timeout = TimeSpan.FromSeconds(timeout);
        UseAddresses("192.0.2.1", "192.0.2.2");
        _dialer = new FakeDialer().Fails("192.0.2.1", FakeDialer.Silence);

        var sending = SendAsync(MimeWriterTests.Mail);
        await _clock.TimersAsync(1, TimeSpan.FromSeconds(share));
        _clock.Advance(TimeSpan.FromSeconds(share));

        Assert.Equal(new DeliveryResult.Sent(), await sending);
    }

    [Fact]
    public async Task The_last_address_has_all_the_time_that_is_left()
    {
        var start = _clock.GetUtcNow();
        UseAddresses("192.0.2.1", "192.0.2.2");
        _dialer = new FakeDialer().Fails("192.0.2.1", FakeDialer.Silence).Fails("192.0.2.2", FakeDialer.Silence);

        var result = await _clock.FinishAsync(SendAsync(MimeWriterTests.Mail));

        Assert.Equal(new DeliveryResult.Failed("the mail server did not answer in time"), result);
        Assert.Equal(TimeSpan.FromSeconds(60), _clock.GetUtcNow() - start);
    }

    [Theory]
    [InlineData(Failure.DnsServfail, Failure.DnsServfail)]
    [InlineData(Failure.DnsNxdomain, Failure.DnsNxdomain)]
    [InlineData(null, Failure.DnsNoAnswer)] // a name without addresses
    public async Task A_name_that_leads_nowhere_fails_as_the_resolver_says(string? said, string failure)
    {
        UseAddresses();
        _ = said is null ? _resolver : _resolver.Fails(_options.SmtpHost, said);

        Assert.Equal(new DeliveryResult.Failed($"the line to the mail server failed ({failure})"), await SendAsync(MimeWriterTests.Mail));
    }

    [Theory]
    [InlineData(nameof(SmtpSecurity.StartTls))]
    [InlineData(nameof(SmtpSecurity.Tls))]
    public async Task A_line_whose_handshake_fails_is_closed(string security)
    {
        using var other = new TestAuthority("Other");
        var dialer = new RememberingDialer();
        _dialer = dialer;

        Assert.IsType<DeliveryResult.Failed>(await SendAsync(MimeWriterTests.Mail, Enum.Parse<SmtpSecurity>(security), trusted: other));

        Assert.False(Assert.Single(dialer.Lines).CanRead);
    }

    [Fact]
    public async Task The_password_goes_over_TLS_after_STARTTLS()
    {
        Assert.Equal(new DeliveryResult.Sent(), await SendAsync(MimeWriterTests.Mail, SmtpSecurity.StartTls, user: "user"));

        Assert.Equal(["EHLO example.org", "STARTTLS", "EHLO example.org", "AUTH PLAIN " + Convert.ToBase64String("\0user\0secret"u8)], _said.Take(4));
    }

    [Fact]
    public async Task With_TLS_from_the_first_byte_nothing_is_plain_and_LOGIN_is_used_where_it_is_offered_alone()
    {
        _answers["EHLO"] = "250-mail.example\r\n250 AUTH LOGIN";
        _answers["AUTH"] = "334 VXNlcm5hbWU6";
        _answers[Convert.ToBase64String("user"u8)] = "334 UGFzc3dvcmQ6";
        _answers[Convert.ToBase64String("secret"u8)] = "235 welcome";

        Assert.Equal(new DeliveryResult.Sent(), await SendAsync(MimeWriterTests.Mail, SmtpSecurity.Tls, user: "user"));

        Assert.Equal(["EHLO example.org", "AUTH LOGIN", Convert.ToBase64String("user"u8), Convert.ToBase64String("secret"u8)], _said.Take(4));
    }

    [Theory]
    [InlineData("EHLO", "250 mail.example", "the mail server offers no STARTTLS, which the settings demand")]
    [InlineData("STARTTLS", "454 not now", "the mail server answered STARTTLS with 454")]
    [InlineData("STARTTLS", "220 go on\r\n250 injected", "the mail server said more in plain after STARTTLS")] // whoever sits between answers what is asked later
    [InlineData("AUTH", "535 wrong", "the mail server refused the password with 535")]
    [InlineData("AUTH", "334 more", "the mail server refused the password with 334")]
    public async Task Without_a_safe_line_or_the_right_password_nothing_is_sent(string command, string answer, string reason)
    {
        _answers[command] = answer;

        Assert.Equal(new DeliveryResult.Failed(reason), await SendAsync(MimeWriterTests.Mail, SmtpSecurity.StartTls, user: "user"));
        Assert.DoesNotContain(_said, line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_of_somebody_else_ends_it()
    {
        using var other = new TestAuthority("Other");

        var result = await SendAsync(MimeWriterTests.Mail, SmtpSecurity.Tls, trusted: other);

        Assert.StartsWith("the line to the mail server failed (ssl_", Assert.IsType<DeliveryResult.Failed>(result).Reason, StringComparison.Ordinal);
    }

    private void UseAddresses(params string[] addresses)
    {
        _options.SmtpHost = "mail.example";
        _resolver.Knows("mail.example", addresses);
    }

    private async Task<DeliveryResult> SendAsync(
        OutgoingMail mail,
        SmtpSecurity security = SmtpSecurity.None,
        string user = "",
        TaskCompletionSource? asked = null,
        TestAuthority? trusted = null,
        CancellationToken cancellationToken = default)
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            Stream line = stream;
            if (security is SmtpSecurity.Tls)
            {
                line = await SecureAsync(stream, token);
            }

            await ServeAsync(stream, line, asked, token);
        });
        (_options.SmtpPort, _options.SmtpSecurity, _options.SmtpUser) = (server.Port, security, user);
        return await new SmtpTransport(_resolver, _dialer, TrustPolicy.Only((trusted ?? _authority).Root), _options, _clock).SendAsync(mail, cancellationToken);
    }

    private async Task<SslStream> SecureAsync(Stream stream, CancellationToken cancellationToken)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(_authority.For("127.0.0.1"), cancellationToken);
        return tls;
    }

    private async Task ServeAsync(NetworkStream socket, Stream line, TaskCompletionSource? asked, CancellationToken cancellationToken)
    {
        var isMail = false;
        if (!await AnswerAsync(socket, line, "greeting", asked, cancellationToken))
        {
            return;
        }

        var reader = new StreamReader(line, Encoding.Latin1);
        while (await reader.ReadLineAsync(cancellationToken) is { } said)
        {
            _said.Enqueue(said);
            if (isMail && said != ".")
            {
                continue;
            }

            var command = said.Split(' ', ':')[0] is var word && _answers.ContainsKey(word) ? word : said.Split(' ')[0];
            if (!await AnswerAsync(socket, line, command, asked, cancellationToken))
            {
                return;
            }

            isMail = command == "DATA" && _answers["DATA"].StartsWith('3');
            if (command == "STARTTLS" && _answers["STARTTLS"] == "220 go on")
            {
                line = await SecureAsync(line, cancellationToken);
                reader = new StreamReader(line, Encoding.Latin1);
            }
        }
    }

    /// <returns>False if the conversation is over.</returns>
    private async Task<bool> AnswerAsync(NetworkStream socket, Stream line, string command, TaskCompletionSource? asked, CancellationToken cancellationToken)
    {
        switch (_answers.GetValueOrDefault(command, "250 good"))
        {
            case "reset":
                RawServer.Reset(socket);
                return false;
            case "close":
                return false;
            case "silence":
                asked!.SetResult();
                await line.CopyToAsync(Stream.Null, cancellationToken);
                return false;
            case var answer:
                await line.WriteAsync(Encoding.Latin1.GetBytes(answer + "\r\n"), cancellationToken);
                return true;
        }
    }

    /// <summary>Real sockets, which it keeps to be looked at.</summary>
    private sealed class RememberingDialer : IDialer
    {
        private readonly SocketDialer _inner = new(AddressGuard.PublicOnly);

        public List<Stream> Lines { get; } = [];

        public Task<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken) => ConnectTrustedAsync(endpoint, cancellationToken);

        public async Task<Stream> ConnectTrustedAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
        {
            var line = await _inner.ConnectTrustedAsync(endpoint, cancellationToken);
            Lines.Add(line);
            return line;
        }
    }
}
