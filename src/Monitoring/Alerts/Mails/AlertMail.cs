using Monitoring.Watchlist;

namespace Monitoring.Alerts.Mails;

/// <summary>Composes what is said about one record: a mail of its own, or an entry of a digest. Pure.</summary>
public sealed class AlertMail(AlertsOptions options)
{
    /// <param name="why">Tells the recipient which of the rules sent this.</param>
    public MailDocument Compose(AlertRecord record, Recipient recipient, Reason why)
    {
        var texts = Texts.Of(recipient.Language);
        var fact = texts.Say(record.Fact);
        var isUnreviewed = record.Kind is AlertKind.Item;
        var country = record.Country is null ? "" : $"[{record.Country}] ";
        return new MailDocument
        {
            Texts = texts,
            Subject = $"{country}{fact}{(isUnreviewed ? $" ({texts["unreviewed"]})" : "")}",
            Caution = isUnreviewed ? texts["unreviewed.sentence"] : null,
            Summary = fact + ".",
            Blocks = [Entry(record, recipient)],
            Footer = Footer(recipient, why),
        };
    }

    public MailBlock.Entry Entry(AlertRecord record, Recipient recipient)
    {
        var texts = Texts.Of(recipient.Language);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(recipient.TimeZone);
        string?[] meta = [record.Outlet, record.Kind is AlertKind.Item && record.Language is { } language ? texts["language." + language] : null, texts.SayTime(record.At, zone)];
        return new MailBlock.Entry
        {
            Fact = texts.Say(record.Fact),
            Meta = string.Join(" · ", meta.Where(part => part is not null)),
            Headline = record.Headline == record.Passage?.Text ? null : record.Headline,
            Passage = record.Passage,
            Language = record.Language,
            Reasons = [.. record.Reasons.Select(texts.Say)],
            Links = [.. Links(record, texts)],
        };
    }

    public static IReadOnlyList<string> Footer(Recipient recipient, Reason why)
    {
        var texts = Texts.Of(recipient.Language);
        return [texts.Say("footer.why", recipient.Name, texts.Say(why)), texts["footer.method"]];
    }

    private IEnumerable<MailLink> Links(AlertRecord record, Texts texts)
    {
        if (record.Link is { } link)
        {
            yield return new MailLink(texts[record.Kind is AlertKind.Item ? "link.item" : "link.site"], link);
        }

        if (options.PublicUrl is { } root)
        {
            yield return new MailLink(texts["link.page"], new Uri(root, record.Page));
        }
    }
}
