using Monitoring.Watchlist;

namespace Monitoring.Alerts;

/// <summary>When one recipient is told a record: the sum of all rules that choose it.</summary>
/// <param name="AtOnce">Mail now.</param>
/// <param name="WhenReviewed">Mail at once when an editor has confirmed it.</param>
/// <param name="Why">Tells the recipient which of the rules it was; of several the one that tells soonest.</param>
public sealed record Routing(Recipient Recipient, bool AtOnce, bool WhenReviewed, bool Hourly, bool Daily, bool Weekly, Reason Why);

/// <summary>Who is told what, and when. Pure.</summary>
public sealed class RuleIndex
{
    private readonly IReadOnlyList<Recipient> _recipients;

    private RuleIndex(IReadOnlyList<Recipient> recipients) => _recipients = recipients;

    public static RuleIndex Of(IReadOnlyList<Recipient> recipients) => new(recipients);

    /// <summary>Everybody who is told of a record, each once, in the order of the list.</summary>
    public IEnumerable<Routing> Match(AlertRecord record) => _recipients.Select(recipient => Route(record, recipient)).OfType<Routing>();

    private static Routing? Route(AlertRecord record, Recipient recipient)
    {
        if (recipient.Countries.Count > 0 && (record.Country is null || !recipient.Countries.Contains(record.Country, StringComparer.Ordinal)))
        {
            return null;
        }

        if (!record.ConcernsAll && recipient.Only.Count > 0 && !recipient.Only.Any(chosen => record.Subjects.Contains(chosen, StringComparer.Ordinal)))
        {
            return null;
        }

        var atOnce = record.MayBeImmediate && (record.Kind is AlertKind.Item ? recipient.AtOnce is { } least && record.Severity >= least : recipient.Sites);
        var why = Reason.Of(atOnce ? record.Kind is AlertKind.Item ? "why.severity" : "why.sites" : "why.digest");
        return new Routing(recipient, atOnce, WhenReviewed: false, Hourly: false, Daily: recipient.Digest is not null, Weekly: false, why);
    }
}
