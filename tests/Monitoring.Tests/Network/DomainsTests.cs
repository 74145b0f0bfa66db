using Monitoring.Network;

namespace Monitoring.Tests.Network;

public sealed class DomainsTests
{
    [Theory]
    [InlineData("site.kz", "site.kz")]
    [InlineData("www.site.kz", "site.kz")]
    [InlineData("a.b.c.site.kz", "site.kz")]
    [InlineData("www.site.com.kz", "site.com.kz")]
    [InlineData("site.com.kz", "site.com.kz")]
    [InlineData("a.CO.uk", "a.CO.uk")]
    [InlineData("www.com.org", "com.org")] // no country
    [InlineData("com.kz", "com.kz")]
    [InlineData("localhost", "localhost")]
    [InlineData("www.site.kz.", "site.kz")] // the root's dot
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("10.1.2.3.", "10.1.2.3")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("", "")]
    public void What_somebody_owns_are_the_last_labels(string host, string expected) => Assert.Equal(expected, Domains.Registrable(host));

    [Theory]
    [InlineData("https://site.kz/a", "site.kz")]
    [InlineData("https://site.kz:443/", "site.kz")]
    [InlineData("http://site.kz:443/", "site.kz:443")]
    [InlineData("https://сайт.қаз/", "xn--80aswg.xn--80ao21a")]
    [InlineData("http://[2001:db8::1]:8080/", "[2001:db8::1]:8080")]
    [InlineData("http://user:secret@site.kz/", "site.kz")]
    public void The_host_header_is_ASCII_without_the_default_port(string url, string expected) => Assert.Equal(expected, Domains.AsciiAuthority(new Uri(url)));
}
