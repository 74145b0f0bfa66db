using Monitoring.Feeds.Discovery;

namespace Monitoring.Tests.Feeds.Discovery;

public sealed class FeedCandidatesTests
{
    private static readonly Uri Page = new("https://news.kz/ru/index.html");

    [Theory]
    [InlineData("<link rel=alternate type='application/rss+xml' href='/rss'>", "https://news.kz/rss")]
    [InlineData("<LINK REL='Alternate' TYPE='application/atom+xml; charset=utf-8' HREF='atom'>", "https://news.kz/ru/atom")]
    [InlineData("<link rel='alternate feed' type='application/feed+json' href='https://other.kz/f.json'>", "https://other.kz/f.json")]
    [InlineData("<base href='https://news.kz/kk/'><link rel=alternate type='text/xml' href='f'>", "https://news.kz/kk/f")]
    [InlineData("<a href='/export/rss.xml'>Лента</a>", "https://news.kz/export/rss.xml")]
    [InlineData("<a href='/subscribe/12'>RSS</a>", "https://news.kz/subscribe/12")]
    [InlineData("<a href='/feed/'>все новости</a>", "https://news.kz/feed/")]
    public void What_a_page_names(string html, string feed) => Assert.Equal([new Uri(feed)], FeedCandidates.NamedBy(html, Page));

    [Theory]
    [InlineData("<link rel=alternate hreflang=kk href='/kk/'>")] // another language
    [InlineData("<link rel=stylesheet type='text/xml' href='/a.xsl'>")]
    [InlineData("<link rel=alternate type='application/rss+xml'>")]
    [InlineData("<link rel=alternate type='application/rss+xml' href='javascript:alert(1)'>")]
    [InlineData("<a href='/news/kak-ustroen-rss-i-zachem-on-nuzhen-chitateliam-novostej-2026'>статья</a>")]
    [InlineData("")]
    public void What_is_no_feed(string html) => Assert.Empty(FeedCandidates.NamedBy(html, Page));

    [Fact]
    public void Alternate_links_come_first_and_each_once() => Assert.Equal(
        [new Uri("https://news.kz/a"), new Uri("https://news.kz/rss.xml")],
        FeedCandidates.NamedBy("<a href='/rss.xml'>RSS</a><link rel=alternate type='text/xml' href='/a'><a href='/a'>rss</a>", Page));

    [Fact]
    public void Usual_places_are_those_of_the_site() => Assert.Contains(new Uri("https://news.kz/rss.xml"), FeedCandidates.Usual(Page));

    [Fact]
    public void A_page_nested_too_deeply_names_none() => Assert.Empty(FeedCandidates.NamedBy(string.Concat(Enumerable.Repeat("<div>", 100_000)), Page));
}
