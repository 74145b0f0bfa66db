using System.Text.Json;
using Monitoring.App.Demo;
using Monitoring.App.Hosting;

namespace Monitoring.EndToEnd.Support;

/// <summary>The program on a folder, with settings and a watch list for a world on loopback.</summary>
internal sealed class ServiceInWorld(TempFolder folder, DemoWorld world)
{
    private readonly string _rootPem = world.Root.ExportCertificatePem();

    private readonly string _settings = WriteSettings(folder, world);

    public string Watchlist => folder.File("list.yaml");

    /// <summary>Looks into the folder beside the program.</summary>
    public Station Open() => Station.Open(Settings.Load(_settings, []), world.Outside);

    public ProgramProcess Start(params string[] args) => ProgramProcess.StartInWorld(folder.Path, _rootPem, [.. args, "--settings", _settings]);

    public async Task<Finished> RunAsync(params string[] args)
    {
        using var process = Start(args);
        return await process.FinishAsync();
    }

    public async Task ImportAsync()
    {
        folder.Write("list.yaml", DemoList.Write(world, DemoSettings.Every, DateTimeOffset.UtcNow + DemoSettings.Every * 10));
        var import = await RunAsync("watchlist", "import", Watchlist);
        Assert.True(import.ExitCode == 0, import.Errors);
    }

    private static string WriteSettings(TempFolder folder, DemoWorld world)
    {
        var values = WorldSettings.Make(folder.File("data"), world);

        // A dead process is waited for this long.
        (values["Work__Lease"], values["Work__ClaimFor"], values["Alerts__SendingAtMost"]) = ("00:00:03", "00:00:04", "00:00:03");
        return folder.Write("settings.json", JsonSerializer.Serialize(new { Values = values }));
    }
}
