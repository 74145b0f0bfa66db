using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Mailing;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Mailing;

/// <summary>The transport and a mail server that others wrote: what one says, the other understands.</summary>
public sealed class SmtpServerTests : IDisposable
{
    private const string Host = "mail.example";
    private const string User = "user";
    private const string Password = "Құпия сөз";

    private static readonly OutgoingMail Mail = MimeWriterTests.Mail with
    {
        FromName = "Мониторинг",
        ToName = "Оқырман \"Ә\"",
        Subject = "[KZ] " + string.Concat(Enumerable.Repeat("Мирас Қыранбеков қамауға алынды, задержан полицией. ", 40)),
        Text = ".\n..\n.Қазақша мәтін\nРусский текст\n",
        Html = $"<p>{new string('ы', 50_000)}</p>\n",
        InReplyTo = "fedcba9876543210fedcba9876543210",
        Unsubscribe = new Uri("https://монитор.example.org/unsubscribe/alerts/token"),
    };

    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly MailOptions _options = new() { SmtpHost = Host };

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_mail_arrives_byte_for_byte()
    {
        await using var server = await StartAsync(SmtpSecurity.None);

        Assert.Equal(new DeliveryResult.Sent(), await SendAsync(server));

        var taken = Assert.Single(await server.EndAsync());
        Assert.Equal(("monitoring@example.org", false, ""), (taken.From, taken.Tls, taken.User));
        Assert.Equal(["reader@example.org"], taken.To);
        Assert.Equal(MimeWriter.Write(Mail), Encoding.Latin1.GetString(taken.Raw));
    }

    /// <summary>No line that we write begins so, since texts are in base64; the conversation is ready for those that will.</summary>
    [Fact]
    public async Task Lines_that_begin_with_stops_arrive_as_they_are()
    {
        const string Stops = ".\r\n..\r\n.hidden\r\n\r\ntext.\r\n...\r\n.\r\n";
        await using var server = await StartAsync(SmtpSecurity.None);
        await using var conversation = new SmtpConversation(_options, (line, _) => Task.FromResult(line));
        var line = await new SocketDialer(AddressGuard.PublicOnly).ConnectTrustedAsync(new IPEndPoint(IPAddress.Loopback, server.Port), CancellationToken.None);

        await conversation.OpenAsync(line, "example.org", CancellationToken.None);
        var reply = await conversation.SendAsync("monitoring@example.org", "reader@example.org", Encoding.ASCII.GetBytes(Stops), CancellationToken.None);

        Assert.Equal(SmtpReplyKind.Good, reply.Kind);
        Assert.Equal(Stops, Encoding.ASCII.GetString(Assert.Single(await server.EndAsync()).Raw));
    }

    [Theory]
    [InlineData(nameof(SmtpSecurity.StartTls), "PLAIN")]
    [InlineData(nameof(SmtpSecurity.StartTls), "LOGIN")]
    [InlineData(nameof(SmtpSecurity.Tls), "PLAIN")]
    [InlineData(nameof(SmtpSecurity.Tls), "LOGIN")]
    public async Task Who_has_the_password_signs_in_over_TLS(string security, string method)
    {
        SignIn(Password);
        await using var server = await StartAsync(Enum.Parse<SmtpSecurity>(security), "--user", User, "--password", Password, "--auth", method);

        Assert.Equal(new DeliveryResult.Sent(), await SendAsync(server));

        var taken = Assert.Single(await server.EndAsync());
        Assert.Equal((true, User), (taken.Tls, taken.User));
        Assert.Equal(MimeWriter.Write(Mail), Encoding.Latin1.GetString(taken.Raw));
    }

