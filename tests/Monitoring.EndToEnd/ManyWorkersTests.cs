using System.Globalization;
using System.Text.Json;
using Monitoring.App.Demo;
using Monitoring.App.Hosting;
using Monitoring.EndToEnd.Support;
using Monitoring.Network;
using Xunit.Abstractions;

namespace Monitoring.EndToEnd;

/// <summary>
/// Three workers of one storage account, of whom one is killed with SIGKILL every few seconds and started again, do all visits that are due: every item is
/// stored once, every alert is told once, no message is lost and none is given up. The full size is 2,000 visits:
/// <c>MONITORING_VISITS=2000 dotnet test tests/Monitoring.EndToEnd --filter ManyWorkers --logger "console;verbosity=detailed"</c>.
/// </summary>
public sealed class ManyWorkersTests(ITestOutputHelper output)
{
    private const int Workers = 3;

    private static readonly int Feeds = int.Parse(Environment.GetEnvironmentVariable("MONITORING_VISITS") ?? "300", CultureInfo.InvariantCulture);

    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Three_workers_of_whom_one_is_killed_again_and_again_lose_nothing_and_double_nothing()
    {
        using var folder = new TempFolder();
        using var authority = new DemoAuthority(DateTimeOffset.UtcNow);
        await using var press = await BusyPress.StartAsync();
        var settings = folder.Write("settings.json", JsonSerializer.Serialize(new { Values = Values(folder, press, (await AzuriteProcess.TakeAsync()).ConnectionString) }));
        ProgramProcess Start(params string[] args) => ProgramProcess.StartInWorld(folder.Path, authority.Root.ExportCertificatePem(), [.. args, "--settings", settings]);
        using (var import = Start("watchlist", "import", folder.Write("list.yaml", press.WriteList(Feeds))))
        {
            var imported = await import.FinishAsync();
            Assert.True(imported.ExitCode == 0, imported.Errors);
        }

        await using var station = Station.Open(Settings.Load(settings, []), new OutsideWorld(AddressGuard.PublicAndLoopback, TrustPolicy.System, TimeProvider.System));
        var workers = Enumerable.Range(0, Workers).Select(_ => Start("run")).ToArray();
        var (started, killed, kills) = (DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, 0);
        var tally = await PressTally.TakeAsync(station, Feeds);
        try
        {
            await Eventually.Async(
                async () =>
                {
                    // A worker that is not yet at work is left to come so far: on a busy machine nothing would be done otherwise.
                    if (DateTimeOffset.UtcNow - killed > BetweenKills && workers[kills % Workers].Output.Contains("Stop with", StringComparison.Ordinal))
                    {
                        (workers[kills % Workers], killed) = (await ReplaceAsync(workers[kills % Workers], () => Start("run")), DateTimeOffset.UtcNow);
                        kills++;
                        tally = await PressTally.TakeAsync(station, Feeds);
                    }

                    return tally.IsDone;
                },
                TimeSpan.FromSeconds(180 + Feeds),
                () => $"all visits after {kills} kills: {tally}\n{string.Join('\n', workers.Select(worker => worker.Errors))}");
        }
        finally
        {
            Array.ForEach(workers, worker => worker.Dispose());
        }

        output.WriteLine($"{Feeds} visits due, {press.Visits.Values.Sum()} made by {Workers} workers in {(DateTimeOffset.UtcNow - started).TotalSeconds:F0} s, {kills} kills: {tally}");
        await PressTally.AssertOnceAsync(station, folder, Feeds);
    }

    private static async Task<ProgramProcess> ReplaceAsync(ProgramProcess worker, Func<ProgramProcess> start)
    {
        Assert.False(worker.HasExited, worker.Output + worker.Errors);
        worker.Signal("KILL");
        await worker.FinishAsync();
        worker.Dispose();
        return start();
    }

    private static Dictionary<string, string> Values(TempFolder folder, BusyPress press, string connectionString) => new()
    {
        ["Storage__Engine"] = "Azure",
        ["Storage__ConnectionString"] = connectionString,
        ["Storage__DataFolder"] = folder.File("data"),
        ["Network__Resolver"] = press.Resolver.Endpoint.ToString(),
        ["Web__Port"] = "0",

        // What takes minutes in the world, takes seconds here.
        ["Work__Lease"] = "00:00:06",
        ["Work__ClaimFor"] = "00:00:40",
        ["Work__ScheduleLease"] = "00:00:15",
        ["Work__PollInterval"] = "00:00:00.5",
        ["Alerts__SendingAtMost"] = "00:00:10",
        ["Knocks__PollFeeds"] = "* * * * * *",
        ["Knocks__SendAlerts"] = "*/5 * * * * *",
        ["Knocks__Housekeeping"] = "*/10 * * * * *",
    };
}
