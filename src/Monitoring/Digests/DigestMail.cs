using Monitoring.Alerts;
using Monitoring.Alerts.Mails;
using Monitoring.Watchlist;

namespace Monitoring.Digests;

/// <summary>What a digest is made of.</summary>
/// <param name="Entries">In the order in which they are said.</param>
/// <param name="Unreviewed">Mailed to the recipient, and waiting for an editor for too long.</param>
public sealed record DigestContent(DateOnly Day, IReadOnlyList<DigestEntry> Entries, IReadOnlyList<UnreviewedMail> Unreviewed, SourceHealth Health);

/// <summary>Composes a recipient's digest of a day or an hour, or the summary of a storm: part by part, with the health of the sources; said also when there is nothing to say. Pure.</summary>
public sealed class DigestMail(AlertMail entries)
{
    private const int MaxTroubles = 20;

    /// <summary>So many are said in full, the gravest; of the others the fact and a link.</summary>
    private const int MaxInFull = 200;

    public MailDocument Compose(Recipient recipient, DigestContent digest, MailContext context)
    {
        var texts = Texts.Of(recipient.Language);
        var date = digest.Day.ToString("d MMM", texts.Culture);
        var (urgent, other, sites) = Count(digest.Entries);
        return Frame(recipient, digest.Entries, context, MailList.Digests) with
        {
            Subject = recipient.Countries is [var country]
                ? texts.Say("digest.subject_country", date, urgent, other, sites, country)
                : texts.Say("digest.subject", date, urgent, other, sites),
            Summary = digest.Entries.Count == 0 ? texts["digest.nothing"] : texts.Say("digest.summary", urgent, other, sites),
            Blocks = [.. Sections(digest.Entries, recipient, texts), .. Unreviewed(digest.Unreviewed, recipient, texts), .. Health(digest.Health, recipient, texts)],
        };
    }

    /// <summary>What came in an hour beyond the mails of their own.</summary>
    public MailDocument Summary(Recipient recipient, IReadOnlyList<DigestEntry> storm, MailContext context)
    {
        var texts = Texts.Of(recipient.Language);
        return Frame(recipient, storm, context, MailList.Alerts) with
        {
            Subject = texts.Say("storm.subject", storm.Count),
            Summary = texts.Say("storm.summary", storm.Count),
            Blocks = [.. Sections(storm, recipient, texts)],
        };
    }

    private MailDocument Frame(Recipient recipient, IReadOnlyList<DigestEntry> said, MailContext context, MailList list)
    {
        var texts = Texts.Of(recipient.Language);
        return new MailDocument
        {
            Texts = texts,
            Subject = "",
            Summary = "",
            Caution = said.Any(entry => entry.Record.Review is AlertReview.Unreviewed) ? texts["unreviewed.some"] : null,
            Footer = AlertMail.Footer(recipient, context.Why),
            FooterLinks = [.. entries.FooterLinks(texts, recipient, context, list)],
        };
    }

    private static (int Urgent, int Other, int Sites) Count(IReadOnlyList<DigestEntry> said)
    {
        var urgent = said.Count(entry => entry.Section is DigestSection.Urgent);
        var sites = said.Count(entry => entry.Section is DigestSection.Sites);
        return (urgent, said.Count - urgent - sites, sites);
    }

    private IEnumerable<MailBlock> Sections(IReadOnlyList<DigestEntry> said, Recipient recipient, Texts texts)
    {
        var left = MaxInFull;
        foreach (var section in said.GroupBy(entry => entry.Section).OrderBy(section => section.Key))
        {
            yield return new MailBlock.Heading(texts["digest.section." + section.Key.ToString().ToLowerInvariant()]);
            foreach (var group in section.GroupBy(Subject, StringComparer.Ordinal))
            {
                var count = group.Count();
                if (count > 1)
                {
                    yield return new MailBlock.Group(group.Key, count);
                }

                foreach (var entry in group)
                {
                    yield return left-- > 0 ? entries.Entry(entry.Record, recipient, Notes(entry, recipient, texts)) : entries.Line(entry.Record, recipient);
                }
            }
        }
    }

    /// <summary>The person, outlet or site that it is about first: subjects are ids, each with its name after it.</summary>
    private static string Subject(DigestEntry entry) => entry.Record.Subjects is [_, var name, ..] ? name : entry.Record.Outlet ?? "";

    private static string[] Notes(DigestEntry entry, Recipient recipient, Texts texts)
    {
        var mailed = entry.MailedAt is { } at ? texts.Say("digest.mailed", texts.SayTime(at, TimeZoneInfo.FindSystemTimeZoneById(recipient.TimeZone))) : null;
        string?[] notes = [mailed, entry.IsUnsure ? texts["digest.unsure"] : null, entry.Record.Review is AlertReview.Unreviewed ? texts["digest.unreviewed"] : null];
        return [.. notes.OfType<string>()];
    }

    private static IEnumerable<MailBlock> Unreviewed(IReadOnlyList<UnreviewedMail> mails, Recipient recipient, Texts texts)
    {
        if (mails.Count == 0)
        {
            yield break;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(recipient.TimeZone);
        yield return new MailBlock.Heading(texts["digest.section.unreviewed"]);
        foreach (var mail in mails.Take(MaxTroubles))
        {
            yield return new MailBlock.Line(texts.Say("digest.unreviewed_since", texts.Say(mail.Fact), texts.SayTime(mail.Mailed, zone)));
        }

        if (mails.Count > MaxTroubles)
        {
            yield return new MailBlock.Line(texts.Say("digest.more", mails.Count - MaxTroubles));
        }
    }

    private static IEnumerable<MailBlock> Health(SourceHealth health, Recipient recipient, Texts texts)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(recipient.TimeZone);
        yield return new MailBlock.Heading(texts["digest.section.health"]);
        yield return new MailBlock.Line(texts.Say("digest.sources", health.Answered, health.Total));
        string[] troubles = [
            .. health.Silent.Select(silent => silent.Since is { } since
                ? texts.Say("digest.silent", silent.Name, texts.SayTime(since, zone), silent.Outcome)
                : texts.Say("digest.never", silent.Name, silent.Outcome)),
            .. health.Quiet.Select(source => texts.Say("digest.quiet", source.Name, source.Quiet.Since, source.Quiet.UsualPerDay)),
        ];
        foreach (var trouble in troubles.Take(MaxTroubles))
        {
            yield return new MailBlock.Line(trouble);
        }

        if (troubles.Length > MaxTroubles)
        {
            yield return new MailBlock.Line(texts.Say("digest.more", troubles.Length - MaxTroubles));
        }
    }
}
