using System.Globalization;
using System.Text.RegularExpressions;

namespace Monitoring.Benchmarks;

/// <summary>
/// Memory of the standalone service on the demo's data, as its share of the machine (PSS of Linux), a minute after its pages were looked at. The demo's
/// world is gone by then: every visit and check fails at once, for want of a resolver.
/// </summary>
internal static partial class IdleBenchmark
{
    private const double LimitMegabytes = 150;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("monitoring-idle-");
        await ShippedProgram.DemoAsync(folder.FullName);
        using var service = ShippedProgram.Start(
            folder.FullName, "run", "--set", "Storage__DataFolder=data-demo", "--set", "Web__Port=0", "--set", "Network__Resolver=127.0.0.1:9");
        try
        {
            var home = Home().Match(await service.StandardOutput.ReadLineAsync() ?? "").Value;
            using var http = new HttpClient { BaseAddress = new Uri(home) };
            foreach (var page in new[] { "/", "/review", "/availability", "/sources", "/mails", "/operations" })
            {
                await http.GetStringAsync(page);
            }

            await Task.Delay(Rest);
            var megabytes = ProcessMemory.ReadPss(service.Id);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"idle run: PSS {megabytes:0} MB after {Rest.TotalSeconds:0} s | limit {LimitMegabytes:0} MB | ratio {megabytes / LimitMegabytes:0.00}"));
            return megabytes <= LimitMegabytes ? 0 : 1;
        }
        finally
        {
            service.Kill();
            await service.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+")]
    private static partial Regex Home();
}
