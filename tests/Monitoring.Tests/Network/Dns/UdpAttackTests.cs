using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Monitoring.Network;
using Monitoring.Network.Dns;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Network.Dns;

/// <summary>Servers that lie, and people on the way who answer too.</summary>
public sealed class UdpAttackTests
{
    private const string Host = "site.kz";

    private static readonly TimeSpan Listening = TimeSpan.FromMilliseconds(500);
    private static readonly IPAddress Good = IPAddress.Parse("93.184.216.34");
    private static readonly IPAddress Injected = IPAddress.Parse("10.10.34.34");

    [Fact]
    public async Task A_second_answer_is_reported_beside_the_first()
    {
        var answer = await ListenAsync(question => [Reply(question, Injected).Write(), Reply(question, Good).Write()]);

        Assert.Equal([Injected], answer.Addresses);
        Assert.Equal([Good], answer.FurtherAnswers.Select(further => Assert.Single(further.Addresses)));
    }

    [Fact]
    public async Task A_second_answer_that_is_a_failure_is_reported_too()
    {
        var answer = await ListenAsync(question => [(Reply(question) with { ResponseCode = 3 }).Write(), Reply(question, Good).Write()]);

        Assert.Equal(Failure.DnsNxdomain, answer.Failure);
        Assert.Equal(Good, Assert.Single(Assert.Single(answer.FurtherAnswers).Addresses));
    }

    [Fact]
    public async Task Doubled_datagrams_and_garbage_are_no_further_answers()
    {
        var answer = await ListenAsync(question => [Reply(question, Good).Write(), Reply(question, Good).Write(), [1, 2, 3], (Reply(question, Injected) with { Id = (ushort)(question.Id ^ 1) }).Write()]);

        Assert.Equal([Good], answer.Addresses);
        Assert.Empty(answer.FurtherAnswers);
    }

    [Fact]
    public async Task Without_listening_the_first_answer_is_all()
    {
        await using var server = new FakeDnsServer(question => [Reply(question, Injected).Write(), Reply(question, Good).Write()]);

        Assert.Empty((await new UdpResolver(server.Endpoint, TimeSpan.FromMinutes(1), new TestClock()).ResolveAsync(Host, CancellationToken.None)).FurtherAnswers);
    }

    [Fact]
    public async Task While_it_listens_a_cancellation_leaves_the_first_answer()
    {
        var clock = new TestClock();
        using var cancellation = new CancellationTokenSource();
        await using var server = FakeDnsServer.Answering(question => Reply(question, Good));
        var resolve = Listener(server, clock).ResolveAsync(Host, cancellation.Token);
        await clock.TimersAsync(2, Listening);

        await cancellation.CancelAsync();

        Assert.Equal([Good], (await resolve).Addresses);
    }

    [Fact]
    public async Task An_answer_from_elsewhere_is_not_heard()
    {
        using var elsewhere = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using var server = new FakeDnsServer((question, asker) =>
        {
            elsewhere.Send(Reply(question, Injected).Write(), asker);
            return [Reply(question, Good).Write()];
        });

        Assert.Equal([Good], (await new UdpResolver(server.Endpoint, TimeSpan.FromMinutes(1), new TestClock()).ResolveAsync(Host, CancellationToken.None)).Addresses);
    }

    [Fact]
    public async Task The_injected_id_is_the_one_that_is_asked_with()
    {
        await using var server = FakeDnsServer.Answering(question => Reply(question, Good));

        await new UdpResolver(server.Endpoint, TimeSpan.FromMinutes(1), new TestClock()) { NewId = () => 4711 }.ResolveAsync(Host, CancellationToken.None);

        Assert.All(server.Questions, question => Assert.Equal(4711, question.Id));
    }

    [Fact]
    public async Task The_answer_carries_canonical_names_and_its_length()
    {
        await using var server = FakeDnsServer.Answering(question => Reply(question, Good) with { CanonicalNames = ["a.cdn.test"] });

        var answer = await new UdpResolver(server.Endpoint, TimeSpan.FromMinutes(1), new TestClock()).ResolveAsync(Host, CancellationToken.None);

        Assert.Equal(["a.cdn.test"], answer.CanonicalNames);
        Assert.Equal(server.Questions.Sum(question => (Reply(question, Good) with { CanonicalNames = ["a.cdn.test"] }).Write().Length), answer.Bytes);
    }

    [Fact]
    public async Task A_truncated_answer_is_asked_for_over_TCP()
    {
        var many = Enumerable.Range(1, 40).Select(i => IPAddress.Parse($"93.184.216.{i}")).ToArray();

        Assert.Equal(many, (await OverTcpAsync(question => Framed(Reply(question, many)))).Addresses);
    }

