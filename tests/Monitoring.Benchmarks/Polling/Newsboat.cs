using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Monitoring.Benchmarks.Polling;

/// <summary>A feed reader for terminals, written in C++ and Rust, that fetches, reads and stores feeds in SQLite: the yardstick of a first load.</summary>
internal static class Newsboat
{
    private const int Threads = 16;

    /// <returns>How long it took and how many items its store then holds; null if there is none on this machine.</returns>
    public static async Task<(double Seconds, long Items)?> LoadAsync(string folder, LoopbackFeeds feeds)
    {
        var (urls, config, cache) = (Path.Combine(folder, "urls"), Path.Combine(folder, "config"), Path.Combine(folder, "cache.db"));
        // It asks one host: it has no names to resolve.
        await File.WriteAllLinesAsync(urls, Enumerable.Range(0, feeds.Count).Select(feed => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{feeds.Port}/{feed}.xml")));
        await File.WriteAllTextAsync(config, string.Create(CultureInfo.InvariantCulture, $"reload-threads {Threads}\n"));
        var start = new ProcessStartInfo("newsboat") { ArgumentList = { "-u", urls, "-C", config, "-c", cache, "-x", "reload" }, Environment = { ["HOME"] = folder } };
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var newsboat = Process.Start(start)!;
            await newsboat.WaitForExitAsync();
        }
        catch (Win32Exception)
        {
            return null;
        }

        return (Stopwatch.GetElapsedTime(started).TotalSeconds, CountItems(cache));
    }

    private static long CountItems(string cache)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = cache, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
        connection.Open();
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM rss_item";
        return (long)count.ExecuteScalar()!;
    }
}
