using System.Globalization;
using Monitoring.Items;
using Monitoring.Storage;

namespace Monitoring.Benchmarks.Polling;

/// <summary>Fills a store with items that were met and understood long ago, the same number for each feed, straight into the tables.</summary>
internal static class StoredHistory
{
    private const int BatchItems = 100;
    private const int Batches = 8;

    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string Text = string.Concat(Enumerable.Repeat("Суд в Алматы продлил арест журналисту, адвокат обжаловал решение. ", 8));

    /// <param name="from">How many items there are already.</param>
    /// <param name="to">How many there shall be.</param>
    public static async Task FillAsync(string folder, int feeds, int from, int to)
    {
        await using var station = PolledStore.Open(folder, concurrency: 1, TimeProvider.System);
        var tables = station.Data.Tables;
        var (items, texts) = (tables.Open("Items"), tables.Open("ItemTexts"));
        var done = 0;
        // Feed by feed: neighbours in the tables, as most of what a feed ever brought was stored.
        var batches = Enumerable.Range(0, feeds).SelectMany(feed =>
            Enumerable.Range(from / feeds, (to - from) / feeds).Select(round => round * feeds + feed).Chunk(BatchItems).Select(numbers => (feed, numbers)));
        await Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = Batches }, async (batch, token) =>
        {
            var rows = batch.numbers.Select(number => Make(batch.feed, number)).ToList();
            await texts.BatchAsync([.. rows.Select(item => TableOperation.Add(new Entity(item.Key.Row).Set("Text0", Text)))], token);
            await items.BatchAsync([.. rows.Select(item => TableOperation.Add(item.ToRow()))], token);
            var now = Interlocked.Add(ref done, rows.Count);
            if (now / 100_000 != (now - rows.Count) / 100_000)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {now:N0} items written"));
            }
        });
    }

    private static Item Make(int feed, int number)
    {
        var link = string.Create(CultureInfo.InvariantCulture, $"http://feed-{feed}.test/archive/{number}");
        var met = Start.AddSeconds(number * 30L);
        return new Item
        {
            Key = new ItemKey(PolledStore.IdOf(feed), Keys.Hash("link", link)),
            Title = Text[..65],
            Summary = Text[..300],
            Link = new Uri(link),
            Language = "ru",
            Country = "KZ",
            Published = met,
            FirstSeen = met,
            ContentSeen = met,
            ContentHash = Keys.Hash(link),
            UnderstoodBy = "1 1",
        };
    }
}
