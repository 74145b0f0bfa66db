using System.Globalization;
using Monitoring.Tests.Availability;

namespace Monitoring.Benchmarks;

/// <summary>How many false alarms a day of noise gives, by the chance of a try to fail, the tries in a check, and the checks that open an episode.</summary>
internal static class NoiseBenchmark
{
    public static int Run()
    {
        Console.WriteLine("| p of a try | tries | k | failed checks | false openings | site alerts | confirmed |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var chance in new[] { 0.005, 0.01, 0.02, 0.05 })
        {
            foreach (var (tries, openAfter) in new[] { (1, 2), (1, 3), (1, 4), (3, 2), (3, 3) })
            {
                var count = NoiseSimulation.Run(chance, tries, openAfter);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"| {chance:0.0 %} | {tries} | {openAfter} | {count.Failed:#,0} | {count.Openings} | {count.SiteAlerts} | {count.Confirmed} |"));
            }
        }

        Console.WriteLine("A day of 200 sites x 4 vantages x 288 checks, two vantages out for an hour each; no site is blocked.");
        return 0;
    }
}
