using Monitoring.Evidence;
using Monitoring.Network;

namespace Monitoring.Fetching;

/// <summary>
/// A permanent redirect (301, 308) of a source. A captive portal or a mistake of a day says the same, so only days of agreement make it count; and what
/// moves to another owner's domain is for an editor to judge.
/// </summary>
/// <param name="From">The address on the list.</param>
/// <param name="To">Where it leads.</param>
/// <param name="Since">When it was first seen; all visits since then agreed.</param>
public sealed record Relocation(Uri From, Uri To, DateTimeOffset Since)
{
    /// <summary>Feedbin waits six days, for every reader of a feed; we ask for three.</summary>
    public static readonly TimeSpan AgreedAfter = TimeSpan.FromDays(3);

    public bool StaysInDomain => string.Equals(Domains.Registrable(From.IdnHost), Domains.Registrable(To.IdnHost), StringComparison.OrdinalIgnoreCase);

    /// <summary>The source is read there now.</summary>
    public bool Holds(Uri listed, DateTimeOffset now) =>
        From == listed && now - Since >= AgreedAfter && StaysInDomain && !(From.Scheme == Uri.UriSchemeHttps && To.Scheme == Uri.UriSchemeHttp);

    /// <summary>What is known after a visit that could be read.</summary>
    /// <param name="before">What was known before it.</param>
    public static Relocation? After(Relocation? before, Uri listed, HttpExchange exchange)
    {
        before = before?.From == listed ? before : null;
        if (before is not null && exchange.RequestUrl == before.To)
        {
            return before;
        }

        var isPermanent = exchange.Redirects.Count > 0 && exchange.Redirects.All(hop => hop.Status is 301 or 308);
        return !isPermanent || exchange.RequestUrl != listed ? null
            : before?.To == exchange.FinalUrl ? before
            : new Relocation(listed, exchange.FinalUrl, exchange.At);
    }
}
