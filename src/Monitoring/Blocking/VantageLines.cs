using System.Net;
using Monitoring.Blocking.Probing;
using Monitoring.Network;
using Monitoring.Network.Dns;
using Monitoring.Watchlist;

namespace Monitoring.Blocking;

/// <summary>The outside world as probes see it.</summary>
/// <param name="Resolver">The resolver of the machine we run on.</param>
public sealed record ProbeNetwork(IResolver Resolver, IDialer Dialer, AddressGuard Guard, TrustPolicy Trust)
{
    /// <summary>Asked where the direct vantage's own resolver fails.</summary>
    public IReadOnlyList<IResolver> OtherResolvers { get; init; } = [];
}

/// <summary>Measures from vantages.</summary>
public interface IVantageLines
{
    /// <summary>One check of a site from one vantage. A vantage without a usable line answers with its fault.</summary>
    /// <param name="against">What a failing site is contrasted with; null for no contrasts.</param>
    Task<Probed> MeasureAsync(string siteId, Uri url, Vantage vantage, Against? against, CancellationToken cancellationToken);
}

/// <summary>Makes the line of each vantage, and measures over it.</summary>
public sealed class VantageLines(ProbeNetwork network, VantageProxies proxies, ProbeOptions options, TimeProvider time) : IVantageLines
{
    private readonly CheckPlan _plan = new(new TlsProbe(network.Trust, options, time), new HttpProbe(options, time), options, time);

    public Task<Probed> MeasureAsync(string siteId, Uri url, Vantage vantage, Against? against, CancellationToken cancellationToken)
    {
        var (line, kind) = LineOf(vantage);
        var target = new Target(siteId, url, vantage.Id, vantage.Network, vantage.Country, kind);
        return line is null ? Task.FromResult(WithoutLine(target)) : _plan.MeasureAsync(target, line, against, cancellationToken);
    }

    private (ILine? Line, LineKind Kind) LineOf(Vantage vantage)
    {
        var ownResolver = vantage.Resolver is { } server ? LookupBy(new UdpResolver(IPEndPoint.Parse(server), options.DnsTimeout, time)) : null;
        if (vantage.Via is VantageKind.Direct)
        {
            return (new DirectLine(ownResolver ?? LookupBy(network.Resolver), [.. network.OtherResolvers.Select(LookupBy)], network.Dialer, options, time), LineKind.Direct);
        }

        if (proxies.Of(vantage.Name, vantage.Proxy) is not { } proxy)
        {
            return (null, LineKind.HttpProxy);
        }

        var dialer = new ProxyDialer(proxy, network.Resolver, network.Dialer);
        return proxy.Address.Scheme switch
        {
            ProxyAddress.Socks => (new ProxyLine(new SocksTunnel(dialer), ownResolver ?? LookupBy(network.Resolver), options, time), LineKind.SocksLocalDns),
            ProxyAddress.SocksResolving => (new ProxyLine(new SocksTunnel(dialer), ownResolver, options, time), LineKind.SocksRemoteDns),
            _ => (new ProxyLine(new HttpTunnel(dialer), ownResolver, options, time), LineKind.HttpProxy),
        };
    }

    private Lookup LookupBy(IResolver resolver) => new(resolver, network.Guard, options, time);

    private Probed WithoutLine(Target target)
    {
        var nothing = new Measurement
        {
            SiteId = target.SiteId,
            VantageId = target.VantageId,
            Network = target.Network,
            Started = time.GetUtcNow(),
            Milliseconds = 0,
            Hops = [new Hop(target.Url, Dns: null, Tcp: [], Tls: null, Http: null)],
            VantageFailure = "no proxy is set for this vantage",
        };
        return new Probed(nothing, Pages: []);
    }
}
