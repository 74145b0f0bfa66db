using Monitoring.Watchlist;

namespace Monitoring.Alerts;

/// <param name="AtOnce">Mail now.</param>
/// <param name="InDigest">Say it in the next digest.</param>
/// <param name="Why">Names the texts that tell the recipient why this mail came; empty if no mail is due now.</param>
public sealed record Routing(bool AtOnce, bool InDigest, string Why);

/// <summary>
/// Who is told what, and when. Pure. In this order:
/// 1. another country than the recipient's countries: nothing; 2. none of the recipient's chosen subjects, and not of concern to all: nothing; 3. a site's
/// or a vantage's change, or a certificate: at once if the recipient wants sites and it may be told at once; 4. an item: at once if it is severe enough and may be told at once; 5. everything that passed 1 and 2 stands in the digest.
/// </summary>
public static class AlertRules
{
    public static Routing Route(AlertRecord record, Recipient recipient)
    {
        var nothing = new Routing(AtOnce: false, InDigest: false, Why: "");
        if (recipient.Countries.Count > 0 && (record.Country is null || !recipient.Countries.Contains(record.Country, StringComparer.Ordinal)))
        {
            return nothing;
        }

        if (!record.ConcernsAll && recipient.Only.Count > 0 && !recipient.Only.Any(chosen => record.Subjects.Contains(chosen, StringComparer.Ordinal)))
        {
            return nothing;
        }

        var inDigest = recipient.Digest is not null;
        return record.Kind switch
        {
            AlertKind.Item when record.MayBeImmediate && recipient.AtOnce is { } least && record.Severity >= least => new Routing(AtOnce: true, inDigest, "why.severity"),
            not AlertKind.Item when record.MayBeImmediate && recipient.Sites => new Routing(AtOnce: true, inDigest, "why.sites"),
            _ => new Routing(AtOnce: false, inDigest, Why: ""),
        };
    }
}
