using System.Net;
using Monitoring.Network.Dns;

namespace Monitoring.Tests.Network.Dns;

public sealed class DnsMessageTests
{
    private static readonly DnsMessage Answer = new(0xabcd, IsResponse: true, ResponseCode: 0, "www.site.kz", DnsType.A, [IPAddress.Parse("93.184.216.34"), IPAddress.Parse("8.8.8.8")]);

    [Fact]
    public void A_question_has_the_bytes_of_RFC_1035() => Assert.Equal(
        "ABCD01000001000000000001" + "04736974650" + "26B7A00" + "001C0001" + "00" + "0029" + "04D0" + "00000000" + "0000", // EDNS: 1232 bytes
        Convert.ToHexString(new DnsMessage(0xabcd, IsResponse: false, ResponseCode: 0, "site.kz", DnsType.Aaaa, []).Write()));

    [Fact]
    public void What_is_written_is_read_again()
    {
        var read = DnsMessage.Read(Answer.Write())!;

        Assert.Equal((Answer.Id, true, 0, "www.site.kz", DnsType.A), (read.Id, read.IsResponse, read.ResponseCode, read.Name, read.Type));
        Assert.Equal(Answer.Addresses, read.Addresses);
    }

    [Theory]
    [InlineData("site.kz", true)]
    [InlineData("a_b.site.kz", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("site..kz", false)]
    [InlineData("site.kz.", false)]
    [InlineData("сайт.қаз", false)] // punycode is expected
    public void Names_are_ASCII_labels(string name, bool isName) => Assert.Equal(isName, DnsName.IsName(name));

    [Theory]
    [InlineData(63, 1, true)]
    [InlineData(64, 1, false)] // was cut to another name
    [InlineData(63, 3, true)]
    [InlineData(63, 4, false)] // 255 characters and more
    public void Labels_and_names_have_a_limit(int label, int labels, bool isName) =>
        Assert.Equal(isName, DnsName.IsName(string.Join('.', Enumerable.Repeat(new string('a', label), labels))));

    [Fact]
    public void The_longest_name_is_written_and_read()
    {
        var name = string.Join('.', new string('a', 63), new string('b', 63), new string('c', 63), new string('d', 61));

        Assert.True(DnsName.IsName(name));
        Assert.Equal(name, DnsMessage.Read((Answer with { Name = name }).Write())!.Name);
    }

    [Fact]
    public void Records_of_another_type_are_passed_over()
    {
        var mixed = (Answer with { Addresses = [IPAddress.Parse("2a00::1"), IPAddress.Parse("8.8.8.8")] }).Write();

        Assert.Equal([IPAddress.Parse("8.8.8.8")], DnsMessage.Read(mixed)!.Addresses);
    }

    [Fact]
    public void Records_beyond_the_limit_are_left()
    {
        var many = Answer with { Addresses = [.. Enumerable.Repeat(IPAddress.Parse("8.8.8.8"), 100)] };

        Assert.Equal(64, DnsMessage.Read(many.Write())!.Addresses.Count);
    }

    [Theory]
    [InlineData(5, 0)] // no question
    [InlineData(5, 2)] // two questions
    [InlineData(7, 3)] // more answers announced than there are
    [InlineData(12, 0xc0)] // a pointer as the question's name: to itself
    [InlineData(12, 64)] // a label longer than any
    [InlineData(12, 63)] // a label longer than the message's name
    [InlineData(29, 64)] // the owner of the first record
    [InlineData(40, 0xff)] // a record longer than the message
    public void A_damaged_message_is_null(int at, byte value)
    {
        var bytes = Answer.Write();
        bytes[at] = value;

        Assert.Null(DnsMessage.Read(bytes));
    }

    [Fact]
    public void Every_message_that_is_cut_short_is_null()
    {
        var bytes = Answer.Write();

        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.Null(DnsMessage.Read(bytes.AsSpan(0, length))));
    }

    [Fact]
    public void Canonical_names_are_followed_in_any_order()
    {
        var written = Answer with { Addresses = [IPAddress.Parse("8.8.8.8")], CanonicalNames = ["a.cdn.test", "b.cdn.test"] };
        var read = DnsMessage.Read(written.Write())!;

        Assert.Equal(["a.cdn.test", "b.cdn.test"], read.CanonicalNames);
        Assert.Equal(written.Addresses, read.Addresses);
    }

    [Fact]
    public void Canonical_names_that_go_round_end()
    {
        var read = DnsMessage.Read((Answer with { CanonicalNames = ["a.cdn.test", "WWW.site.kz", "a.cdn.test"] }).Write())!;

        Assert.Equal(["a.cdn.test"], read.CanonicalNames);
    }

    [Fact]
    public void An_address_of_another_name_is_not_the_answer()
    {
        var bytes = Answer.Write();
        var other = (byte)(12 + 4); // the first record's owner is now "site.kz"
        bytes[30] = other;

        Assert.Equal([IPAddress.Parse("8.8.8.8")], DnsMessage.Read(bytes)!.Addresses);
    }

    [Fact]
    public void Of_a_truncated_answer_only_the_question_is_read()
    {
        var read = DnsMessage.Read((Answer with { IsTruncated = true }).Write().AsSpan(0, 35))!;

        Assert.True(read.IsTruncated);
        Assert.Empty(read.Addresses);
    }

    [Fact]
    public void Counts_of_65535_are_believed_only_as_far_as_there_are_bytes()
    {
        var bytes = Answer.Write();
        bytes.AsSpan(6, 6).Fill(0xff);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Null(DnsMessage.Read(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    [Theory]
    [InlineData(2, 0x88)] // an opcode that is no query
    [InlineData(28, 3)] // the class of the question
    public void What_is_no_question_of_the_internet_is_null(int at, byte value)
    {
        var bytes = Answer.Write();
        bytes[at] = value;

        Assert.Null(DnsMessage.Read(bytes));
    }
}
