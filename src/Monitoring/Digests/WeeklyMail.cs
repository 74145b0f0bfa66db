using Monitoring.Alerts;
using Monitoring.Alerts.Mails;
using Monitoring.Watchlist;

namespace Monitoring.Digests;

/// <summary>Composes a recipient's overview of a week: how much of what, then each matter in a line. Pure.</summary>
public sealed class WeeklyMail(AlertMail entries)
{
    private const int Days = 7;
    private const int MostBars = 8;

    /// <param name="digest">Its day is the one on which it is sent; it is about the seven days before.</param>
    public MailDocument Compose(Recipient recipient, DigestContent digest, MailContext context)
    {
        var texts = Texts.Of(recipient.Language);
        var (first, last) = (digest.Day.AddDays(-Days), digest.Day.AddDays(-1));
        var items = digest.Entries.Where(entry => entry.Section is not DigestSection.Sites).ToList();
        var period = $"{first.ToString("d MMM", texts.Culture)} – {last.ToString("d MMM", texts.Culture)}";
        return new MailDocument
        {
            Texts = texts,
            Subject = texts.Say("weekly.subject", period, items.Count, digest.Entries.Count - items.Count),
            Summary = digest.Entries.Count == 0 ? texts["weekly.nothing"] : texts.Say("weekly.summary", period, items.Count, digest.Entries.Count - items.Count),
            Blocks =
            [
                .. Bars(items, digest.Day, recipient, texts),
                .. Lines(digest.Entries, recipient, texts),
                new MailBlock.Heading(texts["digest.section.health"]),
                new MailBlock.Line(texts.Say("digest.sources", digest.Health.Answered, digest.Health.Total)),
            ],
            Footer = AlertMail.Footer(recipient, context.Why),
            FooterLinks = [.. entries.FooterLinks(texts, recipient, context, MailList.Digests)],
        };
    }

    private static IEnumerable<MailBlock> Bars(List<DigestEntry> items, DateOnly day, Recipient recipient, Texts texts)
    {
        if (items.Count == 0)
        {
            yield break;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(recipient.TimeZone);
        var perDay = items.CountBy(entry => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(entry.Record.At, zone).DateTime)).ToDictionary();
        yield return new MailBlock.Bars(
            texts["weekly.by_day"],
            [.. Enumerable.Range(1, Days).Select(ago => day.AddDays(-ago)).Reverse().Select(date => (date.ToString("ddd d MMM", texts.Culture), perDay.GetValueOrDefault(date)))]);
        if (Most(items.SelectMany(entry => entry.Record.Violations).Select(code => "violation." + code).Where(texts.Has).Select(key => texts[key])) is { Count: > 0 } acts)
        {
            yield return new MailBlock.Bars(texts["weekly.by_act"], acts);
        }

        if (Most(items.Select(entry => entry.Record.Outlet).OfType<string>()) is { Count: > 0 } outlets)
        {
            yield return new MailBlock.Bars(texts["weekly.by_outlet"], outlets);
        }
    }

    private static List<(string Label, int Count)> Most(IEnumerable<string> labels) =>
    [
        .. labels.CountBy(label => label, StringComparer.Ordinal).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MostBars).Select(pair => (pair.Key, pair.Value)),
    ];

    private IEnumerable<MailBlock> Lines(IReadOnlyList<DigestEntry> said, Recipient recipient, Texts texts) =>
        said.GroupBy(entry => entry.Section).SelectMany(section => section
            .Select(entry => (MailBlock)entries.Line(entry.Record, recipient))
            .Prepend(new MailBlock.Heading(texts["digest.section." + section.Key.ToString().ToLowerInvariant()])));
}
