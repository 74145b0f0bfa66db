using System.Net;

namespace Monitoring.Network;

/// <summary>What part of a host name somebody owns.</summary>
public static class Domains
{
    /// <summary>Labels under which a country's registry sells names: <c>com.kz</c> is nobody's own domain.</summary>
    private static readonly HashSet<string> SecondLevels = new(["com", "org", "net", "gov", "edu", "mil", "co", "ac", "info", "biz", "press"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The last two labels, or three under a country's second level; an address is its own domain.</summary>
    public static string Registrable(string host)
    {
        var labels = host.TrimEnd('.').Split('.');
        if (labels.Length <= 2 || IPAddress.TryParse(host, out _))
        {
            return host;
        }

        var take = labels[^1].Length == 2 && SecondLevels.Contains(labels[^2]) ? 3 : 2;
        return string.Join('.', labels[^Math.Min(take, labels.Length)..]);
    }
}
