using Monitoring.Alerts;
using Monitoring.Alerts.Mails;
using Monitoring.Feeds;
using Monitoring.Watchlist;

namespace Monitoring.Digests;

/// <param name="Since">The last readable answer; null: never.</param>
/// <param name="Outcome">What the last visit came to.</param>
public sealed record SilentSource(string Name, DateTimeOffset? Since, string Outcome);

/// <summary>A source that answers and tells nothing, against its habit.</summary>
public sealed record QuietSource(string Name, GoneQuiet Quiet);

/// <param name="Answered">Sources whose last visit brought a readable answer.</param>
public sealed record SourceHealth(int Answered, int Total, IReadOnlyList<SilentSource> Silent, IReadOnlyList<QuietSource> Quiet);

/// <summary>Composes a recipient's digest: urgent, new, sites, health of the sources; said also when there is nothing to say. Pure.</summary>
public sealed class DigestMail(AlertMail entries)
{
    private const int MaxTroubles = 20;

    public MailDocument Compose(Recipient recipient, DateOnly day, IReadOnlyList<AlertRecord> records, SourceHealth health)
    {
        var texts = Texts.Of(recipient.Language);
        var ordered = records.OrderByDescending(record => record.Severity).ThenByDescending(record => record.At).ToList();
        var urgent = ordered.Where(record => record.Kind is AlertKind.Item && record.Severity >= Severity.High).ToList();
        var other = ordered.Where(record => record.Kind is AlertKind.Item && record.Severity < Severity.High).ToList();
        var sites = records.Where(record => record.Kind is not AlertKind.Item).OrderBy(record => record.At).ToList();
        var date = day.ToString("d MMM", texts.Culture);
        return new MailDocument
        {
            Texts = texts,
            Subject = recipient.Countries is [var country]
                ? texts.Say("digest.subject_country", date, urgent.Count, other.Count, sites.Count, country)
                : texts.Say("digest.subject", date, urgent.Count, other.Count, sites.Count),
            Summary = records.Count == 0 ? texts["digest.nothing"] : texts.Say("digest.summary", urgent.Count, other.Count, sites.Count),
            Caution = urgent.Count + other.Count > 0 ? texts["unreviewed.sentence"] : null,
            Blocks =
            [
                .. Section("digest.section.urgent", urgent, recipient, texts),
                .. Section("digest.section.new", other, recipient, texts),
                .. Section("digest.section.sites", sites, recipient, texts),
                .. Health(health, recipient, texts),
            ],
            Footer = AlertMail.Footer(recipient, Reason.Of("why.digest")),
        };
    }

    private IEnumerable<MailBlock> Section(string heading, IReadOnlyList<AlertRecord> records, Recipient recipient, Texts texts) =>
        records.Count == 0 ? [] : records.Select(record => (MailBlock)entries.Entry(record, recipient)).Prepend(new MailBlock.Heading(texts[heading]));

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
