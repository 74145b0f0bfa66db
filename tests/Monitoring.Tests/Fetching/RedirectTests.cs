using Monitoring.Fetching;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Fetching;

public sealed class RedirectTests : IAsyncLifetime
{
    private LoopbackWeb _web = null!;

    public async Task InitializeAsync() => _web = await LoopbackWeb.StartAsync();

    public async Task DisposeAsync() => await _web.DisposeAsync();

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirects_are_followed_and_remembered(int status)
    {
        _web.On("/feed", "", status, "Location: next?a=1");
        _web.On("/next", "x");

        var exchange = Assert.IsType<FetchResult.Fetched>(await FetchKit.Fetcher().GetAsync(_web.Url("/feed"))).Exchange;

        Assert.Equal((_web.Url("/feed"), _web.Url("/next?a=1")), (exchange.RequestUrl, exchange.FinalUrl));
        Assert.Equal((status, _web.Url("/feed")), (exchange.Redirects.Single().Status, exchange.Redirects.Single().Url));
    }

    [Theory]
    [InlineData(2, "Fetched")]
    [InlineData(3, "too_many_redirects")]
    public async Task Only_so_many_are_followed(int redirects, string expected)
    {
        for (var i = 0; i < redirects; i++)
        {
            _web.On($"/{i}", "", 302, $"Location: /{i + 1}");
        }

        _web.On($"/{redirects}", "x");
        var result = await FetchKit.Fetcher(new FetchingOptions { MaxRedirects = 2 }).GetAsync(_web.Url("/0"));

        Assert.Equal(expected, result is FetchResult.Failed failed ? failed.Failure : result.GetType().Name);
        Assert.Equal(3, _web.Requests.Count);
    }

    [Fact]
    public async Task A_loop_ends()
    {
        _web.On("/feed", "", 302, "Location: /feed");

        Assert.Equal("too_many_redirects", await FetchKit.Fetcher().FailureAsync(_web.Url("/feed")));
        Assert.Equal(new FetchingOptions().MaxRedirects + 1, _web.Requests.Count);
    }

    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")] // a cloud's secrets
    [InlineData("http://0xa9.0xfe.0xa9.0xfe/")]
    [InlineData("http://2852039166/")] // the same as one number
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fe80::1%25eth0]/")]
    [InlineData("http://user:password@192.168.1.1/")]
    [InlineData("http://internal.site.kz/")] // its address is not public
    [InlineData("http://mixed.site.kz/")]
    [InlineData("http://0.0.0.0/")]
    public async Task The_guard_stands_before_every_redirect(string location)
    {
        _web.On("/feed", "", 302, $"Location: {location}");
        var names = new FakeResolver().Knows("internal.site.kz", "10.1.2.3").Knows("mixed.site.kz", "192.168.0.1", "fc00::1");

        Assert.Equal(Failure.DnsBogon, await FetchKit.Fetcher(names: names).FailureAsync(_web.Url("/feed")));
    }

    [Fact]
    public async Task The_guard_of_the_product_refuses_loopback()
    {
        Assert.Equal(Failure.DnsBogon, await FetchKit.Fetcher(guard: AddressGuard.PublicOnly).FailureAsync(_web.Url("/")));
        Assert.Empty(_web.Requests);
    }

    [Theory]
    [InlineData("file:///etc/passwd", "scheme_not_allowed")]
    [InlineData("javascript:alert(1)", "scheme_not_allowed")]
    [InlineData("ftp://site.kz/", "scheme_not_allowed")]
    [InlineData("\\\\site.kz\\share", "scheme_not_allowed")]
    [InlineData("http://", Failure.HttpInvalidRedirect)]
    [InlineData("http://a b/", Failure.HttpInvalidRedirect)]
    [InlineData("http://site.kz:99999/", Failure.HttpInvalidRedirect)]
    [InlineData("", Failure.HttpInvalidRedirect)]
    [InlineData("http://unknown.site.kz/", Failure.DnsNxdomain)]
    [InlineData("http://xn--a.kz/", Failure.DnsNxdomain)]
    public async Task Odd_locations_are_failures_with_a_name(string location, string failure)
    {
        await using var server = RawServer.Answering($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal(failure, await FetchKit.Fetcher().FailureAsync(FetchKit.Url(server)));
    }

    [Fact]
    public async Task A_location_that_cannot_be_a_host_is_a_failure()
    {
        // In Latin-1, as headers are read.
        await using var server = RawServer.Answering("HTTP/1.1 302 Found\r\nLocation: http://xn--\u00e9.kz/\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal(Failure.HttpInvalidRedirect, await FetchKit.Fetcher().FailureAsync(FetchKit.Url(server)));
    }

    [Fact]
    public async Task A_redirect_without_a_location_is_a_failure() =>
        Assert.Equal(new FetchResult.Failed(Failure.HttpInvalidRedirect), await FetchKit.AnswerAsync("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"));

    [Theory]
    [InlineData(7900, "Refused")]
    [InlineData(8000, Failure.HttpInvalidRedirect)] // with the host it is too long
    public async Task Locations_have_a_limit(int length, string expected)
    {
        _web.On("/feed", "", 302, $"Location: /{new string('x', length)}");

        var result = await FetchKit.Fetcher().GetAsync(_web.Url("/feed"));

        Assert.Equal(expected, result is FetchResult.Failed failed ? failed.Failure : result.GetType().Name);
    }
}
