using System.Text;
using Monitoring.Feeds;
using Monitoring.Items;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Feeds;

public sealed class FeedSourceReaderTests
{
    private static readonly FeedSource Source = new() { Id = "f-1", Name = "Сайт", Url = FeedSample.Url, Country = "KZ" };

    [Fact]
    public void Items_are_plain_with_the_longer_body_and_ordinary_blanks()
    {
        var document = Assert.IsType<SourceReading.Document>(Read(Encoding.UTF8.GetBytes(FeedSample.Rss(
            "<language>ru-KZ</language><item><title>Мирас&#160;Кыранбеков</title><author>a@b.kz (Асель)</author><pubDate>Sun, 22 Nov 2026 09:00:00 +0500</pubDate>"
                + "<description>Кратко</description><content:encoded>&lt;p&gt;Полно&amp;nbsp;и ясно&lt;/p&gt;</content:encoded></item>"))));

        var item = Assert.Single(document.Items);
        Assert.Equal(("Мирас Кыранбеков", "Полно и ясно", "ru"), (item.Title, item.Text, document.Language));
        Assert.Equal(["Асель"], item.Authors);
        Assert.Equal((4, (DateTimeOffset?)null), (item.Published?.Hour, item.Updated));
        Assert.Equal(["1 prefixes without namespace were understood by name (first in line 1)"], document.Repairs);
    }

    [Fact]
    public void A_list_of_sitemaps_holds_no_articles_and_names_its_first()
    {
        var unreadable = Assert.IsType<SourceReading.Unreadable>(Read(Encoding.UTF8.GetBytes(
            $"<sitemapindex>{string.Concat(Enumerable.Range(1, 4).Select(number => $"<sitemap><loc>https://site.kz/{number}.xml</loc></sitemap>"))}</sitemapindex>")));

        Assert.Equal("a list of sitemaps", unreadable.What);
        Assert.Equal(["https://site.kz/1.xml", "https://site.kz/2.xml", "https://site.kz/3.xml"], unreadable.Feeds.Select(feed => feed.AbsoluteUri));
    }

    private static SourceReading Read(byte[] body) => new FeedSourceReader().Read(Source, body, FeedSample.Url, contentType: null, new SourceMemory(Left: null, Some.Time));
}
