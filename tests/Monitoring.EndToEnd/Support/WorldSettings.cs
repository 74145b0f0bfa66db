using Monitoring.App.Demo;

namespace Monitoring.EndToEnd.Support;

/// <summary>The demo's fast settings for a program in a process of its own: freshly started it is slow at its first handshakes.</summary>
internal static class WorldSettings
{
    public static Dictionary<string, string?> Make(string dataFolder, DemoWorld world)
    {
        var values = DemoSettings.Make(dataFolder, world.Resolver.Endpoint, port: 0).ToDictionary(pair => pair.Key, pair => pair.Value);
        (values["Probes__TcpTimeout"], values["Probes__TlsTimeout"], values["Probes__HttpTimeout"], values["Probes__CheckTimeout"]) = ("00:00:02", "00:00:02", "00:00:04", "00:00:08");
        (values["Probes__DnsTimeout"], values["Fetching__Timeout"], values["Fetching__ConnectTimeout"]) = ("00:00:02", "00:00:05", "00:00:03");
        return values;
    }
}
