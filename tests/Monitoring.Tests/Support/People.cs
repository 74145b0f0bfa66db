using Monitoring.Alerts;
using Monitoring.Alerts.Mails;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Support;

/// <summary>Readers of mails, and what they are told.</summary>
internal static class People
{
    /// <summary>Of a mail whose recipient stopped nothing.</summary>
    public static readonly MailContext Context = new(new RecipientState("recipient-1", "token1", AlertsStopped: null, DigestsStopped: null, Suspended: null, Why: null), "mail-1", Reason.Of("why.severity"));

    public static Recipient Reader(string id = "recipient-1", string language = "en", string timeZone = "Asia/Almaty") => new()
    {
        Id = id,
        Name = "Reader",
        Address = id + "@example.org",
        Language = language,
        TimeZone = timeZone,
        Digest = new TimeOnly(9, 0),
        AtOnce = Severity.High,
    };

    /// <summary>An item about an invented editor.</summary>
    public static AlertRecord Item(string key = "item.feed-1.1", Severity severity = Severity.Critical) => new()
    {
        Key = key,
        Kind = AlertKind.Item,
        Review = AlertReview.Unreviewed,
        Severity = severity,
        Country = "KZ",
        At = Some.Time,
        Subjects = ["person-1", "Мирас Кыранбеков", "topic-1", "Detention"],
        Fact = Reason.Of("fact.topic_about", "Detention", "Мирас Кыранбеков"),
        Headline = "Редактор задержан в Алматы",
        Language = "ru",
        Outlet = "Лента",
        Link = new Uri("https://example.org/1"),
        Passage = new MarkedText("Сегодня Мирас Кыранбеков задержан.", [new Mark(8, 16), new Mark(25, 8)]),
        Reasons = [Reason.Of("reason.listed", "Мирас Кыранбеков"), Reason.Of("reason.same_sentence")],
        Page = "items/feed-1.1",
    };

    public static AlertRecord Site(string key = "episode.site-1.1.vantage-1.opened", AlertKind kind = AlertKind.SiteTrouble) => new()
    {
        Key = key,
        Kind = kind,
        Severity = Severity.High,
        Country = "KZ",
        At = Some.Time,
        Subjects = ["site-1", "Сайт"],
        Fact = Reason.Of("fact.blocked", "Сайт", "AS64500", "@mechanism.dns"),
        Link = new Uri("https://site.kz/"),
        Page = "availability/site-1",
    };
}
