using Monitoring.Network.Dns;

namespace Monitoring.Tests.Network.Dns;

public sealed class DnsNameTests
{
    /// <summary>A response for the root's A record; what follows is the answer section.</summary>
    private const string RootAnswer = "000080000001000100000000" + "00" + "00010001";

    [Theory]
    [InlineData("site.kz", "site.kz")]
    [InlineData("site.kz.", "site.kz")]
    [InlineData("сайт.қаз", "xn--80aswg.xn--80ao21a")]
    [InlineData("a_b.kz", "a_b.kz")]
    [InlineData("", null)]
    [InlineData(".", null)]
    [InlineData("site..kz", null)]
    [InlineData("сайт..қаз", null)]
    [InlineData("\ud800.kz", null)] // half a character
    public void A_name_is_asked_for_in_ASCII(string host, string? name) => Assert.Equal(name, DnsName.ToAscii(host));

    [Fact]
    public void A_label_that_is_too_long_in_ASCII_is_no_name() => Assert.Null(DnsName.ToAscii(string.Concat(Enumerable.Range(0, 60).Select(i => (char)('а' + (i % 32)))) + ".kz"));

    [Fact]
    public void Bytes_that_are_no_visible_ASCII_are_escaped()
    {
        // One label "a.b\", a space, 0xff: not two labels, and nothing that a terminal obeys.
        var message = DnsMessage.Read(Convert.FromHexString("000080000001000000000000" + "06612E625C20FF" + "00" + "00010001"));

        Assert.Equal(@"a\046b\092\032\255", message!.Name);
    }

    [Theory]
    [InlineData("C00C", true)] // the question's name
    [InlineData("C011", false)] // to itself: the answer starts at 0x11
    [InlineData("C012", false)] // into itself
    [InlineData("C013", false)] // forward
    [InlineData("FFFF", false)] // beyond the end
    [InlineData("C000", false)] // into the header
    [InlineData("C00B", false)]
    [InlineData("0161C00C", true)]
    [InlineData("0161C011", false)] // round and round: a.a.a…
    [InlineData("40", false)] // neither length nor pointer
    [InlineData("80", false)]
    [InlineData("3F61", false)] // longer than the message
    [InlineData("C0", false)] // half a pointer
    public void Pointers_lead_backwards_only(string owner, bool isRead)
    {
        var fixedPart = owner.Length > 2 && owner != "3F61" ? "00010001000000000004" + "08080808" : "";

        Assert.Equal(isRead, DnsMessage.Read(Convert.FromHexString(RootAnswer + owner + fixedPart)) is not null);
    }

    [Theory]
    [InlineData(17, true)] // 16 pointers
    [InlineData(18, false)]
    public void A_chain_of_pointers_has_a_limit(int records, bool isRead)
    {
        // Each record's owner is "a" and a pointer to the owner before; the first is the question's root.
        var message = "00008000000100" + records.ToString("X2", System.Globalization.CultureInfo.InvariantCulture) + "00000000" + "00" + "00010001" + "00" + "00100001000000000000";
        var before = 0x11;
        for (var at = 0x11 + 11; records > 1; records--, at += 14)
        {
            message += "0161" + (0xc000 | before).ToString("X4", System.Globalization.CultureInfo.InvariantCulture) + "00100001000000000000";
            before = at;
        }

        Assert.Equal(isRead, DnsMessage.Read(Convert.FromHexString(message)) is not null);
    }
}
