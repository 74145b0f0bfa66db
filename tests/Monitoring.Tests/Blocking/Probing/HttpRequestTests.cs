using System.Net.Sockets;
using Monitoring.Blocking;
using Monitoring.Blocking.Probing;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking.Probing;

/// <summary>What the probe sends: a browser's request, with nothing in it that names us.</summary>
public sealed class HttpRequestTests
{
    [Theory]
    [InlineData("http://site.test/", "/", "site.test")]
    [InlineData("https://site.test/a/b?c=d#part", "/a/b?c=d", "site.test")] // 443 goes without saying
    [InlineData("http://site.test:8080/", "/", "site.test:8080")]
    [InlineData("http://site.test:443/", "/", "site.test:443")] // default of the other scheme
    [InlineData("https://site.test:80/", "/", "site.test:80")]
    [InlineData("https://жаңалық.test/қала", "/%D2%9B%D0%B0%D0%BB%D0%B0", "xn--80aaqw4fuxvb.test")]
    [InlineData("http://[2001:4860::1]/", "/", "[2001:4860::1]")]
    [InlineData("https://[2001:4860::1]:8443/", "/", "[2001:4860::1]:8443")]
    [InlineData("http://192.0.2.7:81/", "/", "192.0.2.7:81")]
    [InlineData("http://user:secret@site.test/", "/", "site.test")]
    public async Task Target_and_host_are_the_page_s(string url, string target, string host)
    {
        var head = await SentAsync(url);

        Assert.StartsWith($"GET {target} HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Equal([$"Host: {host}"], head.Split("\r\n").Where(line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain("secret", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_header_names_us()
    {
        var head = await SentAsync("https://site.test/");

        var names = head.Split("\r\n").Skip(1).Where(line => line.Length > 0).Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal);
        Assert.Equal(["Accept", "Accept-Encoding", "Accept-Language", "Host", "Upgrade-Insecure-Requests", "User-Agent"], names);
        Assert.DoesNotContain("Monitoring", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(".NET", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Cookies_of_one_answer_are_not_sent_with_the_next_request()
    {
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\nSet-Cookie: id=1\r\nContent-Length: 0\r\n\r\n");
        var probe = new HttpProbe(new ProbeOptions(), TimeProvider.System);

        for (var i = 0; i < 2; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server.Endpoint);
            await probe.GetAsync(client.GetStream(), new Uri("http://site.test/"), CancellationToken.None);
        }

        Assert.Equal(2, server.Heads.Count);
        Assert.All(server.Heads, head => Assert.DoesNotContain("Cookie", head, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<string> SentAsync(string url)
    {
        await using var server = RawServer.Answering("HTTP/1.1 204 No Content\r\n\r\n");
        using var client = new TcpClient();
        await client.ConnectAsync(server.Endpoint);
        await new HttpProbe(new ProbeOptions(), TimeProvider.System).GetAsync(client.GetStream(), new Uri(url), CancellationToken.None);
        return Assert.Single(server.Heads);
    }
}
