namespace Monitoring.Network;

/// <summary>A vantage's connection as the settings give it: what must not stand in a watch list. Section <c>Vantages</c>, by the vantage's name.</summary>
public sealed class VantageOptions
{
    /// <summary>The proxy, <c>http</c>, <c>socks5</c> (we resolve names) or <c>socks5h</c> (it does), then <c>://user:password@host:port</c>. Wins over the watch list's.</summary>
    public Uri? Proxy { get; set; }
}

/// <param name="Address">Host and port, and user and password if it wants them.</param>
/// <param name="IsTrusted">It comes from settings: the guard does not judge its address.</param>
public sealed record ProxyAddress(Uri Address, bool IsTrusted)
{
    /// <summary>The scheme of a SOCKS5 proxy that is given addresses.</summary>
    public const string Socks = "socks5";

    /// <summary>The scheme of a SOCKS5 proxy that is given names.</summary>
    public const string SocksResolving = "socks5h";

    /// <summary>A proxy of a known kind, with host and port.</summary>
    public static bool IsProxy(Uri address) => address is { Scheme: "http" or Socks or SocksResolving, Host.Length: > 0, Port: > 0 };
}

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
