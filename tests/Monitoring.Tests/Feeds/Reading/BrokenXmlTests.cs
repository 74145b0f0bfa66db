using Monitoring.Feeds.Reading;
using static Monitoring.Tests.Support.FeedText;

namespace Monitoring.Tests.Feeds.Reading;

public sealed class BrokenXmlTests
{
    private const string Good = "<item><title>Хорошо</title></item>";

    [Theory]
    [InlineData("A & B", "A & B", "1 bare ampersands were escaped")]
    [InlineData("/?a=1&b=2&amp;c=3", "/?a=1&b=2&c=3", "1 bare ampersands were escaped")]
    [InlineData("A &unknown; B", "A &unknown; B", "1 bare ampersands were escaped")]
    [InlineData("&laquo;Закон&raquo;&nbsp;&mdash;", "«Закон» —", "4 HTML entities were replaced by their characters")]
    [InlineData("A\u0001\u000bB", "AB", "2 characters that XML does not allow were removed")]
    [InlineData("A\uffffB", "AB", "1 characters that XML does not allow were removed")]
    [InlineData("5 < 6 <3", "5 < 6 <3", "2 bare less-than signs were escaped")]
    public void What_XML_does_not_allow_is_mended_and_told(string title, string expected, string repair)
    {
        var feed = Read(Rss($"<item><title>{title}</title></item>"));

        Assert.Equal(expected, feed.Items[0].Title);
        Assert.Equal([repair], feed.Repairs);
    }

    [Theory]
    [InlineData("<![CDATA[A & B < C]]>", "A & B < C")]
    [InlineData("&#1040;&#x410;&#128512;", "АА\ud83d\ude00")]
    [InlineData("\ud83d\ude00", "\ud83d\ude00")]
    [InlineData("A<!-- & -- <b> --> B", "A B")] // two hyphens are an error in XML
    public void What_XML_allows_stays_as_it_is(string title, string expected)
    {
        var feed = Read(Rss($"<item><title>{title}</title></item>"));

        Assert.Equal(expected, feed.Items[0].Title);
        Assert.Empty(feed.Repairs);
    }

    [Theory]
    [InlineData("<item><title>Обор", 1)]
    [InlineData("<item><title>A</item>", 1)] // tags that cross
    [InlineData("<item a='1' a='2'/>", 1)]
    [InlineData("\n\n<item><![CDATA[без конца", 3)]
    [InlineData("</channel></rss><script>", 1)]
    public void Complete_items_before_the_break_are_kept(string rest, int line)
    {
        var feed = Read($"<rss><channel>{Good}{Good}{rest}");

        Assert.Equal(["Хорошо", "Хорошо"], feed.Items.Select(item => item.Title));
        Assert.Equal([$"the XML breaks at line {line}; 2 complete items were kept"], feed.Repairs);
    }

    [Fact]
    public void Comments_do_not_change_the_number_of_the_line()
    {
        var feed = Read($"<rss><channel><!--\n-- a\n-->{Good}</wrong>");

        Assert.Equal(["the XML breaks at line 3; 1 complete items were kept"], feed.Repairs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<?xml version=\"1.1\"?>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"no-such\" standalone=\"maybe\"?>")]
    [InlineData("\ufeff\r\n\t <?xml version=\"1.0\"?>")] // blanks before the declaration
    [InlineData("<!-- cache --><?xml version=\"1.0\"?>")]
    [InlineData("<?xml version=\"1.0\"?><?xml-stylesheet href=\"x.xsl\"?>")]
    public void Whatever_the_head_says_the_feed_is_read(string head) => Assert.Equal("Хорошо", Read(head + Rss(Good)).Items[0].Title);

    [Fact]
    public void Entities_of_a_document_type_are_text()
    {
        var feed = Read("<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>" + Rss("<item><title>&b;&c;</title></item>"));

        Assert.Equal("&b;&c;", feed.Items[0].Title);
    }

    [Fact]
    public void An_item_nested_too_deeply_is_left()
    {
        var feed = Read(Rss("<item>" + Nested(100) + "</item>" + Good + Nested(100_000) + Good));

        Assert.Equal(["Хорошо", "Хорошо"], feed.Items.Select(item => item.Title));
    }

    [Fact]
    public void Attributes_without_end_leave_the_item()
    {
        var many = string.Join(' ', Enumerable.Range(0, 50_000).Select(number => $"a{number}=\"1\""));

        Assert.Equal("A", Read(Rss($"<item {many}><title>A</title></item>")).Items[0].Title);
    }

    [Fact]
    public void Items_beyond_the_limit_are_left() =>
        Assert.Equal(FeedReader.MaxItems, Read(Rss(string.Concat(Enumerable.Repeat(Good, FeedReader.MaxItems + 1)))).Items.Count);

    [Theory]
    [InlineData("", "nothing")]
    [InlineData(" \n\ufeff", "nothing")]
    [InlineData("Error 500", "neither XML nor JSON")]
    [InlineData("<!DOCTYPE html><html><body/></html>", "an HTML page")]
    [InlineData("\n<HTML>", "an HTML page")]
    [InlineData("<opml><body/></opml>", "XML that is no feed")]
    [InlineData("<rss", "XML that is no feed")]
    [InlineData("<rss><channel><title>T</title>", "a feed that breaks before its first item")]
    public void What_is_no_feed_is_named(string text, string what) => Assert.Equal(what, Refusal(text));

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));
}
