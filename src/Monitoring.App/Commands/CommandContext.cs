using System.CommandLine;
using Monitoring.App.Hosting;
using Monitoring.Storage;

namespace Monitoring.App.Commands;

/// <summary>What every command gets: the world it runs in, and the screen.</summary>
internal sealed record CommandContext(OutsideWorld World, Screen Screen)
{
    /// <summary>The program on its store, for commands. Warns where others on the machine could read the store.</summary>
    /// <exception cref="StorageUnavailableException">The store cannot be used, or is half filled.</exception>
    public async Task<Station> OpenStationAsync(Settings settings, CancellationToken cancellationToken)
    {
        var station = Station.Open(settings, World);
        await CheckAsync(station, cancellationToken);
        return station;
    }

    /// <summary>The same with the pages, not started.</summary>
    public async Task<(Station Station, WebApplication App)> OpenStationWithPagesAsync(Settings settings, CancellationToken cancellationToken)
    {
        var (station, app) = Station.OpenWithPages(settings, World);
        await CheckAsync(station, cancellationToken);
        return (station, app);
    }

    /// <summary>A store named on the command line or in the settings, as <see cref="StoreSpec"/> understands it.</summary>
    public async Task<OpenStore> OpenStoreAsync(string spec, bool mustExist, Settings settings, CancellationToken cancellationToken)
    {
        var store = await StoreSpec.OpenAsync(spec, mustExist, settings, World, cancellationToken);
        WarnOf(store.Engines);
        return store;
    }

    private void WarnOf(IStoreEngines store)
    {
        if (store is DataFolder && PrivateFolder.Warning(store.Place) is { } warning)
        {
            Screen.Error(warning);
        }
    }

    private async Task CheckAsync(Station station, CancellationToken cancellationToken)
    {
        try
        {
            WarnOf(station.Data);
            await station.CheckAsync(cancellationToken);
        }
        catch
        {
            await station.DisposeAsync();
            throw;
        }
    }
}

/// <summary>The options that commands share, each declared once.</summary>
internal static class CommonOptions
{
    public static Option<string?> SettingsFile { get; } = new("--settings") { Description = $"Settings file; default {Hosting.SettingsFile.DefaultName} if it exists.", Recursive = true };

    public static Option<string?> Data { get; } = new("--data") { Description = "Data folder; wins over Storage__DataFolder.", Recursive = true };

    public static Option<string[]> Set { get; } = new("--set") { Description = "A setting as NAME=VALUE, e.g. Web__Port=8080. May be repeated.", Recursive = true, AllowMultipleArgumentsPerToken = false };

    public static Option<bool> Json { get; } = new("--json") { Description = "Write JSON for other programs." };

    /// <summary>The settings as this command line changes them.</summary>
    /// <exception cref="StartException">Settings are wrong, or the machine is unfit.</exception>
    public static Settings LoadSettings(this ParseResult parsed, params IEnumerable<KeyValuePair<string, string?>> more)
    {
        MachineCheck.Run();
        var overrides = (parsed.GetValue(Set) ?? []).Select(Pair).Concat(more).ToList();
        if (parsed.GetValue(Data) is { } folder)
        {
            overrides.Add(KeyValuePair.Create("Storage__DataFolder", (string?)folder));
        }

        return Settings.Load(parsed.GetValue(SettingsFile), overrides);
    }

    private static KeyValuePair<string, string?> Pair(string set) => set.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        ? KeyValuePair.Create(set[..at], (string?)set[(at + 1)..])
        : throw new StartException(ExitCode.Usage, $"--set {set}: NAME=VALUE is expected.");
}
