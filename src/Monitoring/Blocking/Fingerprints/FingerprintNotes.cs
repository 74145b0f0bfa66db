using Monitoring.Blocking.Probing;
using Monitoring.Evidence;

namespace Monitoring.Blocking.Fingerprints;

/// <summary>Notes in a measurement which fingerprints it shows.</summary>
public static class FingerprintNotes
{
    public static Probed With(this Probed probed, FingerprintSet set)
    {
        if (set.Count == 0)
        {
            return probed;
        }

        // Every answered hop has its page, in the same order.
        var pages = new Queue<HttpExchange>(probed.Pages);
        return probed with
        {
            Measurement = probed.Measurement with
            {
                Hops = [.. probed.Measurement.Hops.Select(hop => Noted(hop, pages, set))],
                FurtherDns = [.. probed.Measurement.FurtherDns.Select(dns => Noted(dns, set))],
            },
        };
    }

    private static Hop Noted(Hop hop, Queue<HttpExchange> pages, FingerprintSet set) => hop with
    {
        Dns = hop.Dns is { } dns ? Noted(dns, set) : null,
        Http = hop.Http is { Failure: null, Status: not null } http && pages.TryDequeue(out var page)
            ? http with { Fingerprints = set.MatchPage(page.Body.Span, http.Headers) }
            : hop.Http,
    };

    private static DnsObservation Noted(DnsObservation dns, FingerprintSet set) => dns with { Fingerprints = set.MatchDns(dns.Addresses) };
}
