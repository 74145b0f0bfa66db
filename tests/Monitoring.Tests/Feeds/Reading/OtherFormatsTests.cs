using Monitoring.Feeds;
using static Monitoring.Tests.Support.FeedSample;

namespace Monitoring.Tests.Feeds.Reading;

public sealed class OtherFormatsTests
{
    [Fact]
    public void A_news_sitemap_is_a_list_of_articles()
    {
        var feed = Read("""
            <?xml version="1.0" encoding="UTF-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
              <url>
                <loc>https://site.kz/1</loc><lastmod>2026-11-22T05:00:00Z</lastmod>
                <news:news><news:publication><news:name>Сайт</news:name><news:language>kk</news:language></news:publication>
                  <news:publication_date>2026-11-22T09:00:00+06:00</news:publication_date><news:title>Мирас ұсталды</news:title><news:keywords>сот, қамау</news:keywords></news:news>
                <image:image><image:loc>https://site.kz/p.jpg</image:loc><image:title>Фото</image:title></image:image>
              </url>
              <url><loc>https://site.kz/2</loc></url>
            </urlset>
            """);

        Assert.Equal((FeedFormat.Sitemap, 2), (feed.Format, feed.Items.Count));
        var item = feed.Items[0];
        Assert.Equal(("https://site.kz/1", "https://site.kz/1", "Мирас ұсталды", "kk"), (item.Id, item.Link?.AbsoluteUri, item.Title, item.Language));
        Assert.Equal((3, 5), (item.Published!.Value.Hour, item.Updated!.Value.Hour));
        Assert.Equal(["сот", "қамау"], item.Categories);
    }

    [Fact]
    public void A_sitemap_of_sitemaps_lists_these()
    {
        var feed = Read("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><sitemap><loc>https://site.kz/news.xml</loc><lastmod>2026-11-22</lastmod></sitemap></sitemapindex>");

        Assert.Equal((FeedFormat.SitemapIndex, "https://site.kz/news.xml", 22), (feed.Format, feed.Items[0].Link?.AbsoluteUri, feed.Items[0].Updated?.Day));
    }

    [Fact]
    public void CDF_is_written_in_capitals_and_attributes()
    {
        var feed = Read("""
            <CHANNEL HREF="https://site.kz/" LASTMOD="2026-11-22T03:00Z"><TITLE>Лента</TITLE><ABSTRACT>О ней</ABSTRACT>
              <ITEM HREF="/1" LASTMOD="2026-11-22T04:00Z"><TITLE>A</TITLE><ABSTRACT>Б</ABSTRACT></ITEM></CHANNEL>
            """);

        Assert.Equal((FeedFormat.Cdf, "Лента", "О ней", "https://site.kz/", 3), (feed.Format, feed.Title, feed.Description?.Value, feed.Link?.AbsoluteUri, feed.Updated?.Hour));
        Assert.Equal(("A", "Б", "https://site.kz/1", 4), (feed.Items[0].Title, feed.Items[0].Summary?.Value, feed.Items[0].Link?.AbsoluteUri, feed.Items[0].Updated?.Hour));
    }

    [Fact]
    public void RSS_0_90_is_RDF_with_another_namespace()
    {
        var feed = Read("""
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
              <channel><title>T</title></channel><image><title>I</title><url>/i.gif</url></image><item><title>A</title><link>/a</link></item>
            </rdf:RDF>
            """);

        Assert.Equal((FeedFormat.Rdf, "T", "https://site.kz/i.gif", "A"), (feed.Format, feed.Title, feed.Image?.AbsoluteUri, feed.Items[0].Title));
    }

    [Fact]
    public void Dublin_Core_and_iTunes_fill_the_gaps()
    {
        var item = Item("<dc:title>T</dc:title><dc:date>2026-11-22T03:00:00Z</dc:date><itunes:author>Асель</itunes:author><dc:subject>Суд</dc:subject><dc:language>kk</dc:language>");

        Assert.Equal(("T", 3, 3, "Асель", "kk"), (item.Title, item.Published?.Hour, item.Updated?.Hour, item.Authors[0].Name, item.Language));
        Assert.Equal(["Суд"], item.Categories);
    }

    [Theory]
    [InlineData("<rss><channel><language>kk</language></channel></rss>", "kk")]
    [InlineData("<feed xml:lang=\"ru_KZ\"><title xml:lang=\"en\">T</title></feed>", "ru-KZ")]
    [InlineData("<feed/>", "de")] // the server says it
    public void The_language_is_said_by_the_document_or_the_server(string document, string expected)
    {
        var reading = FeedReader.Read(System.Text.Encoding.UTF8.GetBytes(document), new FeedReadContext(Url) { ContentLanguage = "de, en" });

        Assert.Equal(expected, Assert.IsType<FeedReading.Read>(reading).Document.Language);
    }

    [Fact]
    public void The_content_location_goes_before_the_address()
    {
        var reading = FeedReader.Read("<feed><link href='a'/></feed>"u8.ToArray(), new FeedReadContext(Url) { ContentLocation = "/x/y" });

        Assert.Equal("https://site.kz/x/a", Assert.IsType<FeedReading.Read>(reading).Document.Link?.AbsoluteUri);
    }
}
