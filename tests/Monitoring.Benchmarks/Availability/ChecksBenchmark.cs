using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Monitoring.App;
using Monitoring.App.Hosting;
using Monitoring.Network;

namespace Monitoring.Benchmarks.Availability;

/// <summary>
/// The service with 1,000 sites from 4 vantages, each to be checked every five minutes: whether every site is, and in what memory. Three in a hundred fail in two
/// networks, with time-outs and pauses a tenth of the usual. Beside it: how many pages five minutes must bring.
/// </summary>
internal static class ChecksBenchmark
{
    private const double MostMegabytes = 250;

    private static readonly TimeSpan Round = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Sample = TimeSpan.FromSeconds(5);

    /// <param name="rounds">Of five minutes, after the first one, in which the sites are spread.</param>
    /// <returns>0 if both goals are reached.</returns>
    public static async Task<int> RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("monitoring-checks-");
        await using var world = await SitesWorld.StartAsync();
        try
        {
            await WriteAsync(folder.FullName, world);
            using (var import = Start(folder.FullName, "watchlist", "import", "list.yaml"))
            {
                await import.WaitForExitAsync();
            }

            using var service = Start(folder.FullName, "run");
            var peak = await WatchAsync(service, world, Round, "first");
            var least = long.MaxValue;
            for (var round = 1; round <= rounds; round++)
            {
                var before = world.Pages;
                peak = Math.Max(peak, await WatchAsync(service, world, Round, string.Create(CultureInfo.InvariantCulture, $"round {round}")));
                least = Math.Min(least, world.Pages - before);
            }

            var cores = service.TotalProcessorTime / (Round * (rounds + 1));
            service.Kill();
            await service.WaitForExitAsync();
            return Tell(least, cores, peak);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The program as it is, in a world on loopback.</summary>
    /// <param name="root">File of the authority's certificate, PEM.</param>
    public static Task<int> ServeAsync(string root, string[] args) =>
        MonitoringProgram.RunAsync(args, new OutsideWorld(AddressGuard.PublicAndLoopback, TrustPolicy.Only(X509CertificateLoader.LoadCertificateFromFile(root)), TimeProvider.System));

    private static Task WriteAsync(string folder, SitesWorld world)
    {
        var settings = new Dictionary<string, string>
        {
            ["Network__Resolver"] = world.Resolver.ToString(),
            ["Web__Port"] = "0",
            ["Probes__TlsTimeout"] = "00:00:01",
            ["Probes__RetryPause"] = "00:00:00.5",
        };
        File.WriteAllText(Path.Combine(folder, "root.pem"), world.RootPem);
        File.WriteAllText(Path.Combine(folder, "local.settings.json"), JsonSerializer.Serialize(new { Values = settings }));
        return File.WriteAllTextAsync(Path.Combine(folder, "list.yaml"), world.WriteList());
    }

    private static Process Start(string folder, params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach (var arg in (string[])["loopback-program", "root.pem", .. args])
        {
            start.ArgumentList.Add(arg);
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return process;
    }

    /// <returns>The most memory seen, in MB.</returns>
    private static async Task<double> WatchAsync(Process service, SitesWorld world, TimeSpan time, string name)
    {
        var (started, before, peak) = (Stopwatch.GetTimestamp(), world.Pages, 0.0);
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            await Task.Delay(Sample);
            peak = Math.Max(peak, ProcessMemory.ReadPss(service.Id));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: {world.Pages - before} pages, PSS at most {peak:0} MB"));
        return peak;
    }

    private static int Tell(long pages, double cores, double peak)
    {
        // Of the sites that are hindered two of four vantages get no page.
        const int Expected = SitesWorld.Sites * SitesWorld.Vantages - SitesWorld.Hindered * 2;
        var share = (double)pages / Expected;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{SitesWorld.Sites} sites x {SitesWorld.Vantages} vantages: {pages} pages in {Round.TotalMinutes:0} min, {cores:0.00} cores | due {Expected} | {share:0.00} of it | peak {peak:0} MB, goal {MostMegabytes:0} MB"));
        return share >= 0.97 && peak <= MostMegabytes ? 0 : 1;
    }
}
