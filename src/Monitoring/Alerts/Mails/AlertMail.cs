using Monitoring.Watchlist;

namespace Monitoring.Alerts.Mails;

/// <summary>Of whom and which mail, by which its links are made.</summary>
/// <param name="Why">Tells the recipient which of the rules sent it.</param>
public sealed record MailContext(RecipientState State, string MailId, Reason Why);

/// <summary>Composes what is said about one record: a mail of its own, or an entry of a digest. Pure.</summary>
public sealed class AlertMail(AlertsOptions options)
{
    /// <summary>A subject is cut after so many characters: no list of names makes a line that mail servers refuse.</summary>
    private const int LongestSubject = 160;

    public MailDocument Compose(AlertRecord record, Recipient recipient, MailContext context)
    {
        var texts = Texts.Of(recipient.Language);
        var fact = Fact(record, texts);
        var country = record.Country is null ? "" : $"[{record.Country}] ";
        return new MailDocument
        {
            Texts = texts,
            Subject = Cut($"{country}{fact}") + (record.Review is AlertReview.Unreviewed ? $" ({texts["unreviewed"]})" : ""),
            Caution = Caution(record, texts),
            Summary = fact + ".",
            Blocks = [Entry(record, recipient) with { Fact = null }],
            Footer = Footer(recipient, context.Why),
            FooterLinks = [.. FooterLinks(record, texts, recipient, context)],
        };
    }

    /// <param name="notes">What is to be said besides, e.g. that it was mailed before.</param>
    public MailBlock.Entry Entry(AlertRecord record, Recipient recipient, params IReadOnlyList<string> notes)
    {
        var texts = Texts.Of(recipient.Language);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(recipient.TimeZone);
        string?[] meta = [record.Outlet, record.Kind is AlertKind.Item && record.Language is { } language ? texts["language." + language] : null, texts.SayTime(record.At, zone)];
        return new MailBlock.Entry
        {
            Fact = Fact(record, texts),
            Meta = string.Join(" · ", meta.Where(part => part is not null)),
            Notes = notes,
            Headline = record.Headline == record.Passage?.Text ? null : record.Headline,
            Passage = record.Passage,
            Language = record.Language,
            Reasons = [.. record.Reasons.Select(texts.Say)],
            ReasonsAre = texts[record.Kind is AlertKind.SiteRecovered ? "before" : "why"],
            Links = [.. Links(record, texts)],
        };
    }

    /// <summary>Shortly, with a link: where a digest has more than anybody reads in full.</summary>
    public MailBlock.Line Line(AlertRecord record, Recipient recipient)
    {
        var texts = Texts.Of(recipient.Language);
        return new MailBlock.Line(string.Join(" · ", new[] { Fact(record, texts), record.Outlet }.Where(part => part is not null))) { Link = Links(record, texts).LastOrDefault() };
    }

    public static IReadOnlyList<string> Footer(Recipient recipient, Reason why)
    {
        var texts = Texts.Of(recipient.Language);
        return [texts.Say("footer.why", recipient.Name, texts.Say(why)), texts["footer.method"]];
    }

    /// <summary>Why this came, and how no more of the kind comes; nothing where our pages are not reached from outside.</summary>
    public IEnumerable<MailLink> FooterLinks(Texts texts, Recipient recipient, MailContext context, MailList list)
    {
        if (MailAddresses.Why(options, recipient.Id, context.MailId) is { } why)
        {
            yield return new MailLink(texts["footer.link.why"], why);
        }

        if (MailAddresses.Unsubscribe(options, context.State, list) is { } unsubscribe)
        {
            yield return new MailLink(texts[list is MailList.Alerts ? "footer.link.alerts" : "footer.link.digests"], unsubscribe);
        }
    }

    private IEnumerable<MailLink> FooterLinks(AlertRecord record, Texts texts, Recipient recipient, MailContext context)
    {
        if (record.Mute is not null && MailAddresses.Mute(options, context.State, record.Mute) is { } mute)
        {
            yield return new MailLink(texts[record.Kind is AlertKind.Item ? "footer.link.mute_story" : "footer.link.mute_site"], mute);
        }

        foreach (var link in FooterLinks(texts, recipient, context, MailList.Alerts))
        {
            yield return link;
        }
    }

    /// <summary>The fact first; before it what has become of it.</summary>
    private static string Fact(AlertRecord record, Texts texts)
    {
        var fact = texts.Say(record.Fact);
        return record.Change is AlertChange.New ? fact : texts.Say("change." + Name(record.Change), fact);
    }

    /// <summary>What has become of it in a sentence, and that no editor has looked, where that is so.</summary>
    private static string? Caution(AlertRecord record, Texts texts)
    {
        string?[] sentences =
        [
            record.Change is AlertChange.New or AlertChange.Update or AlertChange.Confirmed ? null : texts["change.sentence." + Name(record.Change)],
            record.Review is AlertReview.Unreviewed ? texts["unreviewed.sentence"] : null,
        ];
        return sentences.All(sentence => sentence is null) ? null : string.Join(' ', sentences.Where(sentence => sentence is not null));
    }

    private static string Name(AlertChange change) => change.ToString().ToLowerInvariant();

    private static string Cut(string subject)
    {
        if (subject.Length <= LongestSubject)
        {
            return subject;
        }

        // Never between the halves of one character.
        var end = char.IsHighSurrogate(subject[LongestSubject - 2]) ? LongestSubject - 2 : LongestSubject - 1;
        return subject[..end] + "…";
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
