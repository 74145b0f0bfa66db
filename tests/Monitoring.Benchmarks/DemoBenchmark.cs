using System.Globalization;

namespace Monitoring.Benchmarks;

/// <summary><c>demo --once</c> after the build, process start included, against its promise of 30 s.</summary>
internal static class DemoBenchmark
{
    private const int Runs = 3;
    private const double LimitSeconds = 30;

    public static async Task<int> RunAsync()
    {
        var worst = TimeSpan.Zero;
        for (var run = 1; run <= Runs; run++)
        {
            var folder = Directory.CreateTempSubdirectory("monitoring-demo-");
            var (exitCode, took) = await ShippedProgram.DemoAsync(folder.FullName);
            folder.Delete(recursive: true);
            worst = took > worst ? took : worst;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"demo --once, run {run}: {took.TotalSeconds:0.0} s, exit code {exitCode}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"demo --once: slowest {worst.TotalSeconds:0.0} s | limit {LimitSeconds:0} s | ratio {worst.TotalSeconds / LimitSeconds:0.00}"));
        return worst.TotalSeconds <= LimitSeconds ? 0 : 1;
    }
}
