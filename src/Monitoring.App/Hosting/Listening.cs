using System.Net;

namespace Monitoring.App.Hosting;

/// <summary>Where the process listens, and so who can reach it.</summary>
/// <param name="IsBehindHost">Only the Functions host calls, but it passes on whoever calls it from anywhere.</param>
internal sealed record Listening(IPEndPoint Endpoint, bool IsBehindHost)
{
    public bool DemandsToken => IsBehindHost || !IPAddress.IsLoopback(Endpoint.Address);

    public static Listening To(WebOptions web) => new(new IPEndPoint(web.ParsedAddress, web.Port), IsBehindHost: false);
}
