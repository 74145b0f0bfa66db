using Monitoring.Feeds;
using static Monitoring.Tests.Support.FeedSample;

namespace Monitoring.Tests.Feeds.Reading;

public sealed class AtomTests
{
    private const string Namespace = "xmlns=\"http://www.w3.org/2005/Atom\"";

    [Fact]
    public void An_entry_says_everything()
    {
        var feed = Read($"""
            <feed {Namespace} xml:lang="kk">
              <title>Жаңалықтар</title><link rel="self" href="/rss/feed.xml"/><link href="https://site.kz/"/>
              <author><name>Редакция</name></author>
              <entry>
                <id>tag:site.kz,2026:1</id><title type="html">Мирас &lt;b&gt;ұсталды&lt;/b&gt;</title>
                <link rel="enclosure" href="/a.mp3"/><link rel="alternate" href="/1"/>
                <author><name>Асель</name></author><author><name>Ерлан</name></author>
                <published>2026-11-22T09:00:00+06:00</published><updated>2026-11-22T10:00:00+06:00</updated>
                <summary>Қысқа</summary><content type="html">&lt;p&gt;Толық&lt;/p&gt;</content>
              </entry>
            </feed>
            """);

        Assert.Equal((FeedFormat.Atom, "Жаңалықтар", "https://site.kz/", "kk"), (feed.Format, feed.Title, feed.Link?.AbsoluteUri, feed.Language));
        var entry = Assert.Single(feed.Items);
        Assert.Equal(("tag:site.kz,2026:1", "Мирас ұсталды", "https://site.kz/1"), (entry.Id, entry.Title, entry.Link?.AbsoluteUri));
        Assert.Equal(("Қысқа", "<p>Толық</p>"), (entry.Summary?.Value, entry.Content?.Value));
        Assert.Equal(["Асель", "Ерлан"], entry.Authors.Select(author => author.Name));
        Assert.Equal((3, 4), (entry.Published!.Value.Hour, entry.Updated!.Value.Hour));
    }

    [Fact]
    public void XHTML_is_written_out_as_markup()
    {
        var entry = Entry("<title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">Арест <b>журналиста</b></div></title>"
            + "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p title=\"x\">A &amp; B</p></div></content>");

        Assert.Equal(("Арест журналиста", "<p title=\"x\">A &amp; B</p>", "A & B"), (entry.Title, entry.Content?.Value, entry.Content?.Plain));
    }

    [Fact]
    public void Atom_0_3_names_its_dates_otherwise()
    {
        var feed = Read("<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><entry><title>A</title><issued>2026-11-22T03:00:00Z</issued><modified>2026-11-22T04:00:00Z</modified></entry></feed>");

        Assert.Equal((3, 4), (feed.Items[0].Published!.Value.Hour, feed.Items[0].Updated!.Value.Hour));
    }

    [Fact]
    public void A_prefix_for_all_elements_changes_nothing()
    {
        var feed = Read("<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:title>T</a:title><a:entry><a:title>A</a:title><a:link href=\"/1\"/></a:entry></a:feed>");

        Assert.Equal(("T", "A", "https://site.kz/1"), (feed.Title, feed.Items[0].Title, feed.Items[0].Link?.AbsoluteUri));
    }

    [Fact]
    public void The_title_of_a_quoted_source_is_not_the_entrys()
    {
        var entry = Entry("<source><title>Чужая лента</title><id>x</id></source><title>Своя</title><id>y</id>");

        Assert.Equal(("Своя", "y"), (entry.Title, entry.Id));
    }

    [Theory]
    [InlineData("<title>A &lt;b&gt; &amp;amp;</title>", "A <b> &amp;")] // text is text
    [InlineData("<title type=\"text\">A &lt;b&gt;B&lt;/b&gt;</title>", "A <b>B</b>")]
    [InlineData("<title type=\"html\">A &lt;b&gt;B&lt;/b&gt;</title>", "A B")]
    [InlineData("<title type=\"text/html\" mode=\"escaped\">A &lt;b&gt;B&lt;/b&gt;</title>", "A B")] // Atom 0.3
    [InlineData("<title mode=\"base64\">QSA8Yj5CPC9iPg==</title>", "A B")]
    [InlineData("<title type=\"application/octet-stream\">QSA8Yj5CPC9iPg==</title>", "A B")]
    [InlineData("<title type=\"\">evil</title>", "evil")] // happens to be Base64
    [InlineData("<title type=\"xhtml\">A &lt;b&gt;B&lt;/b&gt;</title>", "A B")] // is none
    public void What_a_title_is_made_of_is_said_by_its_type(string title, string expected) => Assert.Equal(expected, Entry(title).Title);

    [Fact]
    public void Addresses_are_relative_to_the_nearest_base()
    {
        var feed = Read($"""
            <feed {Namespace} xml:base="http://a.kz/x/"><link href="site"/>
              <entry xml:base="y/"><id>e/1</id><link href="1"/></entry>
              <entry><id>tag:a.kz,2026:2</id><link href="/2" xml:base="http://b.kz/"/><link rel="alternate" type="application/json" href="2.json"/></entry>
            </feed>
            """);

        Assert.Equal("http://a.kz/x/site", feed.Link?.AbsoluteUri);
        Assert.Equal([("http://a.kz/x/y/e/1", "http://a.kz/x/y/1"), ("tag:a.kz,2026:2", "http://b.kz/2")], feed.Items.Select(item => (item.Id, item.Link?.AbsoluteUri)));
    }

    [Fact]
    public void The_only_date_is_both() =>
        Assert.Equal((3, 3), (Entry("<updated>2026-11-22T03:00:00Z</updated>").Published?.Hour, Entry("<published>2026-11-22T03:00:00Z</published>").Updated?.Hour));

    [Fact]
    public void Content_alone_is_the_summary_as_well()
    {
        var entry = Entry("<content type=\"html\">&lt;p&gt;A&lt;/p&gt;</content>");

        Assert.Equal(("A", "A"), (entry.Summary?.Plain, entry.Content?.Plain));
    }

    [Fact]
    public void A_document_of_one_entry_is_a_feed_of_one_item() => Assert.Equal("A", Assert.Single(Read($"<entry {Namespace}><title>A</title></entry>").Items).Title);

    private static FeedItem Entry(string children) => Assert.Single(Read($"<feed {Namespace}><entry>{children}</entry></feed>").Items);

    [Fact]
    public void The_icon_is_the_picture_only_if_there_is_no_logo()
    {
        var both = Read($"<feed {Namespace}><icon>/i.ico</icon><logo>/l.png</logo></feed>");

        Assert.Equal(("https://site.kz/l.png", "https://site.kz/i.ico"), (both.Image?.AbsoluteUri, both.Icon?.AbsoluteUri));
        Assert.Equal("https://site.kz/i.ico", Read($"<feed {Namespace}><icon>/i.ico</icon></feed>").Image?.AbsoluteUri);
    }

    [Fact]
    public void A_quoted_source_has_its_own_link()
    {
        var entry = Entry("<source><title>Чужая лента</title><link href=\"https://b.kz/\"/></source><link href=\"/1\"/>");

        Assert.Equal(("https://b.kz/", "https://site.kz/1"), (entry.SourceLink?.AbsoluteUri, entry.Link?.AbsoluteUri));
    }
}
