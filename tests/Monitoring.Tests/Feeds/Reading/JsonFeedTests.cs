using Monitoring.Feeds;
using static Monitoring.Tests.Support.FeedSample;

namespace Monitoring.Tests.Feeds.Reading;

public sealed class JsonFeedTests
{
    [Fact]
    public void An_item_says_everything()
    {
        var feed = Read("""
            {
              "version": "https://jsonfeed.org/version/1.1", "title": "Лента", "home_page_url": "https://site.kz/news/", "language": "ru",
              "items": [{
                "id": 17, "url": "1", "title": "A &amp; <b>B</b>", "summary": "Кратко", "content_html": "<p>Полно</p>", "content_text": "иначе",
                "authors": [{ "name": "Асель" }, { "url": "/x" }], "author": { "name": "Ерлан" },
                "date_published": "2026-11-22T09:00:00+06:00", "date_modified": "2026-11-22T10:00:00+06:00" }]
            }
            """);

        Assert.Equal((FeedFormat.Json, "Лента", "https://site.kz/news/", "ru"), (feed.Format, feed.Title, feed.Link?.AbsoluteUri, feed.Language));
        var item = Assert.Single(feed.Items);
        Assert.Equal(("17", "https://site.kz/news/1", "A & B"), (item.Id, item.Link?.AbsoluteUri, item.Title));
        Assert.Equal(("Кратко", "<p>Полно</p>"), (item.Summary?.Value, item.Content?.Value));
        Assert.Equal(["Асель", "Ерлан"], item.Authors.Select(author => author.Name));
        Assert.Equal((3, 4), (item.Published!.Value.Hour, item.Updated!.Value.Hour));
        Assert.Empty(feed.Repairs);
    }

    [Fact]
    public void Fields_of_the_wrong_type_count_as_absent()
    {
        var feed = Read("""
            {
            "title": ["x"], "home_page_url": 5,
            "items": [null, 7, "x", { "id": {}, "url": [], "title": false, "authors": "Асель", "author": "Ерлан", "date_published": true }] }
            """);

        var item = Assert.Single(feed.Items);
        Assert.Equal(("", null, null, "", null), (feed.Title, item.Id, item.Link, item.Title, item.Published));
        Assert.Empty(item.Authors);
    }

    [Theory]
    [InlineData("{\"id\": \"2\", \"title\": \"Обор")]
    [InlineData("{\"id\": \"2\"}, // comment\n {\"id\": \"3\"}]}")]
    [InlineData("{\"id\": \"2\"},]}")]
    public void Where_the_text_breaks_complete_items_are_kept(string rest)
    {
        var feed = Read("{\"items\": [{\"id\": \"1\", \"url\": \"a\"}, " + rest);

        Assert.Equal(("1", "https://site.kz/rss/a"), (feed.Items[0].Id, feed.Items[0].Link?.AbsoluteUri));
        Assert.Equal([FeedRepairKind.CutDocument], feed.Repairs.Select(repair => repair.Kind));
    }

    [Fact]
    public void Half_a_character_is_replaced_and_the_rest_kept()
    {
        var feed = Read("""{ "items": [{ "id": "1", "title": "Арест \ud83d", "content_text": "\ude00 \uD83D\uDE00 \\ud83d" }] }""");

        Assert.Equal(("Арест \ufffd", "\ufffd \ud83d\ude00 \\ud83d"), (feed.Items[0].Title, feed.Items[0].Content?.Value));
        Assert.Equal(["2 half characters were replaced (first in line 1)"], feed.Repairs.Select(repair => repair.ToString()));
    }

    [Theory]
    [InlineData("{}", "JSON that is no feed")]
    [InlineData("{\"items\": {}}", "JSON that is no feed")]
    [InlineData("{\n\"items\": [}", "JSON that breaks at line 2")]
    [InlineData("{\"items\": [{\"title\": \"A", "JSON that breaks at line 1")] // broken off
    [InlineData("[1]", "neither XML nor JSON")]
    public void Other_JSON_is_no_feed(string text, string what) => Assert.Equal(what, Refusal(text));

    [Fact]
    public void JSON_nested_without_end_is_no_feed() => Assert.Equal("JSON that breaks at line 1", Refusal("{\"items\":" + new string('[', 100_000)));

    [Fact]
    public void Of_too_many_items_the_newest_are_kept_in_their_order()
    {
        var dates = Enumerable.Repeat("2026-01-01", FeedReader.MaxItems - 1).Prepend("2019-01-01").Prepend("2020-01-01").Append("2021-01-01");
        var feed = Read("{\"items\":[" + string.Join(',', dates.Select((date, number) => $"{{\"id\":\"{number}\",\"date_{(number == 0 ? "modified" : "published")}\":\"{date}\"}}")) + "]}");

        Assert.Equal((FeedReader.MaxItems, "2", $"{FeedReader.MaxItems + 1}"), (feed.Items.Count, feed.Items[0].Id, feed.Items[^1].Id));
        Assert.Equal(["2 items beyond the limit were left out, the newest kept (first in line 1)"], feed.Repairs.Select(repair => repair.ToString()));
    }

    [Fact]
    public void Of_undated_items_the_first_are_kept() =>
        Assert.Equal("1", Read("{\"items\":[{\"id\":\"1\"}" + string.Concat(Enumerable.Repeat(",{}", FeedReader.MaxItems)) + "]}").Items[0].Id);

    [Fact]
    public void An_item_that_is_too_long_is_left_out()
    {
        var feed = Read("{\"items\":[{\"id\":\"1\"},{\"id\":\"2\",\"content_text\":\"" + new string('x', 5_000_000) + "\"}]}");

        Assert.Equal(["1"], feed.Items.Select(item => item.Id));
        Assert.Equal([FeedRepairKind.CutValue], feed.Repairs.Select(repair => repair.Kind));
    }

    [Fact]
    public void Links_are_told_by_what_they_are()
    {
        var feed = Read("""{ "home_page_url": "https://a.kz/", "feed_url": "f.json", "favicon": "/i.ico", "items": [{ "url": "1", "external_url": "https://b.kz/2" }] }""");

        Assert.Equal([("alternate", "https://a.kz/"), ("self", "https://site.kz/rss/f.json")], feed.Links.Select(link => (link.Relation, link.Url.AbsoluteUri)));
        Assert.Equal([("alternate", "https://a.kz/1"), ("related", "https://b.kz/2")], feed.Items[0].Links.Select(link => (link.Relation, link.Url.AbsoluteUri)));
        Assert.Equal("https://site.kz/i.ico", feed.Icon?.AbsoluteUri);
    }
}
