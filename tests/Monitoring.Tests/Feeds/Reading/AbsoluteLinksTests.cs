using static Monitoring.Tests.Support.FeedSample;

namespace Monitoring.Tests.Feeds.Reading;

/// <summary>Links inside texts, as whoever shows the text gets them. The feed comes from <c>https://site.kz/rss/feed.xml</c>.</summary>
public sealed class AbsoluteLinksTests
{
    [Theory]
    [InlineData("<a href=\"n/1\">x</a>", "<a href=\"https://site.kz/rss/n/1\">x</a>")]
    [InlineData("<a href='/n/1'>x</a>", "<a href='https://site.kz/n/1'>x</a>")]
    [InlineData("<IMG SRC=../p.jpg>", "<IMG SRC=https://site.kz/p.jpg>")]
    [InlineData("<img alt='1 > 0' src = \"//cdn.kz/p.jpg\" />", "<img alt='1 > 0' src = \"https://cdn.kz/p.jpg\" />")]
    [InlineData("<a href=\"?a=1&amp;b=2\">x</a>", "<a href=\"https://site.kz/rss/feed.xml?a=1&amp;b=2\">x</a>")]
    [InlineData("<a href=/a/>x</a><video src=v poster=p>", "<a href=https://site.kz/a/>x</a><video src=https://site.kz/rss/v poster=https://site.kz/rss/p>")]
    [InlineData("<a href=\"новость\">x</a>", "<a href=\"https://site.kz/rss/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C\">x</a>")]
    [InlineData("<a title='\"' href='\"onclick=1'>x</a>", "<a title='\"' href='https://site.kz/rss/%22onclick=1'>x</a>")] // stays one value
    public void A_relative_link_becomes_absolute(string html, string expected) => Assert.Equal(expected, Body(html));

    [Theory]
    [InlineData("<a href=\"https://a.kz/?a=1&b=2\">x</a>")]
    [InlineData("<a href=\"\">x</a><a href>y</a>")]
    [InlineData("<a href=\"#note\">x</a>")]
    [InlineData("<img src=\"cid:1@a.kz\"><a href=\"mailto:a@b.kz\">x</a><img src=\"data:image/png;base64,AA==\">")]
    [InlineData("<a href=\" javascript:alert(1)\">x</a><a href=\"jav&#x61;script:alert(1)\">x</a>")] // whoever shows a text has to make it safe anyway
    [InlineData("text a href=n/1 <!-- <a href=\"n/1\"> --> 1 < 2")]
    [InlineData("<a href=\"n/1>x</a>")] // without an end it is no link
    [InlineData("<a data-href=\"n/1\">x</a></a href=\"n/2\">")]
    public void Anything_else_stays_as_it_is(string html) => Assert.Equal(html, Body(html));

    [Fact]
    public void A_text_is_relative_to_the_site_of_its_feed() =>
        Assert.Equal("<a href=\"https://a.kz/x/1\">x</a>", Read(Rss("<link>https://a.kz/x/</link><item><description>&lt;a href=\"1\">x&lt;/a></description></item>")).Items[0].Summary?.Value);

    [Fact]
    public void The_nearest_base_holds()
    {
        var feed = Read("""
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a.kz/x/">
              <entry xml:base="y/"><summary type="html" xml:base="../z/">&lt;a href="1"></summary><content type="html">&lt;a href="2"></content></entry>
              <entry xml:base=""><rights type="html">&lt;a href="3"></rights></entry>
            </feed>
            """);

        Assert.Equal(("<a href=\"http://a.kz/x/z/1\">", "<a href=\"http://a.kz/x/y/2\">"), (feed.Items[0].Summary?.Value, feed.Items[0].Content?.Value));
        Assert.Equal("<a href=\"http://a.kz/x/3\">", feed.Items[1].Rights?.Value);
    }

    [Fact]
    public void Bases_inside_a_text_end_with_their_elements()
    {
        var content = Read("""
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a.kz/"><entry><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml" xml:base="b/"
            ><p xml:base="c/"><img src="1"/><a href="2" xml:base="http://d.kz/">x</a><a href="3">x</a></p><a href="4">x</a></div></content></entry></feed>
            """).Items[0].Content!.Value;

        Assert.Equal(["http://a.kz/b/c/1", "http://d.kz/2", "http://a.kz/b/c/3", "http://a.kz/b/4"], content.Split('"').Where(part => part.StartsWith("http", StringComparison.Ordinal) && char.IsDigit(part[^1]) && !part.Contains("1999", StringComparison.Ordinal)));
    }

    [Fact]
    public void JSON_is_relative_to_its_home_page() =>
        Assert.Equal("<a href=\"https://a.kz/x/1\">x</a>", Read("""{ "home_page_url": "https://a.kz/x/", "items": [{ "content_html": "<a href=\"1\">x</a>" }] }""").Items[0].Content?.Value);

    [Fact]
    public void Plain_text_has_no_links() =>
        Assert.Equal("<a href=\"1\">", Read("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><summary>&lt;a href=\"1\"></summary></entry></feed>").Items[0].Summary?.Value);

    [Fact]
    public void Many_links_on_a_long_base_do_not_fill_the_memory()
    {
        var html = string.Concat(Enumerable.Repeat("<a href=x>", 100_000));
        var feed = Read($"<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"http://a.kz/{new string('b', 450)}/\"><entry><content type=\"html\"><![CDATA[{html}]]></content></entry></feed>");

        Assert.InRange(feed.Items[0].Content!.Value.Length, 2_000_000, 4_000_000);
    }

    [Fact]
    public void A_base_that_is_too_long_is_none() =>
        Assert.Equal("https://site.kz/rss/1", Read($"<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"http://a.kz/{new string('b', 2000)}/\"><link href=\"1\"/></feed>").Link?.AbsoluteUri);

    [Fact]
    public void A_long_base_holds_for_so_many_links_only()
    {
        var feed = Read($"<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"http://a.kz/{new string('b', 450)}/\"><entry>{string.Concat(Enumerable.Repeat("<link rel=\"x\" href=\"1\"/>", 200_000))}"
            + "<link href=\"2\"/></entry><entry><link href=\"http://a.kz/3\"/></entry></feed>");

        Assert.Equal([null, "http://a.kz/3"], feed.Items.Select(item => item.Link?.AbsoluteUri));
    }

    /// <summary>How a description comes out.</summary>
    private static string? Body(string html) => Item($"<description><![CDATA[{html}]]></description>").Summary?.Value;
}
