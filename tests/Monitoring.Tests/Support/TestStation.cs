using Microsoft.Extensions.DependencyInjection;
using Monitoring.App.Commands;
using Monitoring.App.Hosting;
using Monitoring.Network;
using Monitoring.Watchlist.Files;

namespace Monitoring.Tests.Support;

/// <summary>The real composition on a folder, with the clock and the loopback guard of tests.</summary>
internal static class TestStation
{
    public static Settings Settings(TempFolder folder, params (string Name, string Value)[] values)
    {
        var file = folder.File("settings.json");
        if (!File.Exists(file))
        {
            folder.Write("settings.json", """{ "Values": {} }""");
        }

        var overrides = values.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value)).Prepend(KeyValuePair.Create("Storage__DataFolder", (string?)folder.File("data")));
        return App.Hosting.Settings.Load(file, overrides);
    }

    public static Station Open(TempFolder folder, TimeProvider time, Action<IServiceCollection>? adjust = null, params (string Name, string Value)[] values) =>
        Station.Open(Settings(folder, values), World(time), adjust);

    public static OutsideWorld World(TimeProvider time) => new(AddressGuard.PublicAndLoopback, TrustPolicy.System, time);

    /// <summary>Imports a watch list given as text.</summary>
    public static async Task<ImportReport> ImportAsync(this Station station, TempFolder folder, string yaml, bool dryRun = false, bool overwrite = false)
    {
        var file = folder.Write("watchlist.yaml", yaml);
        WatchlistSource.NeedGood(file, station.Get<TimeProvider>().GetUtcNow());
        return await station.Get<WatchlistImport>().RunAsync(WatchlistSource.Read(file), dryRun, overwrite, onlyAdd: false, CancellationToken.None);
    }

    /// <summary>One round of everything, without waiting for what may not run yet.</summary>
    public static Task<long> CycleAsync(this Station station) => station.Get<Cycle>().RunAsync(TimeSpan.Zero, (_, _) => { }, CancellationToken.None);
}
