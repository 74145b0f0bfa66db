using System.Globalization;

namespace Monitoring.Benchmarks.Polling;

/// <summary>
/// The first load of 1,000 feeds with 40 items each, 114 MB: fetched, read and stored, with all that due index, queue and source rows need; without
/// understanding; by a service that has visited some hundred feeds before, so that its code is compiled. Beside it newsboat with 16 threads on the same feeds, and curl that only
/// fetches them.
/// </summary>
internal static class FirstLoadBenchmark
{
    private const int Feeds = 1_000;
    private const int Items = 40;
    private const int ItemBytes = 2_850;
    private const int Rounds = 3;
    private const int FeedsBefore = 300;

    /// <summary>After these, until the runtime has compiled what was used much.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    /// <summary>How many times faster than newsboat.</summary>
    private const double Goal = 10;

    /// <returns>0 if the goal is reached, or cannot be told.</returns>
    public static async Task<int> RunAsync(int concurrency)
    {
        await using var feeds = await LoopbackFeeds.StartAsync(Feeds, Items, ItemBytes);

        // All are deleted at the end: for minutes after files were deleted, ext4 looks longer for a place of each new one.
        var folders = new List<DirectoryInfo>();
        try
        {
            return await RunAsync(feeds, concurrency, () =>
            {
                folders.Add(Directory.CreateTempSubdirectory("monitoring-first-load-"));
                return folders[^1].FullName;
            });
        }
        finally
        {
            folders.ForEach(folder => folder.Delete(recursive: true));
        }
    }

    private static async Task<int> RunAsync(LoopbackFeeds feeds, int concurrency, Func<string> newFolder)
    {
        var (ours, curl) = (new List<double>(), new List<double>());
        for (var round = 1; round <= Rounds; round++)
        {
            var folder = newFolder();
            var (seconds, _, _) = await Curl.FetchAsync(folder, feeds, concurrency, isConditional: false);
            var cycle = await LoadAsync(folder, feeds, concurrency);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  round {round}: ours {cycle.Seconds:0.00} s, {cycle.CpuSeconds:0.00} s of a core, peak {cycle.PeakBytes / 1e6:0} MB | curl alone {seconds:0.00} s"));
            ours.Add(cycle.Seconds);
            curl.Add(seconds);
        }

        var newsboat = await Newsboat.LoadAsync(newFolder(), feeds);
        var (mine, plain) = (Median(ours), Median(curl));
        var text = string.Create(CultureInfo.InvariantCulture, $"first load of {Feeds} feeds, {Feeds * Items} items, {concurrency} at a time: ours {mine:0.00} s | curl alone {plain:0.00} s");
        if (newsboat is not { } other)
        {
            Console.WriteLine($"{text} | newsboat is not on this machine (apt-get install newsboat): no ratio");
            return 0;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{text} | newsboat, 16 threads {other.Seconds:0.0} s, {other.Items} items | {other.Seconds / mine:0.0} × its speed, goal {Goal:0}"));
        return other.Seconds >= Goal * mine ? 0 : 1;
    }

    private static async Task<PollCycle> LoadAsync(string folder, LoopbackFeeds feeds, int concurrency)
    {
        await PolledStore.ListAsync(folder, feeds, first: Feeds, FeedsBefore);
        await using var worker = PollWorker.Start(folder, concurrency);
        PollWorker.Good(await worker.AskAsync("0"), read: FeedsBefore, unchanged: 0);
        await Task.Delay(Pause);
        await PolledStore.ListAsync(folder, feeds);
        var cycle = PollWorker.Good(await worker.AskAsync("0"), read: Feeds, unchanged: 0);
        return cycle.Items == (FeedsBefore + Feeds) * Items ? cycle : throw new InvalidOperationException($"{cycle.Items} items were stored.");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
