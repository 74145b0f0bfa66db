using System.Net;
using Monitoring.Blocking.Probing;
using Monitoring.Network;
using Monitoring.Watchlist;

namespace Monitoring.Blocking;

/// <summary>A vantage's connection as the settings give it: what must not stand in a watch list. Section <c>Vantages</c>, by the vantage's name.</summary>
public sealed class VantageOptions
{
    /// <summary>The proxy, <c>http://user:password@host:port</c>. Wins over the watch list's.</summary>
    public Uri? Proxy { get; set; }
}

/// <summary>The outside world as probes see it.</summary>
/// <param name="Resolver">The resolver of the machine we run on.</param>
public sealed record ProbeNetwork(IResolver Resolver, IDialer Dialer, AddressGuard Guard, TrustPolicy Trust);

/// <summary>Makes the line of each vantage, and measures over it.</summary>
public sealed class VantageLines(ProbeNetwork network, IReadOnlyDictionary<string, VantageOptions> settings, ProbeOptions options, TimeProvider time)
{
    private readonly SiteProbe _probe = new(new TlsProbe(network.Trust, options, time), new HttpProbe(options, time), options, time);

    /// <summary>One check of a site from one vantage. A vantage without a usable line answers with its fault.</summary>
    public Task<Probed> MeasureAsync(string siteId, Uri url, Vantage vantage, CancellationToken cancellationToken)
    {
        var target = new Target(siteId, url, vantage.Id, vantage.Network);
        return LineOf(vantage) is { } line ? _probe.MeasureAsync(target, line, cancellationToken) : Task.FromResult(WithoutLine(target));
    }

    private ILine? LineOf(Vantage vantage)
    {
        var ownResolver = vantage.Resolver is { } server ? LookupBy(new UdpResolver(IPEndPoint.Parse(server), options.DnsTimeout, time)) : null;
        if (vantage.Via is VantageKind.Direct)
        {
            return new DirectLine(ownResolver ?? LookupBy(network.Resolver), network.Dialer, options, time);
        }

        var trusted = settings.TryGetValue(vantage.Name, out var setting) ? setting.Proxy : null;
        return (trusted ?? vantage.Proxy) is { } proxy
            ? new ProxyLine(new ProxyAddress(proxy, IsTrusted: trusted is not null), ownResolver, network.Resolver, network.Dialer, options, time)
            : null;
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
