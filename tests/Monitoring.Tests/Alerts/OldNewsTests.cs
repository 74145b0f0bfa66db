using System.Globalization;
using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Hosting;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Alerts;

/// <summary>The whole way from a feed to the mails: what is old news stands in the digest and is mailed to nobody.</summary>
public sealed class OldNewsTests : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private readonly List<(string Title, DateTimeOffset? At)> _news = [];
    private TempFolder _folder = null!;
    private LoopbackWeb _web = null!;
    private Station _station = null!;

    public async Task InitializeAsync()
    {
        _folder = Create();
        _web = await LoopbackWeb.StartAsync();
        _station = TestStation.Open(_folder, _clock);
        await _station.ImportAsync(_folder, $$"""
            version: 1
            country: KZ
            persons:
              - { id: person-1, name: Мирас Кыранбеков }
            topics:
              - { id: topic-1, name: Detention, severity: critical, keywords: ["задержан*"] }
            feeds:
              - { id: feed-1, name: Лента, url: "{{_web.Url("/feed")}}", every: "00:20:00" }
            recipients:
              - { id: recipient-1, name: Reader, address: reader@example.org, language: ru, timeZone: Asia/Almaty, digest: "23:00", atOnce: high }
            """);
    }

    public async Task DisposeAsync()
    {
        await _station.DisposeAsync();
        await _web.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Only_what_was_published_lately_and_after_the_first_visit_is_mailed_at_once()
    {
        await PublishAsync("before the first visit", _clock.GetUtcNow());
        await PublishAsync("fresh", _clock.GetUtcNow());
        await PublishAsync("four days old", _clock.GetUtcNow().AddHours(-97));
        await PublishAsync("undated", at: null);
        await PublishAsync("of tomorrow", _clock.GetUtcNow().AddDays(1));

        var records = await _station.Get<DigestQueue>().ListAsync("recipient-1", DigestLane.Daily, CancellationToken.None).Select(alert => alert.Record).ToDictionaryAsync(record => record.Key);
        Assert.Equal(
            [("before the first visit", false), ("four days old", false), ("fresh", true), ("of tomorrow", true), ("undated", false)],
            records.Values.Select(record => (record.Headline!.Split(": ")[1], record.MayBeImmediate)).Order());
        var mails = (await _station.Get<Outbox>().ListAsync(after: null, take: 10, CancellationToken.None)).Mails;
        Assert.Equal(["fresh", "of tomorrow"], mails.Select(mail => records[mail.Tells].Headline!.Split(": ")[1]).Order());
        Assert.All(mails, mail => Assert.Equal(MailState.Sent, mail.State));
    }

    [Fact]
    public async Task An_item_that_a_feed_repeats_and_edits_is_mailed_once()
    {
        await PublishAsync("before the first visit", at: null);
        await PublishAsync("fresh", _clock.GetUtcNow());
        _news[^1] = ("fresh, and edited", _news[^1].At);
        await VisitAsync();
        await VisitAsync();

        Assert.Single((await _station.Get<Outbox>().ListAsync(after: null, take: 10, CancellationToken.None)).Mails);
    }

    private static TempFolder Create() => new();

    private async Task PublishAsync(string title, DateTimeOffset? at)
    {
        _news.Add((title, at));
        await VisitAsync();
    }

    /// <summary>The feed as it now stands is visited, and everything done that follows.</summary>
    private async Task VisitAsync()
    {
        var items = _news.Select((item, number) =>
            $"<item><guid isPermaLink=\"false\">{number}</guid><title>Мирас Кыранбеков задержан: {item.Title}</title>{Date(item.At)}</item>");
        _web.On("/feed", $"<rss version=\"2.0\"><channel><title>Лента</title>{string.Concat(items)}</channel></rss>");

        // Chance spreads the visits by up to a tenth.
        _clock.Advance(TimeSpan.FromMinutes(23));
        await _station.CycleAsync();
    }

    private static string Date(DateTimeOffset? at) => at is { } date ? $"<pubDate>{date.ToString("R", CultureInfo.InvariantCulture)}</pubDate>" : "";
}
