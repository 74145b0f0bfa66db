using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Monitoring.Network;
using Monitoring.Network.Dns;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Network.Dns;

public sealed class DohResolverTests : IAsyncLifetime
{
    private const string Host = "site.kz";
    private const string MediaType = "application/dns-message";

    private static readonly IPAddress V4 = IPAddress.Parse("93.184.216.34");
    private static readonly IPAddress V6 = IPAddress.Parse("2a00::1");

    private readonly FakeResolver _names = new FakeResolver().Knows("dns.test", "127.0.0.1");
    private LoopbackWeb _web = null!;

    public async Task InitializeAsync() => _web = await LoopbackWeb.StartAsync();

    public async Task DisposeAsync() => await _web.DisposeAsync();

    [Fact]
    public async Task Both_kinds_of_address_are_asked_for_with_id_0()
    {
        List<DnsMessage> questions = [];
        Answer((question, _) =>
        {
            lock (questions)
            {
                questions.Add(question);
            }

            return Reply(question).Write();
        });

        var answer = await ResolveAsync();

        Assert.Equal([V4, V6], answer.Addresses);
        Assert.All(questions, question => Assert.Equal((0, Host), ((int)question.Id, question.Name)));
        Assert.All(_web.Requests, request => Assert.Equal(MediaType, request.Headers["Accept"]));
        Assert.True(answer.Bytes > 0);
    }

    [Fact]
    public async Task A_request_carries_nothing_that_names_us()
    {
        Answer((question, _) => Reply(question).Write());

        await ResolveAsync();

        Assert.All(_web.Requests, request => Assert.Equal(["Accept", "Host"], request.Headers.Keys.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData(0, Failure.DnsNoAnswer)]
    [InlineData(2, Failure.DnsServfail)]
    [InlineData(3, Failure.DnsNxdomain)]
    [InlineData(5, Failure.DnsRefused)]
    [InlineData(4, Failure.DnsMisbehaving)]
    public async Task A_refusal_has_a_name(int code, string failure)
    {
        Answer((question, _) => (Reply(question) with { ResponseCode = code, Addresses = [] }).Write());

        Assert.Equal(failure, (await ResolveAsync()).Failure);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Any_other_status_is_the_servers_fault_and_no_redirect_is_followed(int status)
    {
        Answer((question, context) =>
        {
            (context.Response.StatusCode, context.Response.Headers.Location) = (status, "/elsewhere");
            return Reply(question).Write();
        });

        Assert.Equal(Failure.DnsMisbehaving, (await ResolveAsync()).Failure);
        Assert.All(_web.Requests, request => Assert.Equal("/dns-query", request.Path));
    }

    [Fact]
    public async Task A_page_is_no_answer()
    {
        Answer((question, context) =>
        {
            context.Response.ContentType = "text/html";
            return Reply(question).Write();
        });

        Assert.Equal(Failure.DnsMisbehaving, (await ResolveAsync()).Failure);
    }

    [Fact]
    public async Task Garbage_is_the_servers_fault()
    {
        Answer((_, _) => [1, 2, 3]);

        Assert.Equal(Failure.DnsMisbehaving, (await ResolveAsync()).Failure);
    }

    [Fact]
    public async Task Another_questions_answer_is_the_servers_fault()
    {
        Answer((question, _) => (Reply(question) with { Name = "other.kz" }).Write());

        Assert.Equal(Failure.DnsMisbehaving, (await ResolveAsync()).Failure);
    }

    [Theory]
    [InlineData(65_535, null)]
    [InlineData(65_536, Failure.DnsMisbehaving)]
    public async Task An_answer_longer_than_a_message_can_be_is_not_read(int length, string? failure)
    {
        Answer((question, _) =>
        {
            var bytes = new byte[length]; // what follows the records is not read
            Reply(question).Write().CopyTo(bytes, 0);
            return bytes;
        });

        Assert.Equal(failure, (await ResolveAsync()).Failure);
    }

    [Fact]
    public async Task Silence_is_a_timeout()
    {
        var clock = new TestClock();
        _web.On("/dns-query", context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        var resolve = ResolveAsync(clock: clock);
        await clock.TimersAsync(2, TimeSpan.FromSeconds(4));

        clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(Failure.Timeout, (await resolve).Failure);
    }

    [Fact]
    public async Task A_server_whose_name_does_not_exist_says_so() =>
        Assert.Equal(Failure.DnsNxdomain, (await ResolveAsync(_web.Url("/dns-query", "unknown.test"))).Failure);

    [Fact]
    public async Task Over_TLS_it_is_HTTP_2_and_the_certificate_counts()
    {
        using var certificate = SelfSigned("dns.test");
        await using var web = await LoopbackWeb.StartAsync(certificate);
        var protocol = "";
        web.On("/dns-query", context =>
        {
            protocol = context.Request.Protocol;
            return SendAsync(context, (question, _) => Reply(question).Write());
        });
        var url = web.Url("/dns-query", "dns.test", "https");

        Assert.Equal([V4, V6], (await ResolveAsync(url, trust: TrustPolicy.Only(certificate))).Addresses);
        Assert.Equal("HTTP/2", protocol);
        Assert.Equal(Failure.SslUnknownAuthority, (await ResolveAsync(url)).Failure);
    }

    [Fact]
    public void Its_name_is_its_host() =>
        Assert.Equal("doh dns.example", new DohResolver(new Uri("https://dns.example/dns-query"), null!, TimeSpan.FromSeconds(4), TimeProvider.System).Name);

    private async Task<ResolverAnswer> ResolveAsync(Uri? url = null, TrustPolicy? trust = null, TimeProvider? clock = null)
    {
        using var http = DohTransport.Make(_names, new SocketDialer(AddressGuard.PublicOnly), trust ?? TrustPolicy.System);
        return await new DohResolver(url ?? _web.Url("/dns-query", "dns.test"), http, TimeSpan.FromSeconds(4), clock ?? new TestClock()).ResolveAsync(Host, CancellationToken.None);
    }

    private void Answer(Func<DnsMessage, HttpContext, byte[]> answer) => _web.On("/dns-query", context => SendAsync(context, answer));

    private static async Task SendAsync(HttpContext context, Func<DnsMessage, HttpContext, byte[]> answer)
    {
        context.Response.ContentType = MediaType;
        var question = DnsMessage.Read(Base64Url.DecodeFromChars(context.Request.Query["dns"].ToString()))!;
        await context.Response.Body.WriteAsync(answer(question, context));
    }

    private static DnsMessage Reply(DnsMessage question) => question with { IsResponse = true, Addresses = [question.Type is DnsType.A ? V4 : V6] };

    private static X509Certificate2 SelfSigned(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);
    }
}
