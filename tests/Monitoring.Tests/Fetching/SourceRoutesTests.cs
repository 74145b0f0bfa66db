using Monitoring.Fetching;
using Monitoring.Network;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Fetching;

public sealed class SourceRoutesTests
{
    private static readonly Uri Proxy = new("http://user:secret@proxy.example:3128");
    private static readonly FeedSource Feed = new() { Id = "feed-1", Name = "Лента", Url = new Uri("https://news.kz/rss") };

    private static readonly WatchlistSnapshot List = new("1", [
        new Vantage { Id = "here-1", Name = "Here" },
        new Vantage { Id = "almaty-1", Name = "Almaty", Via = VantageKind.Proxy },
        new Vantage { Id = "listed-1", Name = "Listed", Via = VantageKind.Proxy, Proxy = new Uri("http://192.0.2.7:3128") },
        new Vantage { Id = "none-1", Name = "None", Via = VantageKind.Proxy },
    ]);

    private readonly SourceRoutes _routes = new(new VantageProxies(new Dictionary<string, VantageOptions> { ["Almaty"] = new() { Proxy = Proxy } }));

    [Theory]
    [InlineData(null)]
    [InlineData("Here")]
    [InlineData("here-1")]
    public void From_here(string? via) => Assert.Same(FetchRoute.Usual, _routes.Of(Feed with { Via = via }, List));

    [Fact]
    public void Through_the_proxy_of_the_vantage()
    {
        Assert.Equal(new FetchRoute(new ProxyAddress(Proxy, IsTrusted: true), Intermediate: null), _routes.Of(Feed with { Via = "Almaty" }, List));
        Assert.Equal(new FetchRoute(new ProxyAddress(new Uri("http://192.0.2.7:3128"), IsTrusted: false), "PEM"), _routes.Of(Feed with { Via = "listed-1", Intermediate = "PEM" }, List));
    }

    [Fact]
    public void With_a_pinned_certificate() => Assert.Equal(new FetchRoute(Proxy: null, "PEM"), _routes.Of(Feed with { Intermediate = "PEM" }, List));

    [Theory]
    [InlineData("None")]
    [InlineData("gone from the list")]
    public void A_vantage_without_a_proxy_is_no_way(string via) => Assert.Null(_routes.Of(Feed with { Via = via }, List));
}
