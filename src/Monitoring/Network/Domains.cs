using System.Globalization;
using System.Net;

namespace Monitoring.Network;

/// <summary>What part of a host name somebody owns.</summary>
public static class Domains
{
    /// <summary>Labels under which a country's registry sells names: <c>com.kz</c> is nobody's own domain.</summary>
    private static readonly HashSet<string> SecondLevels = new(["com", "org", "net", "gov", "edu", "mil", "co", "ac", "info", "biz", "press"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Host and port as a Host header carries them (RFC 9110 section 7.2): IDN as punycode, IPv6 in brackets, no default port.</summary>
    public static string AsciiAuthority(Uri url)
    {
        var host = url.HostNameType is UriHostNameType.IPv6 ? url.Host : url.IdnHost;
        return url.IsDefaultPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{url.Port}");
    }

    /// <summary>The last two labels, or three under a country's second level, without the root's dot; an address is its own domain.</summary>
    public static string Registrable(string host)
    {
        host = host.TrimEnd('.');
        var labels = host.Split('.');
        if (labels.Length <= 2 || IPAddress.TryParse(host, out _))
        {
            return host;
        }

        var take = labels[^1].Length == 2 && SecondLevels.Contains(labels[^2]) ? 3 : 2;
        return string.Join('.', labels[^Math.Min(take, labels.Length)..]);
    }
}
