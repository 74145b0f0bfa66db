namespace Monitoring.Network;

/// <summary>A vantage's connection as the settings give it: what must not stand in a watch list. Section <c>Vantages</c>, by the vantage's name.</summary>
public sealed class VantageOptions
{
    /// <summary>The proxy, <c>http://user:password@host:port</c>. Wins over the watch list's.</summary>
    public Uri? Proxy { get; set; }
}

/// <param name="Address">Host and port, and user and password if it wants them.</param>
/// <param name="IsTrusted">It comes from settings: the guard does not judge its address.</param>
public sealed record ProxyAddress(Uri Address, bool IsTrusted);

/// <summary>The proxies of vantages.</summary>
public sealed class VantageProxies(IReadOnlyDictionary<string, VantageOptions> settings)
{
    /// <param name="name">Of the vantage.</param>
    /// <param name="listed">What the watch list says.</param>
    /// <returns>Null: neither the settings nor the list name one.</returns>
    public ProxyAddress? Of(string name, Uri? listed)
    {
        var trusted = settings.TryGetValue(name, out var setting) ? setting.Proxy : null;
        return (trusted ?? listed) is { } proxy ? new ProxyAddress(proxy, IsTrusted: trusted is not null) : null;
    }
}
