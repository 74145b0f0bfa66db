using System.Net;
using Monitoring.Network;

namespace Monitoring.Tests.Network;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("127.0.0.1", BogonKind.Loopback)]
    [InlineData("127.255.255.254", BogonKind.Loopback)]
    [InlineData("::1", BogonKind.Loopback)]
    [InlineData("::ffff:127.0.0.1", BogonKind.Loopback)] // mapped
    [InlineData("10.255.0.1", BogonKind.Private)]
    [InlineData("172.16.0.1", BogonKind.Private)]
    [InlineData("172.31.255.255", BogonKind.Private)]
    [InlineData("192.168.1.1", BogonKind.Private)]
    [InlineData("100.64.0.1", BogonKind.Private)] // behind a provider's NAT
    [InlineData("100.100.100.200", BogonKind.Private)] // metadata of a cloud
    [InlineData("::ffff:10.0.0.1", BogonKind.Private)]
    [InlineData("2002:0a00:0001::1", BogonKind.Private)] // 6to4
    [InlineData("64:ff9b::10.0.0.1", BogonKind.Private)] // NAT64
    [InlineData("2001:0:1::f5ff:fffe", BogonKind.Private)] // Teredo, inverted
    [InlineData("fd00::1", BogonKind.Private)]
    [InlineData("fec0::1", BogonKind.Private)]
    [InlineData("169.254.169.254", BogonKind.LinkLocal)] // metadata of clouds
    [InlineData("::ffff:169.254.169.254", BogonKind.LinkLocal)]
    [InlineData("fe80::1", BogonKind.LinkLocal)]
    [InlineData("fe80::1%1", BogonKind.LinkLocal)]
    [InlineData("0.0.0.0", BogonKind.Other)]
    [InlineData("::", BogonKind.Other)]
    [InlineData("::10.0.0.1", BogonKind.Other)]
    [InlineData("224.0.0.1", BogonKind.Other)]
    [InlineData("255.255.255.255", BogonKind.Other)]
    [InlineData("192.0.2.1", BogonKind.Other)]
    [InlineData("198.19.255.255", BogonKind.Other)]
    [InlineData("203.0.113.7", BogonKind.Other)]
    [InlineData("ff02::1", BogonKind.Other)]
    [InlineData("2001:db8::1", BogonKind.Other)]
    [InlineData("::ffff:0:10.0.0.1", BogonKind.Other)] // translated (RFC 2765)
    [InlineData("64:ff9b:1::a00:1", BogonKind.Other)] // local NAT64 (RFC 8215)
    [InlineData("100:0:0:1::1", BogonKind.Other)]
    [InlineData("2001:2::1", BogonKind.Other)]
    [InlineData("3fff::1", BogonKind.Other)]
    [InlineData("5f00::1", BogonKind.Other)]
    public void Addresses_that_no_public_server_has_are_known(string address, BogonKind kind)
    {
        Assert.Equal(kind, AddressGuard.Classify(IPAddress.Parse(address)));
        Assert.False(AddressGuard.PublicOnly.Allows(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2a00:1450::1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2002:0808:0808::1")]
    public void Public_addresses_are_allowed_up_to_the_borders(string address)
    {
        Assert.Null(AddressGuard.Classify(IPAddress.Parse(address)));
        Assert.True(AddressGuard.PublicOnly.Allows(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("0.0.0.0", false)] // leads to loopback too, but is none
    [InlineData("169.254.169.254", false)]
    [InlineData("8.8.8.8", true)]
    public void The_guard_of_tests_allows_loopback_and_nothing_else_more(string address, bool isAllowed) =>
        Assert.Equal(isAllowed, AddressGuard.PublicAndLoopback.Allows(IPAddress.Parse(address)));
}
