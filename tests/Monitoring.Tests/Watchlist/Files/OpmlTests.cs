using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;

namespace Monitoring.Tests.Watchlist.Files;

public sealed class OpmlTests
{
    /// <summary>As a feed reader exports it: folders, attributes in other cases, a feed in two folders.</summary>
    private const string OfReader = """
        <?xml version="1.0" encoding="UTF-8"?>
        <opml version="1.1">
          <head><title>Подписки</title></head>
          <body>
            <outline text="Казахстан" title="Казахстан">
              <outline type="rss" text="Новости &amp; дня" xmlUrl="https://news.kz/rss" htmlUrl="https://news.kz/" language="ru"/>
              <outline type="rss" title="Жаңалықтар" xmlurl="feed://zhana.kz/rss.xml" language="kk-KZ"/>
            </outline>
            <outline text="Все"><outline text="Другое имя" xmlUrl="https://news.kz/rss"/></outline>
            <outline text="" xmlUrl="https://безымянный.kz/feed"/>
            <outline text="Ссылка" type="link" url="https://other.kz/"/>
          </body>
        </opml>
        """;

    [Fact]
    public void The_feeds_of_all_folders_are_read_each_once()
    {
        var feeds = ListFile.Read(OfReader).Select(read => Assert.IsType<FeedSource>(read.Entry)).ToList();

        Assert.Equal(
            [("Новости & дня", "https://news.kz/rss", "ru"), ("Жаңалықтар", "http://zhana.kz/rss.xml", ""), ("безымянный.kz", "https://безымянный.kz/feed", "")],
            feeds.Select(feed => (feed.Name, feed.Url.OriginalString, string.Join(' ', feed.Languages))));
    }

    [Fact]
    public async Task An_import_only_adds()
    {
        await using var list = await StoredList.OfAsync("""
            persons: [{ id: person-1, name: Айдос }]
            feeds: [{ id: feed-1, name: Моё имя, url: "https://news.kz/rss", every: "00:05:00" }, { id: feed-2, name: Ещё, url: "https://else.kz/rss" }]
            """);

        Assert.Equal(["Added new-1 Жаңалықтар", "Added new-2 безымянный.kz", "1 unchanged"], await list.TellImportAsync(OfReader));
        Assert.Equal(["3 unchanged"], await list.TellImportAsync(OfReader));

        var stored = await list.LoadAsync();
        Assert.Equal((1, 4), (stored.Persons.Count, stored.Sources.Count));
        Assert.Equal(("Моё имя", TimeSpan.FromMinutes(5)), (stored.FindSource("feed-1")!.Name, stored.FindSource("feed-1")!.Every));
    }

    [Fact]
    public async Task Everything_we_know_of_feeds_and_pages_survives()
    {
        using var authority = new TestAuthority();
        var pem = authority.Intermediate.ReplaceLineEndings("\n      ");
        await using var first = await StoredList.OfAsync($"""
            outlets: [{"{ id: outl-1, name: Тест }"}]
            vantages: [{"{ id: vant-1, name: Almaty, via: proxy }"}]
            feeds:
              - id: feed-1
                name: "A <b> & \"c\""
                url: "https://a.kz/rss?a=1&b=2"
                outlet: Тест
                languages: [kk, ru]
                every: "00:15:00"
                pause: "00:00:30"
                fullText: false
                via: Almaty
                country: KZ
                note: "две  части, и <знаки>"
                intermediate: |
                  {pem}
            pages:
              - id: page-1
                name: Страница
                url: https://b.kz/новости
                select: "div > a"
            """);
        var opml = Export(await first.LoadAsync());
        await using var second = new StoredList();

        await second.ImportAsync(opml);

        Assert.Equal((await first.LoadAsync()).Sources, (await second.LoadAsync()).Sources, Same);
        Assert.Equal(opml, Export(await second.LoadAsync()));
        Assert.Contains("<outline text=\"A &lt;b&gt; &amp; &quot;c&quot;\" type=\"rss\" xmlUrl=\"https://a.kz/rss?a=1&amp;b=2\" ", opml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html><body/></html>", "list.yaml:1: file: an OPML document is expected")]
    [InlineData("<opml>\n<body>\n<outline xmlUrl='https://a.kz'>", "list.yaml:3: file: this is not well-formed XML, or too long")]
    [InlineData("<opml>\n<outline text='A' xmlUrl='ftp://a.kz/'/></opml>", "list.yaml:2: outline[0].url: an absolute http or https address without user name, at most 2000 characters, is expected")]
    [InlineData("<opml xmlns:m='urn:monitoring:watchlist'><outline xmlUrl='https://a.kz/' m:every='often'/></opml>", "list.yaml:1: outline[0].every: a time span hours:minutes:seconds between \"00:00:01\" and \"7.00:00:00\", such as \"00:15:00\", is expected")]
    [InlineData("<opml xmlns:m='urn:monitoring:watchlist'><outline xmlUrl='https://a.kz/' m:evry='00:15:00'/></opml>", "list.yaml:1: outline[0].evry: unknown field; did you mean 'every'?")]
    public void What_is_wrong_is_said_with_its_line(string opml, string problem) => Assert.Equal([problem], ListFile.Problems(opml));

    [Fact]
    public void Entities_of_a_document_type_are_nothing_to_us() => Assert.Single(
        ListFile.Problems("<!DOCTYPE opml [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>\n<opml><outline text='&b;' xmlUrl='https://a.kz/'/></opml>"));

    [Fact]
    public void Folders_beyond_all_measure_are_refused() => Assert.Equal(
        ["list.yaml:1: file: is nested too deeply"], ListFile.Problems("<opml>" + string.Concat(Enumerable.Repeat("<outline>", 100_000))));

    private static bool Same(Source one, Source other) => EntryRow.HashOf(one) == EntryRow.HashOf(other) && one.Id == other.Id;

    private static string Export(WatchlistSnapshot list)
    {
        using var text = new StringWriter();
        OpmlExport.Write(list, text);
        return text.ToString();
    }
}
