using System.Text;
using Monitoring.Fetching;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Fetching;

public sealed class ProxyFetchTests
{
    private const string Host = "site.kz";

    [Fact]
    public async Task The_request_goes_through_a_tunnel_to_the_address_that_was_resolved_here()
    {
        var heads = new List<string>();
        await using var proxy = new RawServer(async (stream, token) =>
        {
            heads.Add(await RawServer.ReadHeadAsync(stream, token));
            await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), token);
            heads.Add(await RawServer.ReadHeadAsync(stream, token));
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray(), token);
        });

        var fetched = Assert.IsType<FetchResult.Fetched>(await GetAsync($"http://user:secret@127.0.0.1:{proxy.Port}/", new FakeResolver().Knows(Host, "93.184.215.14")));

        Assert.Equal(("ok", "93.184.215.14"), (Encoding.ASCII.GetString(fetched.Content.Span), fetched.Exchange.Peer?.ToString()));
        Assert.StartsWith("CONNECT 93.184.215.14:80 HTTP/1.1\r\n", heads[0], StringComparison.Ordinal);
        Assert.StartsWith("GET /feed HTTP/1.1\r\nHost: site.kz\r\n", heads[1], StringComparison.Ordinal);
        Assert.DoesNotContain("Proxy-Authorization", heads[1] + string.Concat(fetched.Exchange.RequestHeaders.Select(header => header.Key)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "proxy: HTTP 407")]
    [InlineData("HTTP/1.1 403 Forbidden\r\n\r\n", Failure.ConnectionRefused)]
    [InlineData("HTTP/1.1 504 Gateway Timeout\r\n\r\n", Failure.Timeout)]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n", "proxy: no HTTP")]
    [InlineData("", Failure.Eof)]
    public async Task What_the_proxy_refuses_has_a_name(string answer, string failure)
    {
        await using var proxy = RawServer.Answering(answer);

        Assert.Equal(new FetchResult.Failed(failure), await GetAsync($"http://127.0.0.1:{proxy.Port}/", new FakeResolver().Knows(Host, "93.184.215.14")));
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_the_proxy_s_fault()
    {
        var port = 0;
        await using (var gone = RawServer.Answering(""))
        {
            port = gone.Port;
        }

        Assert.Equal(new FetchResult.Failed("proxy: connection_refused"), await GetAsync($"http://127.0.0.1:{port}/", new FakeResolver().Knows(Host, "93.184.215.14")));
    }

    /// <summary>The proxy's own network is nobody's to be visited either.</summary>
    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("127.0.0.1")]
    public async Task A_private_address_is_not_asked_of_the_proxy(string address)
    {
        await using var proxy = RawServer.Answering("HTTP/1.1 200 OK\r\n\r\n");

        Assert.Equal(new FetchResult.Failed(Failure.DnsBogon), await GetAsync($"http://127.0.0.1:{proxy.Port}/", new FakeResolver().Knows(Host, address)));
        Assert.Equal(0, proxy.Connections);
    }

    private static Task<FetchResult> GetAsync(string proxy, IResolver names) => FetchKit.Fetcher(names: names, guard: AddressGuard.PublicOnly).FetchAsync(
        new FetchRequest(new Uri($"http://{Host}/feed"), "text/xml", Validators: null) { Route = new FetchRoute(new ProxyAddress(new Uri(proxy), IsTrusted: true), Intermediate: null) },
        CancellationToken.None);
}
