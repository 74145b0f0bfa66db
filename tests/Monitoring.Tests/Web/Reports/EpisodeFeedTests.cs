using System.Xml.Linq;
using Monitoring.App.Web.Reports;
using Monitoring.Availability;
using Monitoring.Blocking;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Web.Reports;

public sealed class EpisodeFeedTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly DateTimeOffset Now = Some.Time;
    private static readonly Uri Root = new("https://monitoring.example/");

    [Fact]
    public void A_feed_has_what_RFC_4287_demands()
    {
        var feed = Read(Episode(1));

        Assert.All(["id", "title", "updated", "author"], name => Assert.Single(feed.Elements(Atom + name)));
        Assert.Equal(["self https://monitoring.example/availability/site-1/feed.atom", "alternate https://monitoring.example/availability/site-1"],
            feed.Elements(Atom + "link").Select(link => $"{link.Attribute("rel")!.Value} {link.Attribute("href")!.Value}"));
        var entry = Assert.Single(feed.Elements(Atom + "entry"));
        Assert.All(["id", "title", "updated", "summary"], name => Assert.Single(entry.Elements(Atom + name)));
        Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$", entry.Element(Atom + "id")!.Value);
    }

    [Fact]
    public void An_entry_keeps_its_id_and_says_when_it_changed_and_ended()
    {
        var opened = Episode(10);
        var changed = opened with { Evidence = [NameOf(opened.Opened), NameOf(opened.Opened.AddDays(2))] };
        var closed = changed with { Closed = opened.Opened.AddDays(3), Evidence = [.. changed.Evidence, NameOf(opened.Opened.AddDays(3).AddMinutes(10))] };

        var entries = new[] { opened, changed, closed }.Select(episode => Read(episode).Element(Atom + "entry")!).ToList();

        Assert.Single(entries.Select(entry => entry.Element(Atom + "id")!.Value).Distinct());
        Assert.Equal([opened.Opened, opened.Opened.AddDays(2), opened.Opened.AddDays(3)], entries.Select(entry => (DateTimeOffset)entry.Element(Atom + "updated")!));
        Assert.Equal("Signs of blocking: TLS reset: Сайт from AS64500", entries[0].Element(Atom + "title")!.Value);
        Assert.Equal("Reachable again: Сайт from AS64500 (was: Signs of blocking: TLS reset)", entries[2].Element(Atom + "title")!.Value);
        Assert.Contains("4,320 min; rule bd-26.", entries[2].Element(Atom + "summary")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Ninety_days_are_told_the_newest_first_and_fifty_at_most()
    {
        Assert.Equal(["3", "40", "89"], Told(EpisodeFeed.Select([Episode(89), Episode(3), Episode(91), Episode(40)], Now)));
        Assert.Equal(EpisodeFeed.MostEntries, EpisodeFeed.Select(Enumerable.Range(1, 80).Select(days => Episode(days)), Now).Count);

        // One that began long ago and ended lately is news.
        Assert.Equal(["200"], Told(EpisodeFeed.Select([Episode(200) with { Closed = Now.AddDays(-1) }], Now)));

        static IEnumerable<string> Told(IEnumerable<Episode> episodes) => episodes.Select(episode => $"{(Now - episode.Opened).TotalDays}");
    }

    [Fact]
    public void Hostile_names_are_text_and_letters_that_xml_forbids_are_replaced()
    {
        var site = new Site { Id = "site-1", Name = "<script>alert(1)</script>]]>&\u0001\uD800\uFFFF", Url = new Uri("https://site.kz/") };

        var feed = XDocument.Parse(System.Text.Encoding.UTF8.GetString(EpisodeFeed.Write(site, [], [Episode(1)], Root))).Root!;

        Assert.Equal("<script>alert(1)</script>]]>&\uFFFD\uFFFD\uFFFD: availability", feed.Element(Atom + "title")!.Value);
        Assert.Contains("a vantage no longer listed", feed.Element(Atom + "entry")!.Element(Atom + "title")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_episodes_are_the_same_bytes()
    {
        Assert.Equal(Bytes(Episode(1), Episode(2)), Bytes(Episode(1), Episode(2)));
        Assert.NotEqual(Bytes(Episode(1)), Bytes(Episode(2)));
    }

    [Fact]
    public void A_site_without_trouble_has_an_empty_feed()
    {
        Assert.Empty(Read().Elements(Atom + "entry"));
    }

    private static XElement Read(params Episode[] episodes) => XDocument.Parse(System.Text.Encoding.UTF8.GetString(Bytes(episodes))).Root!;

    private static byte[] Bytes(params Episode[] episodes) => EpisodeFeed.Write(
        new Site { Id = "site-1", Name = "Сайт", Url = new Uri("https://site.kz/") }, [new Vantage { Id = "vantage-1", Name = "proxy", Network = "AS64500" }], episodes, Root);

    private static Episode Episode(int daysAgo) => new()
    {
        SiteId = "site-1",
        VantageId = "vantage-1",
        Opened = Now.AddDays(-daysAgo),
        Verdict = new Verdict("blocked.tls_reset", Grade.Likely, "bd-26", []),
        Grade = Grade.Likely,
        Evidence = [NameOf(Now.AddDays(-daysAgo))],
    };

    private static string NameOf(DateTimeOffset at) => $"measurements/site-1/vantage-1/{Monitoring.Storage.Keys.Time(at).ToLowerInvariant()}.json.gz";
}
