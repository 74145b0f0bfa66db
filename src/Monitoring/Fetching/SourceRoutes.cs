using Monitoring.Network;
using Monitoring.Watchlist;

namespace Monitoring.Fetching;

/// <summary>How a source is reached: through the vantage that its entry names, with the certificate that it pins.</summary>
public sealed class SourceRoutes(VantageProxies proxies)
{
    /// <summary>Null: the entry names a vantage that is not on the list any more, or that has no proxy.</summary>
    public FetchRoute? Of(Source source, WatchlistSnapshot list)
    {
        if (source.Via is not { } via || list.FindVantage(via) is { Via: VantageKind.Direct })
        {
            return source.Intermediate is null ? FetchRoute.Usual : new FetchRoute(Proxy: null, source.Intermediate);
        }

        return list.FindVantage(via) is { } vantage && proxies.Of(vantage.Name, vantage.Proxy) is { } proxy ? new FetchRoute(proxy, source.Intermediate) : null;
    }
}
