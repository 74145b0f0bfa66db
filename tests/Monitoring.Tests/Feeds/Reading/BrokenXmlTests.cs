using Monitoring.Feeds;
using static Monitoring.Tests.Support.FeedSample;

namespace Monitoring.Tests.Feeds.Reading;

public sealed class BrokenXmlTests
{
    private const string Good = "<item><title>Хорошо</title></item>";

    [Theory]
    [InlineData("A & B", "A & B", "1 bare ampersands were taken as text (first in line 1)")]
    [InlineData("/?a=1&b=2&amp;c=3", "/?a=1&b=2&c=3", "1 bare ampersands were taken as text (first in line 1)")]
    [InlineData("A &unknown; B", "A &unknown; B", "1 bare ampersands were taken as text (first in line 1)")]
    [InlineData("\n&laquo;Закон&raquo;&nbsp;&mdash;", "«Закон»\u00a0—", "4 HTML entities were replaced by their characters (first in line 2)")]
    [InlineData("A\u0001\u000bB", "AB", "2 characters that XML does not allow were removed (first in line 1)")]
    [InlineData("A\uffffB", "AB", "1 characters that XML does not allow were removed (first in line 1)")]
    [InlineData("5 < 6 <3", "5 < 6 <3", "2 bare less-than signs were taken as text (first in line 1)")]
    [InlineData("A</b>", "A", "1 end tags without start were left out (first in line 1)")]
    [InlineData("A<b>B", "AB", "1 elements without end tag were closed (first in line 1)")]
    public void What_XML_does_not_allow_is_mended_and_told(string title, string expected, string repair)
    {
        var feed = Read(Rss($"<item><title>{title}</title></item>"));

        Assert.Equal(expected, feed.Items[0].Title);
        Assert.Equal([repair], feed.Repairs.Select(one => one.ToString()));
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
    [InlineData("&#147;A&#148;", "“A”")] // windows-1252 written as numbers
    [InlineData("A\u0092B", "A’B")]
    [InlineData("&#xD83D;&#xDE00;", "\ud83d\ude00")] // a pair in two halves
    [InlineData("A&#xD83D;B", "AB")]
    [InlineData("A&#0;B&#x110000;", "A\ufffdB\ufffd")]
    [InlineData("A\r\nB", "A B")]
    [InlineData("&lang;A&rang;", "\u2329A\u232a")] // those of HTML 4
    [InlineData("&CounterClockwiseContourIntegral;", "∳")] // the longest name
    public void Numbers_and_names_of_characters_are_read_as_browsers_do(string title, string expected) =>
        Assert.Equal(expected, Read(Rss($"<item><title>{title}</title></item>")).Items[0].Title);

    [Theory]
    [InlineData("<item><title>Обор")]
    [InlineData("<item><title>A</title><description>Б</descr")]
    [InlineData("\n\n<item><title><![CDATA[без конца")]
    [InlineData("<item")]
    [InlineData("<!-- без конца <item><title>A</title>")]
    public void Where_the_document_breaks_off_complete_items_are_kept(string rest)
    {
        var feed = Read($"<rss><channel>{Good}{Good}{rest}");

        Assert.Equal(["Хорошо", "Хорошо"], feed.Items.Select(item => item.Title));
        Assert.Contains(FeedRepairKind.CutDocument, feed.Repairs.Select(repair => repair.Kind));
    }

    [Theory]
    [InlineData("<item><title>A</item>")] // not closed
    [InlineData("<item><title>A")] // the next item closes it
    [InlineData("<item><title>A</titel></item>")]
    [InlineData("<item><title>A</title")]
    [InlineData("<item><title>A<link>http://a.kz/</link></item>")] // it does not swallow its neighbours
    [InlineData("<item><title><b>A</i></title></item>")] // tags that cross
    [InlineData("<item><title><![CDATA[A</title></item>")]
    [InlineData("<item a='1' a='2'><title>A</TITLE></item>")]
    [InlineData("<item x=\"1><title>A</title></item>")] // a quotation mark without its other
    [InlineData("<item><guid isPermaLink=false>1</guid><title>A</title></item>")]
    public void An_item_that_is_not_well_formed_is_kept_and_so_is_the_next(string item)
    {
        var feed = Read(Rss(item + Good));

        Assert.Equal(["A", "Хорошо"], feed.Items.Select(one => one.Title));
    }

    [Fact]
    public void A_channel_title_without_end_does_not_swallow_the_items()
    {
        var feed = Read($"<rss><channel><title>Лента<link>https://site.kz/</link>{Good}</channel></rss>");

        Assert.Equal(("Лента", "https://site.kz/"), (feed.Title, feed.Link?.AbsoluteUri));
        Assert.Single(feed.Items);
    }

    [Fact]
    public void What_a_page_prints_before_the_feed_is_left_out() =>
        Assert.Equal("Хорошо", Read("<br />\n<b>Warning</b>: cannot modify header\n<?xml version=\"1.0\"?>" + Rss(Good)).Items[0].Title);

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
    public void Simple_entities_of_a_document_type_are_known()
    {
        var feed = Read("<!DOCTYPE rss [<!ENTITY id \"tag:site.kz,\"><!ENTITY q '&#171;'>]>" + Rss("<item><guid>&id;1</guid><title>&q;</title></item>"));

        Assert.Equal(("tag:site.kz,1", "«"), (feed.Items[0].Id, feed.Items[0].Title));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public void Depth_takes_nothing_from_the_items_behind(int depth)
    {
        var feed = Read(Rss($"<item>{Nested(depth)}<title>A</title></item>" + Good + string.Concat(Enumerable.Repeat("<a>", depth)) + Good));

        Assert.Equal(["A", "Хорошо", "Хорошо"], feed.Items.Select(item => item.Title));
        Assert.Contains(FeedRepairKind.TooDeep, feed.Repairs.Select(repair => repair.Kind));
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
    [InlineData("Error <b>500</b>", "XML that is no feed")]
    [InlineData("<!DOCTYPE html><html><body/></html>", "an HTML page")]
    [InlineData("\n<HTML>", "an HTML page")]
    [InlineData("<opml><body/></opml>", "XML that is no feed")]
    [InlineData("<rss", "a feed that breaks before its first item")]
    [InlineData("<rss><channel><title>T</title>", "a feed that breaks before its first item")]
    public void What_is_no_feed_is_named(string text, string what) => Assert.Equal(what, Refusal(text));

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));
}
