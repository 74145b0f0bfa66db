using System.Text;
using Monitoring.Feeds;
using Monitoring.Items;
using Monitoring.Tests.Support;
using Monitoring.WatchedPages;
using Monitoring.Watchlist;

namespace Monitoring.Tests.WatchedPages;

public sealed class LinkListTests
{
    private const string Headline = "Мирас Кыранбеков задержан";

    [Fact]
    public void Links_with_headlines_are_items_without_dates()
    {
        var page = Read($"<html lang='ru'><a href='/1'>\n {Headline}\t<b>в Алматы</b></a><a href='https://other.kz/2'>Суд перенёс слушание дела</a>");

        Assert.Equal([("https://site.kz/1", $"{Headline} в Алматы"), ("https://other.kz/2", "Суд перенёс слушание дела")], page.Items.Select(item => (item.Link!.AbsoluteUri, item.Title)));
        Assert.All(page.Items, item => Assert.Null(item.Published));
        Assert.Equal(("ru", null), (page.Language, page.AtLeastEvery));
    }

    [Theory]
    [InlineData("<a href='/1'>Читать далее</a>")] // a menu's words
    [InlineData("<a href='/1'>Однослововдвадцатьбукв</a>")]
    [InlineData("<a>Мирас Кыранбеков задержан</a>")]
    [InlineData("<a href='javascript:go()'>Мирас Кыранбеков задержан</a>")]
    [InlineData("<a href='mailto:a@site.kz'>Мирас Кыранбеков задержан</a>")]
    [InlineData("<a href='http://xn--й.kz/'>Мирас Кыранбеков задержан</a>")] // and no exception
    [InlineData("Мирас Кыранбеков <b>задержан</b>")]
    public void Other_links_are_no_items(string html) => Assert.Empty(Read(html).Items);

    [Fact]
    public void A_link_that_stands_twice_is_one_item()
    {
        var page = Read($"<a href='/1?utm_source=top'>{Headline}</a><a href='/1#comments'>{Headline} сегодня</a>");

        Assert.Equal([Headline], page.Items.Select(item => item.Title));
    }

    [Theory]
    [InlineData("#news", "/1")]
    [InlineData("#news a", "/1")] // the links themselves
    [InlineData("div", "/1 /2")] // the outer part holds the inner one
    [InlineData("a[href$='2']", "/2")]
    [InlineData(null, "/1 /2 /3")]
    public void Only_the_links_of_the_chosen_part_count(string? selector, string expected)
    {
        var page = Read($"<div><div id=news><a href='/1'>{Headline} 1</a></div><a href='/2'>{Headline} 2</a></div><a href='/3'>{Headline} 3</a>", selector);

        Assert.Equal(expected.Split(' ').Order(), page.Items.Select(item => item.Link!.AbsolutePath).Order());
    }

    [Theory]
    [InlineData("<base href='/news/'>", "https://site.kz/news/1")]
    [InlineData("<base href='https://other.kz/'>", "https://other.kz/1")]
    [InlineData("<base href='javascript:1'>", "https://site.kz/1")]
    [InlineData("<base target='_blank'>", "https://site.kz/1")]
    public void The_page_may_name_the_base_of_its_links(string head, string expected) =>
        Assert.Equal(expected, Read($"<head>{head}</head><a href='1'>{Headline}</a>").Items.Single().Link!.AbsoluteUri);

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("{\"a\": 1}", "no HTML")]
    [InlineData("<p>Сайт переделан</p>", "a page without the selected part")]
    public void What_is_no_such_page_is_unreadable(string html, string what) =>
        Assert.Equal(new SourceReading.Unreadable(what), Reading(Encoding.UTF8.GetBytes(html), "#news"));

    [Fact]
    public void A_page_nested_too_deeply_is_unreadable() =>
        Assert.Equal(new SourceReading.Unreadable("a page nested too deeply"), Reading(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<div>", 100_000))), null));

    [Fact]
    public void Links_beyond_the_limit_are_left() =>
        Assert.Equal(500, Read(string.Concat(Enumerable.Range(0, 501).Select(number => $"<a href='/{number}'>{Headline}</a>"))).Items.Count);

    [Fact]
    public void The_page_is_read_in_its_encoding()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

        var reading = Reading(Encoding.GetEncoding("koi8-r").GetBytes($"<meta charset=koi8-r><a href='/1'>{Headline}</a>"), null);

        Assert.Equal(Headline, Assert.IsType<SourceReading.Document>(reading).Items.Single().Title);
    }

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new RandomText(20261122);
        string[] pieces = ["<a href='", "'>", "</a>", "http://", "xn--", "й", "..", ":", "[", "//", Headline, "<base href='", "<frameset>", "\0"];
        for (var i = 0; i < 1500; i++)
        {
            var html = string.Concat(Enumerable.Range(0, random.Number(20)).Select(_ => random.Of(pieces) + random.Next(2)));

            var failure = Record.Exception(() => Reading(Encoding.UTF8.GetBytes(html), null));

            Assert.True(failure is null, $"seed {random.Seed}, round {i}: {failure?.GetType().Name} for {html}");
        }
    }

    private static SourceReading.Document Read(string html, string? selector = null) => Assert.IsType<SourceReading.Document>(Reading(Encoding.UTF8.GetBytes(html), selector));

    private static SourceReading Reading(byte[] bytes, string? selector)
    {
        var url = new Uri("https://site.kz/");
        return new PageReader(FeedDate.Read).Read(new PageSource { Id = "page-1", Name = "Страница", Url = url, Select = selector }, bytes, url, contentType: null, new SourceMemory(Left: null, DateTimeOffset.UnixEpoch));
    }
}
