using Monitoring.Network.Dns;

namespace Monitoring.Tests.Network.Dns;

public sealed class NamedResolversTests
{
    [Fact]
    public void Addresses_make_resolvers_in_their_order()
    {
        var addresses = NamedResolvers.Parse("  udp://9.9.9.9:53 https://dns.example/dns-query udp://[2620:fe::fe]:5353 ", out var wrong);

        Assert.Null(wrong);
        Assert.Equal(["udp 9.9.9.9:53", "doh dns.example", "udp [2620:fe::fe]:5353"], NamedResolvers.Make(addresses, null!, TimeSpan.FromSeconds(4), TimeProvider.System).All.Select(resolver => resolver.Name));
    }

    [Fact]
    public void None_is_the_usual_setting() => Assert.Empty(NamedResolvers.Parse("", out _));

    [Theory]
    [InlineData("9.9.9.9:53")]
    [InlineData("udp://9.9.9.9")] // no port
    [InlineData("udp://dns.example:53")] // a name: who would resolve it?
    [InlineData("udp://9.9.9.9:53/path")]
    [InlineData("http://dns.example/dns-query")] // readable on the way
    [InlineData("https://user:password@dns.example/dns-query")]
    [InlineData("https://dns.example/dns-query#part")]
    [InlineData("tcp://9.9.9.9:53")]
    public void What_is_no_resolver_is_named(string address)
    {
        Assert.Empty(NamedResolvers.Parse($"udp://9.9.9.9:53 {address}", out var wrong));
        Assert.Equal(address, wrong);
    }
}
