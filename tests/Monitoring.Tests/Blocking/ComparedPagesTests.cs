using Monitoring.Blocking;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking;

/// <summary>Both sides got a page, and it is not the same: over TLS it is the site's, over plain HTTP anybody's.</summary>
public sealed class ComparedPagesTests
{
    private const string Plain = "http://site.kz/";
    private const string Encrypted = "https://site.kz/";

    private static readonly HttpObservation Page = Some.Page(headers: "Server: nginx");

    [Theory]
    [InlineData(200, "Новости города и области", 20_000, "reachable confirmed bd-2")]
    [InlineData(200, "Restricted", 120, "blocked.http_blockpage likely bd-20")]
    [InlineData(200, null, 120, "blocked.http_blockpage likely bd-20")]
    [InlineData(403, "Restricted", 120, "blocked.http_blockpage likely bd-20")]
    [InlineData(404, "Restricted", 120, "blocked.http_blockpage likely bd-20")]
    [InlineData(451, "Restricted", 120, "blocked.http_451 confirmed bd-18")]
    [InlineData(200, "Restricted", 0, "page_changed suspected bd-21")] // an empty page tells nothing
    [InlineData(403, "Новости города и области", 19_000, "page_changed suspected bd-21")] // as long as the real one
    [InlineData(429, "Too many requests", 120, "page_changed suspected bd-21")]
    [InlineData(500, "Error", 120, "page_changed suspected bd-21")] // a server in trouble is no censor
    [InlineData(502, "Error", 120, "page_changed suspected bd-21")]
    [InlineData(503, "Error", 120, "page_changed suspected bd-21")]
    public void Over_plain_HTTP(int status, string? title, int length, string expected) => Assert.Equal(expected, Judge(Plain, Some.Page(status, title, length), Page));

    [Theory]
    [InlineData(200, "Новости города и области", 20_000, "reachable confirmed bd-2")]
    [InlineData(200, "Restricted", 120, "page_changed suspected bd-21")]
    [InlineData(404, "Restricted", 120, "page_changed suspected bd-21")]
    [InlineData(403, "Just a moment...", 120, "refused_by_site.challenge likely bd-19")]
    [InlineData(429, "Too many requests", 120, "refused_by_site.rate likely bd-19")]
    [InlineData(451, "Unavailable for legal reasons", 120, "refused_by_site.geo likely bd-19")]
    [InlineData(503, "Just a moment...", 120, "refused_by_site.challenge likely bd-19")]
    [InlineData(500, "Error", 120, "page_changed suspected bd-21")]
    public void Over_TLS_the_site_said_it(int status, string? title, int length, string expected) => Assert.Equal(expected, Judge(Encrypted, Some.Page(status, title, length), Page));

    [Theory]
    [InlineData(403, "Server: nginx", "refused_by_site.forbidden suspected bd-19")]
    [InlineData(503, "Server: nginx", "refused_by_site.forbidden suspected bd-19")]
    [InlineData(403, "Server: other", "blocked.http_blockpage likely bd-20")]
    [InlineData(200, "Server: nginx", "blocked.http_blockpage likely bd-20")] // half the web's servers are called so
    public void A_refusal_by_the_site_s_own_server_is_the_site_s(int status, string header, string expected) =>
        Assert.Equal(expected, Judge(Plain, Some.Page(status, "Forbidden", 120, header), Page));

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    public void Where_the_site_refuses_the_control_a_page_over_plain_HTTP_cannot_be_judged(int control) =>
        Assert.Equal("undecided insufficient bd-6", Judge(Plain, Some.Page(), Some.Page(control, "Just a moment...", 120)));

    [Fact]
    public void Where_the_site_refuses_the_control_a_page_over_TLS_is_the_site_s() =>
        Assert.Equal("reachable confirmed bd-6", Judge(Encrypted, Some.Page(), Some.Page(403, "Just a moment...", 120)));

    [Fact]
    public void Where_the_site_refuses_both_in_other_words_nothing_can_be_told() =>
        Assert.Equal("undecided insufficient bd-6", Judge(Encrypted, Some.Page(429, "Slow down", 5000), Some.Page(403, "Just a moment...", 120)));

    [Fact]
    public void Where_both_get_the_same_refusal_the_site_is_reached() => Assert.Equal("reachable confirmed bd-2", Judge(Plain, Some.Page(403), Some.Page(403)));

    [Theory]
    [InlineData("95.56.234.1", "blocked.dns likely bd-13")]
    [InlineData(Some.Address, "blocked.http_blockpage likely bd-20")]
    public void Another_page_from_another_address_is_laid_to_DNS(string address, string expected)
    {
        var control = Some.Measurement(Plain);
        var vantage = control.At(address).Http(Some.Page(title: "Restricted", length: 120));

        Assert.Equal(expected, BlockingAnalysisTests.Told(Some.Judge(vantage, control, canary: null)));
    }

    private static string Judge(string url, HttpObservation mine, HttpObservation theirs) =>
        BlockingAnalysisTests.Told(Some.Judge(Some.Measurement(url).Http(mine), Some.Measurement(url).Http(theirs), canary: null));
}
