using System.Net;

namespace Monitoring.Network.Dns;

/// <summary>The resolvers that probes ask beside their own, in the order of the settings.</summary>
public sealed record NamedResolvers(IReadOnlyList<IResolver> All)
{
    private const string UdpScheme = "udp";

    /// <summary>How long a UDP resolver listens for answers of others. Our own reading of OONI's Web Connectivity v0.5, which keeps late answers too.</summary>
    private static readonly TimeSpan ListenOn = TimeSpan.FromMilliseconds(500);

    /// <summary>The addresses of a setting, separated by spaces: <c>udp://9.9.9.9:53</c> or <c>https://dns.example/dns-query</c>.</summary>
    /// <param name="wrong">The first that is neither; null: all are good.</param>
    public static IReadOnlyList<Uri> Parse(string setting, out string? wrong)
    {
        var parts = setting.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        wrong = Array.Find(parts, part => !(Uri.TryCreate(part, UriKind.Absolute, out var address) && IsResolver(address)));
        return wrong is null ? [.. parts.Select(part => new Uri(part))] : [];
    }

    /// <param name="addresses">Of <see cref="Parse"/>.</param>
    /// <param name="http">Of DNS over HTTPS: see <see cref="DohTransport"/>.</param>
    public static NamedResolvers Make(IEnumerable<Uri> addresses, HttpMessageInvoker http, TimeSpan timeout, TimeProvider time) => new([.. addresses.Select<Uri, IResolver>(address =>
        address.Scheme == UdpScheme ? new UdpResolver(new IPEndPoint(IPAddress.Parse(address.Host), address.Port), timeout, time) { ListenOn = ListenOn } : new DohResolver(address, http, timeout, time))]);

    private static bool IsResolver(Uri address) => address switch
    {
        { UserInfo.Length: > 0 } or { Fragment.Length: > 0 } => false,
        { Scheme: UdpScheme } => address.Port > 0 && IPAddress.TryParse(address.Host, out _) && address.PathAndQuery is "/" or "",
        _ => address.Scheme == Uri.UriSchemeHttps && address.Host.Length > 0,
    };
}
