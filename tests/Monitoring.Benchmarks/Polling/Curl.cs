using System.Diagnostics;
using System.Globalization;

namespace Monitoring.Benchmarks.Polling;

/// <summary>The plainest way to the same answers: curl fetches all feeds at once, so many at a time, and keeps nothing.</summary>
internal static class Curl
{
    /// <summary>The most that curl does at a time.</summary>
    private const int MostAtOnce = 300;

    /// <param name="isConditional">Asks with the ETag that the unchanging feeds have.</param>
    /// <returns>How long it took, and how many answers were 200 and 304.</returns>
    public static async Task<(double Seconds, int Read, int Unchanged)> FetchAsync(string folder, LoopbackFeeds feeds, int concurrency, bool isConditional)
    {
        var config = Path.Combine(folder, "curl.txt");
        await File.WriteAllLinesAsync(config, Options(feeds, Math.Min(concurrency, MostAtOnce), isConditional));
        // It draws its progress on standard error, whatever it is told.
        var start = new ProcessStartInfo("curl") { RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { "--config", config } };
        var started = Stopwatch.GetTimestamp();
        using var curl = Process.Start(start)!;
        var progress = curl.StandardError.ReadToEndAsync();
        var statuses = (await curl.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await progress;
        await curl.WaitForExitAsync();
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, statuses.Count(status => status == "200"), statuses.Count(status => status == "304"));
    }

    private static IEnumerable<string> Options(LoopbackFeeds feeds, int concurrency, bool isConditional)
    {
        yield return "silent";
        yield return "parallel";
        yield return "parallel-immediate";
        yield return string.Create(CultureInfo.InvariantCulture, $"parallel-max = {concurrency}");
        yield return string.Create(CultureInfo.InvariantCulture, $"connect-to = \"::127.0.0.1:{feeds.Port}\"");
        yield return "write-out = \"%{http_code}\\n\"";
        if (isConditional)
        {
            yield return $"header = \"If-None-Match: {FeedServer.FirstETag.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        }

        for (var feed = 0; feed < feeds.Count; feed++)
        {
            yield return $"url = \"{LoopbackFeeds.UrlOf(feed, feeds.Port)}\"";
            yield return "output = \"/dev/null\"";
        }
    }
}
