using System.Diagnostics;
using System.Globalization;

namespace Monitoring.Benchmarks;

/// <summary>Ours against a raw way to the same end: turn by turn, after one round that does not count, and the median of each.</summary>
internal static class Race
{
    private const int Rounds = 7;

    /// <summary>Below this share of the raw speed the benchmark fails.</summary>
    private const double Goal = 0.8;

    /// <param name="count">How many of a thing one run works on.</param>
    /// <param name="ours">Prepares a run, which is not measured, and gives what is.</param>
    /// <param name="raw">Likewise.</param>
    /// <returns>Whether the goal is reached.</returns>
    public static async Task<bool> RunAsync(string name, int count, Func<Task<Func<Task>>> ours, Func<Task<Func<Task>>> raw)
    {
        var (oursRuns, rawRuns) = (new List<Run>(), new List<Run>());
        for (var round = 0; round <= Rounds; round++)
        {
            // Who goes first changes.
            (List<Run> Runs, Func<Task<Func<Task>>> Prepare)[] sides = round % 2 == 0 ? [(oursRuns, ours), (rawRuns, raw)] : [(rawRuns, raw), (oursRuns, ours)];
            foreach (var (runs, prepare) in sides)
            {
                runs.Add(await MeasureAsync(await prepare()));
            }
        }

        var (mine, theirs) = (Median(oursRuns), Median(rawRuns));
        var ratio = theirs.Milliseconds / mine.Milliseconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-34} | ours {mine.Milliseconds,8:0.0} ms {mine.Bytes / count,6:0} B each | raw {theirs.Milliseconds,8:0.0} ms {theirs.Bytes / count,6:0} B each | speed {ratio:0.00} of raw, goal {Goal:0.00}"));
        return ratio >= Goal;
    }

    private static async Task<Run> MeasureAsync(Func<Task> run)
    {
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        await run();
        var took = Stopwatch.GetElapsedTime(started);
        return new Run(took.TotalMilliseconds, GC.GetTotalAllocatedBytes(precise: true) - before);
    }

    private static Run Median(List<Run> runs)
    {
        var counted = runs.Skip(1).ToList();
        return new Run(counted.Select(run => run.Milliseconds).Order().ElementAt(Rounds / 2), counted.Select(run => run.Bytes).Order().ElementAt(Rounds / 2));
    }

    private readonly record struct Run(double Milliseconds, double Bytes);
}
