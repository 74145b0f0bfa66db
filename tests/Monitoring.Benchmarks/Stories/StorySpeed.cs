using System.Diagnostics;
using System.Globalization;
using Monitoring.Items;
using Monitoring.Items.Stories;
using Monitoring.Storage;
using Monitoring.Storage.Sqlite;
using Monitoring.Tests.Support;

namespace Monitoring.Benchmarks.Stories;

/// <summary>One new item against 100,000 in the window: sketch, bands, candidates and exact check in memory; beside it the exact share of common pairs with all of them. Then the index's rows in SQLite.</summary>
internal static class StorySpeed
{
    private const int InWindow = 100_000;
    private const int New = 200;
    private const int Goal = 2;
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    public static int Run(IReadOnlyList<MadeArticle> news, string[] vocabulary)
    {
        var edits = new TextEdits(seed: 11, vocabulary);
        var texts = Texts(news, edits).Take(InWindow).ToList();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var index = new CandidateIndex();
        var filed = new (StoryMember Member, TextSketch Sketch)[InWindow];
        var entries = new List<IndexEntry>(InWindow);
        for (var i = 0; i < InWindow; i++)
        {
            filed[i] = Sketch(i + 1, texts[i]);
            entries.Add(IndexEntry.Of(i + 1, filed[i].Member, filed[i].Sketch, Now));
            index.Add(entries[i]);
        }

        var held = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
        var asked = Texts(news, new TextEdits(seed: 13, vocabulary)).Skip(100).Take(New).ToList();
        Measure(asked, text => Find(text, index, filed));
        var (median, worst) = Measure(asked, text => Find(text, index, filed));
        var (baseline, _) = Measure(asked.Take(5).ToList(), text => Exhaustive(text, filed));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"one new item against {InWindow:N0}: median {median:0.00} ms, 95th of 100 {worst:0.00} ms, goal {Goal} ms; compared with all exactly {baseline:0.0} ms; sketches and index hold {held:0} MB"));
        StoreAsync(entries).GetAwaiter().GetResult();
        return worst <= Goal ? 0 : 1;
    }

    private static async Task StoreAsync(List<IndexEntry> entries)
    {
        using var folder = new TempFolder();
        await using var database = SqliteDatabase.Open(new SqliteOptions { File = folder.File("store.db") });
        var tables = new LimitedTables(new SqliteTables(database));
        var table = tables.Open("StoryIndex");
        foreach (var chunk in EntityTableBatches.Chunks("StoryIndex", entries.Select(entry => TableOperation.Put(entry.ToRow()))))
        {
            await table.BatchAsync(chunk, CancellationToken.None);
        }

        var (index, watch) = (new StoryIndex(tables), Stopwatch.StartNew());
        await index.RefreshAsync(Now, CancellationToken.None);
        var load = watch.Elapsed;
        watch.Restart();
        for (var i = 0; i < New; i++)
        {
            await index.RefreshAsync(Now, CancellationToken.None);
            await index.AddAsync(entries[i] with { Number = InWindow + i + 1 }, CancellationToken.None);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"its rows in SQLite: read whole once in {load.TotalSeconds:0.0} s; brought up to date and one row added in {watch.Elapsed.TotalMilliseconds / New:0.00} ms"));
    }

    private static StoryMatch? Find(string text, CandidateIndex index, (StoryMember Member, TextSketch Sketch)[] filed)
    {
        var (member, sketch) = Sketch(InWindow + 1, text);
        var entry = IndexEntry.Of(InWindow + 1, member, sketch, Now);
        return index.Candidates(entry, StoryFiling.MostCompared).Select(candidate => filed[candidate.Number - 1]).Select(other => StoryMatching.Of(member, sketch, other.Member, other.Sketch)).FirstOrDefault(match => match is not null);
    }

    private static double Exhaustive(string text, (StoryMember Member, TextSketch Sketch)[] filed)
    {
        var sketch = TextSketch.Of(text);
        return filed.Max(other => TextLikeness.Of(sketch, other.Sketch).Shared);
    }

    private static (double Median, double High) Measure<T>(IReadOnlyList<string> texts, Func<string, T> work)
    {
        var times = texts.Select(text =>
        {
            var start = Stopwatch.GetTimestamp();
            GC.KeepAlive(work(text));
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }).Order().ToList();
        return (times[times.Count / 2], times[times.Count * 95 / 100]);
    }

    /// <summary>Articles made anew, and now and then a copy of an earlier one.</summary>
    private static IEnumerable<string> Texts(IReadOnlyList<MadeArticle> news, TextEdits edits)
    {
        for (var round = 0; ; round++)
        {
            foreach (var article in new MadeArticles(seed: 1000 + round).News(500))
            {
                yield return article.Text;
            }

            foreach (var (_, text) in edits.Of(news[round % news.Count]))
            {
                yield return text;
            }
        }
    }

    private static (StoryMember Member, TextSketch Sketch) Sketch(int number, string text)
    {
        var item = new StoryItem { Key = new ItemKey("feed", $"item{number}"), Title = "", Text = text, Publisher = "feed", PublisherName = "Feed", FirstSeen = Now };
        return (StoryMember.Of(item, "story"), TextSketch.Of(text));
    }
}
