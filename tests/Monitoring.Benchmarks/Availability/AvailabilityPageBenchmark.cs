using System.Diagnostics;
using System.Globalization;
using Monitoring.App.Commands;
using Monitoring.App.Hosting;
using Monitoring.Network;

namespace Monitoring.Benchmarks.Availability;

/// <summary>How long the pages about availability take with 1,000 sites from 4 vantages and a year behind them, over loopback, from request to last byte.</summary>
internal static class AvailabilityPageBenchmark
{
    private const double LimitMilliseconds = 200;
    private const int Warmup = 5;

    private sealed record Measured(string Name, int Requests, double? Limit, Func<int, string> Path);

    private static readonly IReadOnlyList<Measured> Pages =
    [
        new("Availability page", 60, LimitMilliseconds, i => $"/availability?after={i % 10 * 100}"),
        new("site page, 24 h", 60, LimitMilliseconds, i => $"/availability/{SiteOf(i)}?span=24h"),
        new("site page, 7 days", 60, LimitMilliseconds, i => $"/availability/{SiteOf(i)}?span=7d"),
        new("site page, 30 days", 60, LimitMilliseconds, i => $"/availability/{SiteOf(i)}?span=30d"),
        new("site page, 1 year", 60, LimitMilliseconds, i => $"/availability/{SiteOf(i)}?span=1y"),
        new("report of 30 days, 100 sites", 20, Limit: null, i => $"/availability/report?after={i % 10 * 100}"),
        new("report of 30 days, CSV, all sites", 3, Limit: null, _ => "/availability/report.csv"),
        new("feed of a site", 60, Limit: null, i => $"/availability/{SiteOf(i)}/feed.atom"),
    ];

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("monitoring-availability-");
        try
        {
            var settings = Path.Combine(folder.FullName, "settings.json");
            await File.WriteAllTextAsync(settings, "{ \"Values\": {} }\n");
            var (station, app) = Station.OpenWithPages(
                Settings.Load(settings, [KeyValuePair.Create("Storage__DataFolder", (string?)Path.Combine(folder.FullName, "data")), KeyValuePair.Create("Web__Port", (string?)"0")]),
                new OutsideWorld(AddressGuard.PublicAndLoopback, TrustPolicy.System, TimeProvider.System));
            await using var _ = station;
            var started = Stopwatch.GetTimestamp();
            await SeededSites.FillAsync(station, TimeProvider.System.GetUtcNow());
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{SeededSites.Sites:N0} sites × 4 vantages, a year, {SeededSites.Sites * SeededSites.EpisodesOfSite:N0} episodes: {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s, {SizeOf(folder) / 1e6:N0} MB"));
            await app.StartAsync();
            using var http = new HttpClient { BaseAddress = new UriBuilder(RunCommand.AddressOf(app)) { Host = "127.0.0.1" }.Uri };
            var isReached = true;
            foreach (var page in Pages)
            {
                isReached &= await MeasureAsync(http, page);
            }

            return isReached ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> MeasureAsync(HttpClient http, Measured page)
    {
        var (times, bytes) = (new List<double>(), 0L);
        for (var i = -Math.Min(Warmup, page.Requests); i < page.Requests; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var body = await http.GetByteArrayAsync(page.Path(i + Warmup));
            if (i >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                bytes = Math.Max(bytes, body.Length);
            }
        }

        times.Sort();
        var (p50, p95) = (times[times.Count / 2], times[(int)Math.Ceiling(0.95 * times.Count) - 1]);
        var limit = page.Limit is { } most ? string.Create(CultureInfo.InvariantCulture, $" | limit {most:0} ms | ratio {p95 / most:0.00}") : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{page.Name,-34} | p50 {p50,7:0.0} ms | p95 {p95,7:0.0} ms | {bytes / 1e3,6:0} kB{limit}"));
        return p95 <= (page.Limit ?? double.MaxValue);
    }

    private static string SiteOf(int request) => SeededSites.IdOf(request * 37 % SeededSites.Sites);

    private static long SizeOf(DirectoryInfo folder) => folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
