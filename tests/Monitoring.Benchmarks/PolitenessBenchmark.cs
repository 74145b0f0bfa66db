using Monitoring.Tests.Politeness;

namespace Monitoring.Benchmarks;

/// <summary>What sixty servers see of three workers in a simulated day.</summary>
internal static class PolitenessBenchmark
{
    public static async Task<int> RunAsync()
    {
        Console.WriteLine(PolitenessReport.Of(await PoliteDay.LiveAsync(TimeSpan.FromDays(1))));
        return 0;
    }
}
