using Monitoring.Feeds;
using static Monitoring.Tests.Support.FeedSample;

namespace Monitoring.Tests.Feeds.Reading;

public sealed class RssTests
{
    private static readonly DateTimeOffset Published = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_item_of_RSS_2_says_everything()
    {
        var feed = Read("""
            <?xml version="1.0" encoding="utf-8"?>
            <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
              <channel>
                <atom:link href="https://site.kz/rss/feed.xml" rel="self"/>
                <title>Лента &amp; новости</title><link>https://site.kz/</link><language>ru-KZ</language><ttl> 30 </ttl>
                <image><title>Знак</title><link>https://other.kz/</link></image>
                <item>
                  <title>Заголовок</title><link>https://site.kz/1</link><guid isPermaLink="false">id-1</guid><dc:creator>Асель Тулегенова</dc:creator>
                  <pubDate>Sun, 22 Nov 2026 09:00:00 +0600</pubDate><description>Кратко</description><content:encoded><![CDATA[<p>Полно</p>]]></content:encoded>
                </item>
              </channel>
            </rss>
            """);

        Assert.Equal(
            (FeedFormat.Rss, "Лента & новости", "https://site.kz/", "ru-KZ", TimeSpan.FromMinutes(30)),
            (feed.Format, feed.Title, feed.Link?.AbsoluteUri, feed.Language, feed.TimeToLive));
        Assert.Empty(feed.Repairs);
        var item = Assert.Single(feed.Items);
        Assert.Equal(["Асель Тулегенова"], item.Authors.Select(author => author.Name));
        Assert.Equal(("id-1", "https://site.kz/1", "Заголовок"), (item.Id, item.Link?.AbsoluteUri, item.Title));
        Assert.Equal((Published, Published, "ru-KZ"), (item.Published, item.Updated, item.Language));
        Assert.Equal(("Кратко", "<p>Полно</p>", "Полно"), (item.Summary?.Value, item.Content?.Value, item.Content?.Plain));
    }

    [Fact]
    public void RSS_0_91_with_its_DTD_is_read()
    {
        var feed = Read("""
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://example.org/rss-0.91.dtd">
            <rss version="0.91"><channel><title>T</title><item><title>A</title><link>/a</link></item><item><title>B</title></item></channel></rss>
            """);

        Assert.Equal(["A", "B"], feed.Items.Select(item => item.Title));
    }

    [Fact]
    public void RDF_has_its_items_beside_the_channel()
    {
        var feed = Read("""
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
              <channel rdf:about="https://site.kz/"><title>T</title><link>https://site.kz/</link><items><rdf:Seq><rdf:li resource="https://site.kz/1"/></rdf:Seq></items></channel>
              <item rdf:about="https://site.kz/1"><title>A</title><dc:date>2026-11-22T09:00:00+06:00</dc:date></item>
            </rdf:RDF>
            """);

        var item = Assert.Single(feed.Items);
        Assert.Equal((FeedFormat.Rdf, "T", "A"), (feed.Format, feed.Title, item.Title));
        Assert.Equal(("https://site.kz/1", "https://site.kz/1", (DateTimeOffset?)Published), (item.Id, item.Link?.AbsoluteUri, item.Published));
    }

    [Theory]
    [InlineData("<link>https://site.kz/1</link>", "https://site.kz/1")]
    [InlineData("<link>\n  /1?a=1&amp;b=2\n</link>", "https://site.kz/1?a=1&b=2")] // relative
    [InlineData("<link>1</link>", "https://site.kz/rss/1")]
    [InlineData("<link>//cdn.kz/1</link>", "https://cdn.kz/1")]
    [InlineData("<link/><guid>https://site.kz/g</guid>", "https://site.kz/g")]
    [InlineData("<guid>https://site.kz/новости/1</guid>", "https://site.kz/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1")]
    [InlineData("<guid isPermaLink=\"false\">https://site.kz/g</guid>", null)]
    [InlineData("<guid>12345</guid>", null)]
    [InlineData("<link>javascript:alert(1)</link>", null)]
    [InlineData("<link>file:///etc/passwd</link>", null)]
    [InlineData("<link>http://xn--й.kz/1</link>", null)] // no resolver can be asked for it
    [InlineData("<link>http://сайт.қаз/1</link>", "http://сайт.қаз/1")]
    [InlineData("<atom:link rel=\"self\" href=\"/self\"/><link>/1</link>", "https://site.kz/1")]
    [InlineData("<enclosure url=\"/a.mp3\"/>", null)]
    public void Links_are_absolute_addresses_of_the_web(string children, string? expected) => Assert.Equal(expected, Item(children).Link?.AbsoluteUri);

