using System.Globalization;

namespace Monitoring.Benchmarks.Polling;

/// <summary>The same cycle over the same due feeds, with ten thousand, a hundred thousand and a million stored items: its cost must not grow with them.</summary>
internal static class HistoryBenchmark
{
    private const int Feeds = 1_000;
    private const int Items = 5;
    private const int ItemBytes = 1_000;
    private const int Rounds = 5;

    /// <summary>Of the shortest history's time. Trees are a level deeper and caches colder; what grows with history grows a hundredfold.</summary>
    private const double Goal = 1.5;

    /// <returns>0 if the cost stays what it was.</returns>
    public static async Task<int> RunAsync(int concurrency)
    {
        var folder = Directory.CreateTempSubdirectory("monitoring-history-");
        try
        {
            await using var feeds = await LoopbackFeeds.StartAsync(Feeds, Items, ItemBytes);
            await PolledStore.ListAsync(folder.FullName, feeds);
            await using (var first = PollWorker.Start(folder.FullName, concurrency))
            {
                PollWorker.Good(await first.AskAsync("0"), read: Feeds, unchanged: 0);
            }

            var (edition, stored, costs) = (1, Feeds * Items, new List<PollCycle>());
            foreach (var items in new[] { 10_000, 100_000, 1_000_000 })
            {
                await StoredHistory.FillAsync(folder.FullName, Feeds, from: stored, to: items);
                stored = items;
                costs.Add(await MeasureAsync(folder.FullName, feeds, concurrency, edition));
                edition += Rounds + 1;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{items,9:N0} stored items, {DatabaseBytes(folder.FullName) / 1e6,5:0} MB: a cycle over {Feeds} due feeds {costs[^1].Seconds:0.00} s, {costs[^1].CpuSeconds:0.00} s of a core, {costs[^1].Requests / Feeds:0.00} storage requests a feed"));
            }

            var (growth, requests) = (costs[^1].Seconds / costs[0].Seconds, costs[^1].Requests / costs[0].Requests);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a hundred times the history: {growth:0.00} × the time, goal {Goal:0.0}; {requests:0.00} × the storage requests"));
            return growth <= Goal && requests <= 1.01 ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The cycle of median time, after one that does not count.</summary>
    private static async Task<PollCycle> MeasureAsync(string folder, LoopbackFeeds feeds, int concurrency, int edition)
    {
        var cycles = new List<PollCycle>();
        await using var worker = PollWorker.Start(folder, concurrency);
        for (var round = 0; round <= Rounds; round++)
        {
            await feeds.PublishAsync(edition + round);
            cycles.Add(PollWorker.Good(
                await worker.AskAsync((edition + round).ToString(CultureInfo.InvariantCulture)), Feeds / FeedServer.ChangingOneIn, Feeds - Feeds / FeedServer.ChangingOneIn));
        }

        return cycles.Skip(1).OrderBy(cycle => cycle.Seconds).ElementAt(Rounds / 2);
    }

    private static long DatabaseBytes(string folder) => new FileInfo(Path.Combine(folder, "data", "monitoring.db")).Length;
}