    [Theory]
    [InlineData(nameof(SmtpSecurity.StartTls))]
    [InlineData(nameof(SmtpSecurity.Tls))]
    public async Task Where_nobody_has_to_sign_in_TLS_is_enough(string security)
    {
        await using var server = await StartAsync(Enum.Parse<SmtpSecurity>(security));

        Assert.Equal(new DeliveryResult.Sent(), await SendAsync(server));

        Assert.True(Assert.Single(await server.EndAsync()).Tls);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task A_wrong_password_ends_it_and_is_not_told(string method)
    {
        SignIn("wrong");
        await using var server = await StartAsync(SmtpSecurity.StartTls, "--user", User, "--password", Password, "--auth", method);

        Assert.Equal(new DeliveryResult.Failed("the mail server refused the password with 535"), await SendAsync(server));

        Assert.Empty(await server.EndAsync());
    }

    [Fact]
    public async Task A_server_that_wants_us_to_sign_in_says_so()
    {
        await using var server = await StartAsync(SmtpSecurity.StartTls, "--user", User, "--password", Password);

        Assert.Equal(new DeliveryResult.Failed("the mail server wants us to sign in first (530)"), await SendAsync(server));

        Assert.Empty(await server.EndAsync());
    }

    [Theory]
    [InlineData(nameof(SmtpSecurity.StartTls), "stranger", Failure.SslUnknownAuthority)]
    [InlineData(nameof(SmtpSecurity.StartTls), "other name", Failure.SslInvalidHostname)]
    [InlineData(nameof(SmtpSecurity.StartTls), "expired", Failure.SslInvalidCertificate)]
    [InlineData(nameof(SmtpSecurity.Tls), "stranger", Failure.SslUnknownAuthority)]
    [InlineData(nameof(SmtpSecurity.Tls), "other name", Failure.SslInvalidHostname)]
    [InlineData(nameof(SmtpSecurity.Tls), "expired", Failure.SslInvalidCertificate)]
    public async Task Behind_a_certificate_that_is_not_good_nobody_gets_a_password_or_a_mail(string security, string certificate, string failure)
    {
        SignIn(Password);
        using var stranger = new TestAuthority("Stranger");
        await using var server = await StartAsync(
            Enum.Parse<SmtpSecurity>(security),
            certificate == "stranger" ? stranger : _authority,
            certificate == "other name" ? "other.example" : Host,
            certificate == "expired" ? TimeSpan.FromDays(1) : null);

        Assert.Equal(new DeliveryResult.Failed($"the line to the mail server failed ({failure})"), await SendAsync(server));

        Assert.Empty(await server.EndAsync());
    }

    [Theory]
    [InlineData("--rcpt", "550", 550, true)]
    [InlineData("--rcpt", "451", 451, false)]
    [InlineData("--size", "1000", 552, true)] // it says so when it has all of the mail
    public async Task What_the_server_does_not_take_it_does_not_get(string option, string value, int code, bool isForEver)
    {
        await using var server = await StartAsync(SmtpSecurity.None, option, value);

        var reason = $"the mail server answered {code}";
        Assert.Equal(isForEver ? new DeliveryResult.Refused(reason) : new DeliveryResult.Failed(reason), await SendAsync(server));

        Assert.Empty(await server.EndAsync());
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_nothing_where_it_is_demanded()
    {
        await using var server = await StartAsync(SmtpSecurity.None);
        _options.SmtpSecurity = SmtpSecurity.StartTls;

        Assert.Equal(new DeliveryResult.Failed("the mail server offers no STARTTLS, which the settings demand"), await SendAsync(server));

        Assert.Empty(await server.EndAsync());
    }

    [Fact]
    public async Task The_whole_program_mails_through_it()
    {
        await using var server = await StartAsync(SmtpSecurity.None);
        await using var world = await SmallWorld.StartAsync(
            ("Mail__Transport", "Smtp"), ("Mail__SmtpHost", "127.0.0.1"), ("Mail__SmtpSecurity", "None"), ("Mail__SmtpPort", server.Port.ToString(CultureInfo.InvariantCulture)));

        await world.LiveAsync();

        var mails = (await world.Station.Get<Outbox>().ListAsync(after: null, take: 50, CancellationToken.None)).Mails;
        Assert.NotEmpty(mails);
        Assert.All(mails, mail => Assert.Equal(MailState.Sent, mail.State));
        var taken = (await server.EndAsync()).Select(mail => Encoding.Latin1.GetString(mail.Raw)).ToList();
        Assert.Equal(mails.Count, taken.Count);
        Assert.All(mails, mail => Assert.Single(taken, text => text.Contains($"\r\nMessage-ID: <{mail.MailId}@", StringComparison.Ordinal)));
    }

    private void SignIn(string password) => (_options.SmtpUser, _options.SmtpPassword) = (User, password);

    private Task<SmtpServerProcess> StartAsync(SmtpSecurity security, params string[] arguments) => StartAsync(security, _authority, Host, expiredSince: null, arguments);

    /// <summary>Starts the server as the options want it, with a certificate where TLS is spoken.</summary>
    private Task<SmtpServerProcess> StartAsync(SmtpSecurity security, TestAuthority authority, string host, TimeSpan? expiredSince, params string[] arguments)
    {
        _options.SmtpSecurity = security;
        if (security is SmtpSecurity.None)
        {
            return SmtpServerProcess.StartAsync(["--mode", "plain", .. arguments]);
        }

        var chain = authority.For(host, expiredSince).ServerCertificateContext!;
        using var key = chain.TargetCertificate.GetECDsaPrivateKey()!;
        string[] certificate =
        [
            "--cert", _folder.Write("certificate.pem", $"{chain.TargetCertificate.ExportCertificatePem()}\n{authority.Intermediate}\n"),
            "--key", _folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem()),
        ];
        return SmtpServerProcess.StartAsync(["--mode", security is SmtpSecurity.Tls ? "tls" : "starttls", .. certificate, .. arguments]);
    }

    private Task<DeliveryResult> SendAsync(SmtpServerProcess server)
    {
        _options.SmtpPort = server.Port;
        var transport = new SmtpTransport(
            new FakeResolver().Knows(Host, "127.0.0.1"), new SocketDialer(AddressGuard.PublicOnly), TrustPolicy.Only(_authority.Root), _options, TimeProvider.System);
        return transport.SendAsync(Mail, CancellationToken.None);
    }
}