    [Theory]
    [InlineData("A &amp; B", "A & B")]
    [InlineData("A &amp;amp; B", "A & B")] // escaped twice
    [InlineData("&lt;b&gt;Арест&lt;/b&gt; журналиста", "Арест журналиста")]
    [InlineData("<![CDATA[<i>Арест</i> &laquo;журналиста&raquo;]]>", "Арест «журналиста»")]
    [InlineData("Арест <b>журналиста</b>", "Арест журналиста")] // not escaped at all
    [InlineData("Одна\n  строка<br/>вторая", "Одна строка вторая")]
    [InlineData("5 &lt; 6", "5 < 6")]
    [InlineData("", "")]
    public void Titles_are_plain_text_on_one_line(string title, string expected) => Assert.Equal(expected, Item($"<title>{title}</title>").Title);

    [Fact]
    public void Elements_of_media_are_not_those_of_the_item()
    {
        var item = Item("<media:title>Фото</media:title><media:content url=\"/p.jpg\"/><itunes:title>Звук</itunes:title><title>Заголовок</title><media:description>Подпись</media:description>");

        Assert.Equal(("Заголовок", (FeedText?)null, "Подпись"), (item.Title, item.Content, item.Summary?.Value));
    }

    [Fact]
    public void Names_without_a_declared_namespace_are_understood()
    {
        var item = Item("<dc:creator>Асель</dc:creator><content:encoded>Полно</content:encoded><turbo:content x:y=\"1\">Иначе</turbo:content><title>T</title>");

        Assert.Equal(("T", "Полно", "Асель"), (item.Title, item.Content?.Value, item.Authors.Single().Name));
    }

    [Fact]
    public void Authors_are_given_once_and_only_if_they_are_names()
    {
        var item = Item($"<author>Асель</author><dc:creator>Асель</dc:creator><dc:creator> </dc:creator><author>{new string('x', 200)}</author><author><name>Ерлан</name></author>");

        Assert.Equal(["Асель", "Ерлан"], item.Authors.Select(author => author.Name));
    }

    [Fact]
    public void A_date_that_is_none_gives_way_to_the_next() =>
        Assert.Equal(Published, Item("<pubDate>soon</pubDate><dc:date>2026-11-22T03:00:00Z</dc:date>").Published);

    [Theory]
    [InlineData("<ttl>99999999</ttl>", 7 * 24 * 60)]
    [InlineData("<ttl>-5</ttl>", null)]
    [InlineData("<ttl>99999999999999</ttl>", null)]
    [InlineData("<ttl>1h</ttl>", null)]
    public void The_wish_for_a_pause_is_at_most_a_week(string ttl, int? minutes) =>
        Assert.Equal(minutes is { } expected ? TimeSpan.FromMinutes(expected) : null, Read(Rss(ttl)).TimeToLive);

    [Fact]
    public void A_feed_without_items_is_a_feed() => Assert.Empty(Read(Rss("<title>Пусто</title>")).Items);

    [Theory]
    [InlineData("Асель Тулегенова (a@b.kz)", "Асель Тулегенова", "a@b.kz")]
    [InlineData("a@b.kz (Асель Тулегенова)", "Асель Тулегенова", "a@b.kz")]
    [InlineData("Асель Тулегенова &lt;a@b.kz&gt;", "Асель Тулегенова", "a@b.kz")]
    [InlineData("\"Асель Тулегенова\" &lt;a@b.kz&gt;", "Асель Тулегенова", "a@b.kz")]
    [InlineData("<![CDATA[Асель &amp; Ерлан &lt;a@b.kz&gt;]]>", "Асель & Ерлан", "a@b.kz")] // escaped twice
    [InlineData("mailto:a@b.kz", null, "a@b.kz")]
    [InlineData("@asel", "@asel", null)]
    public void A_person_is_split_into_name_and_mail(string author, string? name, string? mail) =>
        Assert.Equal(new FeedPerson(name, mail, null), Assert.Single(Item($"<author>{author}</author>").Authors));

    [Fact]
    public void The_webmaster_is_the_author_only_if_nobody_else_is()
    {
        Assert.Equal("W", Read(Rss("<webMaster>W</webMaster>")).Authors[0].Name);
        Assert.Equal("A", Read(Rss("<webMaster>W</webMaster><managingEditor>A</managingEditor>")).Authors[0].Name);
    }

    [Theory]
    [InlineData("http://search.yahoo.com/mrss/", "media")]
    [InlineData("HTTPS://search.yahoo.com/mrss", "m")] // nearly the right one
    [InlineData("http://wrong.example/", "media")] // the prefix says it
    public void A_namespace_may_be_misspelt(string uri, string prefix)
    {
        var item = Read($"<rss xmlns:{prefix}=\"{uri}\"><channel><item><{prefix}:title>T</{prefix}:title><{prefix}:thumbnail url=\"/p.jpg\"/></item></channel></rss>").Items[0];

        Assert.Equal(("T", "https://site.kz/p.jpg"), (item.Title, item.Image?.AbsoluteUri));
    }