    [Fact]
    public async Task Another_questions_answer_over_TCP_is_the_servers_fault() =>
        Assert.Equal(Failure.DnsMisbehaving, (await OverTcpAsync(question => Framed(Reply(question, Injected) with { Name = "other.kz" }))).Failure);

    [Fact]
    public async Task Garbage_over_TCP_is_the_servers_fault() => Assert.Equal(Failure.DnsMisbehaving, (await OverTcpAsync(_ => [0, 3, 1, 2, 3])).Failure);

    [Fact]
    public async Task A_stream_that_ends_too_early_is_an_eof() => Assert.Equal(Failure.Eof, (await OverTcpAsync(_ => [0xff, 0xff, 1, 2, 3])).Failure);

    [Fact]
    public async Task Truncated_without_TCP_is_a_refusal()
    {
        var (server, socket) = Truncating(question => Reply(question) with { IsTruncated = true });
        await using var answering = server;

        // A socket that is bound and does not listen: nobody else can take connections at the port.
        using var bound = socket;

        Assert.Equal(Failure.ConnectionRefused, (await new UdpResolver(server.Endpoint, TimeSpan.FromMinutes(1), new TestClock()).ResolveAsync(Host, CancellationToken.None)).Failure);
    }

    /// <summary>To the IPv4 question the datagrams, to the IPv6 question none that counts; the time to listen ends when all are sent.</summary>
    private static async Task<ResolverAnswer> ListenAsync(Func<DnsMessage, byte[][]> datagrams)
    {
        var clock = new TestClock();
        var sent = new TaskCompletionSource();
        await using var server = new FakeDnsServer(question => question.Type is DnsType.A ? Sending(datagrams(question)) : [(Reply(question) with { ResponseCode = 0 }).Write()]);
        var resolve = Listener(server, clock).ResolveAsync(Host, CancellationToken.None);
        await sent.Task;
        await clock.TimersAsync(2, Listening);
        clock.Advance(Listening);
        return await resolve;

        IEnumerable<byte[]> Sending(byte[][] all)
        {
            foreach (var datagram in all)
            {
                yield return datagram;
            }

            sent.SetResult();
        }
    }

    /// <summary>Over UDP it truncates, over TCP it sends these bytes and closes.</summary>
    private static async Task<ResolverAnswer> OverTcpAsync(Func<DnsMessage, byte[]> answer)
    {
        var (server, socket) = Truncating(question => Reply(question) with { IsTruncated = question.Type is DnsType.A });
        await using var answering = server;
        using var listener = socket;
        listener.Listen();
        var serve = ServeAsync();
        var resolved = await new UdpResolver(server.Endpoint, TimeSpan.FromMinutes(1), new TestClock()).ResolveAsync(Host, CancellationToken.None);
        await serve;
        return resolved;

        async Task ServeAsync()
        {
            await using var client = new NetworkStream(await listener.AcceptAsync(), ownsSocket: true);
            var length = new byte[2];
            await client.ReadExactlyAsync(length);
            var question = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await client.ReadExactlyAsync(question);
            await client.WriteAsync(answer(DnsMessage.Read(question)!));
        }
    }

    /// <summary>A server on UDP and a socket at the same port of TCP. The port is chosen on UDP; where another test has it on TCP, another is chosen.</summary>
    private static (FakeDnsServer Server, Socket Tcp) Truncating(Func<DnsMessage, DnsMessage> answer)
    {
        var taken = new List<FakeDnsServer>();
        while (true)
        {
            var server = FakeDnsServer.Answering(answer);
            var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                tcp.Bind(server.Endpoint);
                return (server, tcp);
            }
            catch (SocketException failure) when (failure.SocketErrorCode is SocketError.AddressAlreadyInUse && taken.Count < 20)
            {
                // Kept until the end of the process, so that its port is not chosen again.
                taken.Add(server);
                tcp.Dispose();
            }
        }
    }

    private static byte[] Framed(DnsMessage message)
    {
        var bytes = message.Write();
        return [(byte)(bytes.Length >> 8), (byte)(bytes.Length & 0xff), .. bytes];
    }

    private static UdpResolver Listener(FakeDnsServer server, TestClock clock) => new(server.Endpoint, TimeSpan.FromMinutes(1), clock) { ListenOn = Listening };

    private static DnsMessage Reply(DnsMessage question, params IPAddress[] addresses) =>
        question with { IsResponse = true, Addresses = question.Type is DnsType.A ? addresses : [] };
}
