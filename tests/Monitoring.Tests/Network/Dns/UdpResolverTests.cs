using System.Net;
using System.Net.Sockets;
using Monitoring.Network;
using Monitoring.Network.Dns;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Network.Dns;

public sealed class UdpResolverTests
{
    private const string Host = "site.kz";

    private static readonly IPAddress V4 = IPAddress.Parse("93.184.216.34");
    private static readonly IPAddress V6 = IPAddress.Parse("2a00::1");

    [Fact]
    public async Task Both_kinds_of_address_are_asked_for_and_IPv4_comes_first()
    {
        await using var server = FakeDnsServer.Answering(question => Reply(question, question.Type is DnsType.A ? V4 : V6));

        var answer = await Resolver(server).ResolveAsync(Host, CancellationToken.None);

        Assert.Equal([V4, V6], answer.Addresses);
        Assert.Null(answer.Failure);
        Assert.Equal($"udp {server.Endpoint}", Resolver(server).Name);
    }

    [Theory]
    [InlineData(0, Failure.DnsNoAnswer)]
    [InlineData(1, Failure.DnsMisbehaving)]
    [InlineData(2, Failure.DnsServfail)]
    [InlineData(3, Failure.DnsNxdomain)]
    [InlineData(5, Failure.DnsRefused)]
    public async Task A_refusal_has_a_name(int code, string failure)
    {
        await using var server = FakeDnsServer.Answering(question => Reply(question) with { ResponseCode = code });

        Assert.Equal(failure, (await Resolver(server).ResolveAsync(Host, CancellationToken.None)).Failure);
    }

    [Fact]
    public async Task A_name_without_IPv6_is_no_failure()
    {
        await using var server = FakeDnsServer.Answering(question => question.Type is DnsType.A ? Reply(question, V4) : Reply(question) with { ResponseCode = 2 });

        Assert.Equal([V4], (await Resolver(server).ResolveAsync(Host, CancellationToken.None)).Addresses);
    }

    [Fact]
    public async Task Datagrams_that_answer_something_else_are_passed_over()
    {
        var wrong = IPAddress.Parse("10.10.34.34");
        await using var server = new FakeDnsServer(question =>
        [
            [],
            [1, 2, 3],
            question.Write(), // not an answer
            (Reply(question, wrong) with { Id = (ushort)(question.Id ^ 1) }).Write(),
            (Reply(question, wrong) with { Name = "other.kz" }).Write(),
            (Reply(question, wrong) with { Type = question.Type is DnsType.A ? DnsType.Aaaa : DnsType.A }).Write(),
            (Reply(question, question.Type is DnsType.A ? V4 : V6) with { Name = "SITE.kz" }).Write(),
        ]);

        Assert.Equal([V4, V6], (await Resolver(server).ResolveAsync(Host, CancellationToken.None)).Addresses);
    }

    [Fact]
    public async Task Bogons_are_returned_as_they_came()
    {
        await using var server = FakeDnsServer.Answering(question => question.Type is DnsType.A ? Reply(question, IPAddress.Loopback) : Reply(question));

        Assert.Equal([IPAddress.Loopback], (await Resolver(server).ResolveAsync(Host, CancellationToken.None)).Addresses);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("site..kz")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.kz")] // 64
    public async Task A_name_that_cannot_exist_is_not_asked_for(string host)
    {
        await using var server = FakeDnsServer.Answering(question => Reply(question, V4));

        Assert.Equal(Failure.DnsNxdomain, (await Resolver(server).ResolveAsync(host, CancellationToken.None)).Failure);
        Assert.Empty(server.Questions);
    }

    [Fact]
    public async Task The_dot_of_the_root_is_not_asked_for()
    {
        await using var server = FakeDnsServer.Answering(question => Reply(question, question.Type is DnsType.A ? V4 : V6));

        Assert.Equal([V4, V6], (await Resolver(server).ResolveAsync(Host + ".", CancellationToken.None)).Addresses);
        Assert.All(server.Questions, question => Assert.Equal(Host, question.Name));
    }

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("::1")]
    public async Task A_literal_is_its_own_answer(string literal)
    {
        await using var server = FakeDnsServer.Answering(question => Reply(question, V4));

        Assert.Equal([IPAddress.Parse(literal)], (await Resolver(server).ResolveAsync(literal, CancellationToken.None)).Addresses);
        Assert.Empty(server.Questions);
    }

    [Fact]
    public async Task After_silence_it_asks_once_more_and_then_it_is_a_timeout()
    {
        var clock = new TestClock();
        await using var server = new FakeDnsServer(_ => []);
        var resolve = new UdpResolver(server.Endpoint, TimeSpan.FromSeconds(4), clock).ResolveAsync(Host, CancellationToken.None);

        for (var asked = 2; asked <= 4; asked += 2)
        {
            await server.WasAskedAsync(asked);
            Assert.False(resolve.IsCompleted);
            clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(Failure.Timeout, (await resolve).Failure);
        Assert.Equal(4, server.Questions.Count);
    }

    [Fact]
    public async Task A_lost_question_is_asked_again()
    {
        var clock = new TestClock();
        var asked = 0;
        await using var server = new FakeDnsServer(question => ++asked > 2 ? [Reply(question, question.Type is DnsType.A ? V4 : V6).Write()] : []);
        var resolve = new UdpResolver(server.Endpoint, TimeSpan.FromSeconds(4), clock).ResolveAsync(Host, CancellationToken.None);
        await server.WasAskedAsync(2);

        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([V4, V6], (await resolve).Addresses);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_no_statement_about_the_name()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var endpoint = (IPEndPoint)closed.LocalEndPoint!;
        closed.Close();

        Assert.Equal(Failure.ConnectionRefused, (await new UdpResolver(endpoint, TimeSpan.FromSeconds(5), TimeProvider.System).ResolveAsync(Host, CancellationToken.None)).Failure);
    }

    [Fact]
    public async Task The_systems_resolver_does_not_throw_on_names_longer_than_any() =>
        Assert.Equal(Failure.DnsNxdomain, (await new SystemResolver().ResolveAsync(new string('a', 300), CancellationToken.None)).Failure);

    private static UdpResolver Resolver(FakeDnsServer server) => new(server.Endpoint, TimeSpan.FromMinutes(1), TimeProvider.System);

    private static DnsMessage Reply(DnsMessage question, params IPAddress[] addresses) => question with { IsResponse = true, Addresses = addresses };
}
