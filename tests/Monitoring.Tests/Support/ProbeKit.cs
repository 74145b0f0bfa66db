using Monitoring.Blocking;
using Monitoring.Blocking.Probing;
using Monitoring.Network;

namespace Monitoring.Tests.Support;

/// <summary>A whole probe of sites, put together for tests.</summary>
internal static class ProbeKit
{
    public static Func<Uri, Task<Probed>> Direct(IResolver names, IDialer dialer, TrustPolicy trust, TimeProvider time, ProbeOptions? options = null)
    {
        options ??= new ProbeOptions();
        var line = new DirectLine(new Lookup(names, AddressGuard.PublicAndLoopback, options, time), others: [], dialer, options, time);
        return Over(line, trust, time, options);
    }

    public static Func<Uri, Task<Probed>> Over(ILine line, TrustPolicy trust, TimeProvider time, ProbeOptions? options = null)
    {
        options ??= new ProbeOptions();
        var probe = new SiteProbe(new TlsProbe(trust, options, time), new HttpProbe(options, time), options, time);
        return url => probe.MeasureAsync(new Target("site-1", url, "vantage-1", "AS64500"), line, new ConnectionBudget(options.MaxConnections), CancellationToken.None);
    }
}
