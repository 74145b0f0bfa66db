using Monitoring.Languages;

namespace Monitoring.Tests.Languages;

public sealed class ReadableTextTests
{
    [Theory]
    [InlineData("Қала\tжаңалығы\nекінші жол 👍🏽", "Қала\tжаңалығы\nекінші жол 👍🏽")] // nothing odd
    [InlineData("a\u001b[31mb\u0007", "a [31mb ")] // a terminal's orders
    [InlineData("a\r\nb\u0085c", "a \nb c")]
    [InlineData("invoice\u202efdp.exe", "invoicefdp.exe")] // an override of direction
    [InlineData("\u2067a\u2069", "a")] // an isolate
    [InlineData("سلام\u200fa", "سلام\u200fa")] // a mark that only helps stays
    public void What_a_terminal_or_page_would_obey_is_gone(string text, string readable)
    {
        Assert.Equal(readable, ReadableText.Of(text));
    }

    [Fact]
    public void Half_a_character_becomes_the_replacement_character()
    {
        Assert.Equal("a\ufffdb\ufffd", ReadableText.Of("a\ud83db\udc4d"));
    }

    [Fact]
    public void A_text_without_anything_odd_is_not_copied()
    {
        var text = new string('я', 10);

        Assert.Same(text, ReadableText.Of(text));
    }
}
