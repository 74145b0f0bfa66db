using System.Globalization;
using Monitoring.Tests.Blocking.Simulation;
using Monitoring.Tests.Support;

namespace Monitoring.Benchmarks.Availability;

/// <summary>The simulator's scenarios as a table: what each came to, step by step, beside what it says of itself.</summary>
internal static class ScenarioTable
{
    private static readonly string Folder = Repository.Path("tests", "Monitoring.Tests", "Blocking", "Simulation", "Scenarios");

    /// <returns>0 if every scenario ended as it says.</returns>
    public static int Run()
    {
        var (equal, all) = (0, 0);
        foreach (var file in Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal))
        {
            var scenario = Scenario.Read(File.ReadAllText(file));
            foreach (var (step, verdicts, episodes) in new ScenarioRun(scenario).Play())
            {
                var isEqual = step.Expect.All(expected => verdicts[expected.Key] == expected.Value) && episodes.SequenceEqual(step.Episodes ?? []);
                var told = string.Join("; ", step.Expect.Keys.Select(vantage => $"{vantage} {verdicts[vantage]}").Concat(episodes));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(isEqual ? ' ' : '!')} {Path.GetFileNameWithoutExtension(file),-40} | {told}"));
                (equal, all) = (equal + (isEqual ? 1 : 0), all + 1);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{equal} of {all} steps as expected"));
        return equal == all ? 0 : 1;
    }
}