    [Fact]
    public void Of_two_bodies_the_first_is_the_summary()
    {
        var item = Item("<summary>Первый</summary><description>Второй</description>");

        Assert.Equal(("Первый", "Второй"), (item.Summary?.Value, item.Content?.Value));
    }

    [Theory]
    [InlineData("<description>5 &amp;lt; 6 &amp;nbsp;A</description>", "5 < 6 A")]
    [InlineData("<description><p>A <b>B</b></p></description>", "A B")] // not escaped
    [InlineData("<content:encoded><![CDATA[safe<script>x</script> <iframe src='/'/>text]]></content:encoded>", "safe text")]
    [InlineData("<fullitem>A</fullitem>", "A")]
    [InlineData("<body xmlns=\"http://www.w3.org/1999/xhtml\"><p>A</p></body>", "A")]
    [InlineData("<yandex:full-text>A</yandex:full-text>", "A")]
    [InlineData("<itunes:summary>A</itunes:summary>", "A")]
    public void A_body_is_found_wherever_it_stands(string children, string expected) => Assert.Equal(expected, Item(children).Summary?.Plain);

    [Fact]
    public void Files_and_categories_are_kept()
    {
        var item = Item("""
            <enclosure url="/a.mp3" type="audio/mpeg" length="123"/><media:content url="/p.jpg" medium="image"/><category>Суд</category><media:keywords>арест, суд</media:keywords>
            <comments>/c</comments><source url="http://other.kz/rss">Другая</source>
            """);

        Assert.Equal([("https://site.kz/a.mp3", 123L), ("https://site.kz/p.jpg", null)], item.Enclosures.Select(file => (file.Url.AbsoluteUri, file.Length)));
        Assert.Equal(["Суд", "арест", "суд"], item.Categories);
        Assert.Equal(("https://site.kz/p.jpg", "https://site.kz/c", "Другая"), (item.Image?.AbsoluteUri, item.Comments?.AbsoluteUri, item.SourceTitle));
    }

    [Fact]
    public void Of_too_many_items_the_newest_are_kept()
    {
        var items = Enumerable.Range(0, FeedReader.MaxItems + 10).Select(day => $"<item><title>{day}</title><pubDate>{Published.AddDays(day):R}</pubDate></item>");

        var feed = Read(Rss(string.Concat(items)));

        Assert.Equal((FeedReader.MaxItems, "10"), (feed.Items.Count, feed.Items[0].Title));
        Assert.Equal(["10 items beyond the limit were left out, the newest kept (first in line 1)"], feed.Repairs.Select(repair => repair.ToString()));
    }

    [Fact]
    public void Who_took_part_is_told_apart()
    {
        var item = Item("<dc:contributor>Ерлан (e@b.kz)</dc:contributor><dc:publisher>Редакция</dc:publisher><dc:creator>Асель</dc:creator><atom:contributor><name>Мирас</name></atom:contributor>");

        Assert.Equal(["Асель"], item.Authors.Select(author => author.Name));
        Assert.Equal([new FeedPerson("Ерлан", "e@b.kz", null), new FeedPerson("Мирас", null, null)], item.Contributors);
        Assert.Equal(["Редакция"], item.Publishers.Select(publisher => publisher.Name));
    }

    [Fact]
    public void Elements_that_are_links_are_links()
    {
        var feed = Read(Rss("<docs>https://a.kz/rss</docs><creativeCommons:license>https://a.kz/by</creativeCommons:license>"
            + "<item><cc:license rdf:resource=\"/by-sa\"/><wfw:commentRss>/c.xml</wfw:commentRss></item>"));

        Assert.Equal([("help", "https://a.kz/rss"), ("license", "https://a.kz/by")], feed.Links.Select(link => (link.Relation, link.Url.AbsoluteUri)));
        Assert.Equal([("license", "https://site.kz/by-sa"), ("replies", "https://site.kz/c.xml")], feed.Items[0].Links.Select(link => (link.Relation, link.Url.AbsoluteUri)));
    }

    [Fact]
    public void Where_an_item_comes_from_and_how_long_it_holds()
    {
        var item = Item("<source url=\"https://b.kz/rss\">Другая</source><dcterms:created>2026-11-20</dcterms:created><pubDate>Sun, 22 Nov 2026 03:00:00 GMT</pubDate><expirationDate>2026-12-01</expirationDate>");

        Assert.Equal(("Другая", "https://b.kz/rss"), (item.SourceTitle, item.SourceLink?.AbsoluteUri));
        Assert.Equal((20, 22, 12), (item.Created?.Day, item.Published?.Day, item.Expires?.Month));
    }
}
