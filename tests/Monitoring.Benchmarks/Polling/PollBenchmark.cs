using System.Globalization;

namespace Monitoring.Benchmarks.Polling;

/// <summary>
/// A polling cycle over 10,000 feeds of which nine tenths answer 304 and the others have a new item: find what is due, claim it, enqueue it, visit it
/// through its host's gate, store what is new, and say when to come again. Beside it curl fetches the same addresses, as many at a time, turn by turn.
/// </summary>
internal static class PollBenchmark
{
    private const int Feeds = 10_000;
    private const int Items = 20;
    private const int ItemBytes = 1_000;
    private const int Rounds = 5;

    private const double Goal = 3;
    private const double MostMegabytes = 250;

    /// <returns>0 if both goals are reached.</returns>
    public static async Task<int> RunAsync(int concurrency)
    {
        var folder = Directory.CreateTempSubdirectory("monitoring-poll-");
        try
        {
            await using var feeds = await LoopbackFeeds.StartAsync(Feeds, Items, ItemBytes);
            await PolledStore.ListAsync(folder.FullName, feeds);
            var first = await RunFirstAsync(folder.FullName, concurrency);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first visits of {Feeds} feeds, {first.Items} items: {first.Seconds:0.0} s, peak {first.PeakBytes / 1e6:0} MB"));
            return await RunRoundsAsync(folder.FullName, feeds, concurrency);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The first visits make the store that the cycles find; they are not measured here, nor is their memory.</summary>
    private static async Task<PollCycle> RunFirstAsync(string folder, int concurrency)
    {
        await using var worker = PollWorker.Start(folder, concurrency);
        return PollWorker.Good(await worker.AskAsync("0"), read: Feeds, unchanged: 0);
    }

    private static async Task<int> RunRoundsAsync(string folder, LoopbackFeeds feeds, int concurrency)
    {
        var (ours, curl, peak) = (new List<double>(), new List<double>(), 0L);
        await using var worker = PollWorker.Start(folder, concurrency);
        for (var round = 0; round <= Rounds; round++)
        {
            var edition = round + 1;
            await feeds.PublishAsync(edition);
            var (seconds, read, unchanged) = await Curl.FetchAsync(folder, feeds, concurrency, isConditional: true);
            var cycle = PollWorker.Good(await worker.AskAsync(edition.ToString(CultureInfo.InvariantCulture)), Feeds / FeedServer.ChangingOneIn, Feeds - Feeds / FeedServer.ChangingOneIn);
            if ((read, unchanged) != (cycle.Read, cycle.Unchanged))
            {
                throw new InvalidOperationException($"curl was answered {read} × 200 and {unchanged} × 304.");
            }

            peak = cycle.PeakBytes;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  round {round}: ours {cycle.Seconds:0.00} s, {cycle.CpuSeconds:0.00} s of a core, {cycle.Requests / Feeds:0.0} storage requests a feed | curl {seconds:0.00} s{(round == 0 ? " (does not count)" : "")}"));
            if (round > 0)
            {
                ours.Add(cycle.Seconds);
                curl.Add(seconds);
            }
        }

        var (mine, theirs) = (Median(ours), Median(curl));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"a cycle over {Feeds} feeds, 90 % 304, {concurrency} at a time: ours {mine:0.00} s | curl --parallel {theirs:0.00} s | {mine / theirs:0.00} × its time, goal {Goal:0} | peak {peak / 1e6:0} MB, goal {MostMegabytes:0} MB"));
        return mine <= Goal * theirs && peak <= MostMegabytes * 1e6 ? 0 : 1;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
