using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Monitoring.Feeds;
using Monitoring.Tests.Support;

namespace Monitoring.Benchmarks;

/// <summary>
/// Scores the feed reader on files of other projects' suites with the values that they expect, if these lie beside the repository. A case passes if all
/// its values are as expected, texts compared as a reader sees them; how many are the same to the letter stands beside it. That cannot be all: the suites
/// expect markup that was made safe and written anew, and ours is as the feed has it.
/// </summary>
internal static class FeedScore
{
    /// <param name="folder">Where the files are, if elsewhere.</param>
    public static int Run(string? folder = null)
    {
        folder ??= Path.Combine(Repository.Path(), "..", "shared", "data", "feeds");
        if (!File.Exists(Path.Combine(folder, "sample_cases.jsonl.gz")))
        {
            Console.WriteLine("feeds: skipped: data not present");
            return 0;
        }

        var cases = Lines(folder, "sample_cases.jsonl.gz").Select(Score).ToList();
        foreach (var suite in cases.GroupBy(score => score.Suite).OrderBy(suite => suite.Key, StringComparer.Ordinal))
        {
            var core = suite.Where(score => score.HasCore).ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{suite.Key,-34} core {core.Count(score => score.IsCorePassed),4} of {core.Count,4}, with all else {suite.Count(score => score.Failures.Count == 0),4} of {suite.Count(),4}, to the letter {suite.Count(score => score.IsExact),4}"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{"all",-34} core {cases.Count(score => score is { HasCore: true, IsCorePassed: true }),4} of {cases.Count(score => score.HasCore),4}, with all else {cases.Count(score => score.Failures.Count == 0),4} of {cases.Count,4}, to the letter {cases.Count(score => score.IsExact),4}"));

        foreach (var score in cases.Where(score => score.Failures.Count > 0))
        {
            Console.WriteLine($"  {(score.IsCorePassed ? "other" : "CORE ")} {score.Id}: {string.Join(" | ", score.Failures)}");
        }

        ScoreDates(folder);
        return 0;
    }

    private static void ScoreDates(string folder)
    {
        var rows = Lines(folder, "dates.jsonl.gz").Select(row => (Text: row.GetProperty("input").GetString()!, Expected: row.GetProperty("utc").GetString())).ToList();
        var failed = rows.Where(row => Stamp(FeedDate.Read(row.Text)) != row.Expected).ToList();
        foreach (var kind in new[] { true, false })
        {
            var these = rows.Where(row => row.Expected is not null == kind).ToList();
            Console.WriteLine($"dates {(kind ? "read" : "refused")}: {these.Count - these.Intersect(failed).Count()} of {these.Count}");
        }

        foreach (var (text, expected) in failed)
        {
            Console.WriteLine($"  {text}: {Stamp(FeedDate.Read(text)) ?? "null"} instead of {expected ?? "null"}");
        }
    }

    private static CaseScore Score(JsonElement file)
    {
        var headers = file.GetProperty("headers");
        var context = new FeedReadContext(new Uri(file.GetProperty("url").GetString() ?? "http://127.0.0.1/feed.xml"))
        {
            ContentType = Header(headers, "content-type"),
            ContentLocation = Header(headers, "content-location"),
            ContentLanguage = Header(headers, "content-language"),
        };
        var reading = FeedReader.Read(file.GetProperty("input_b64").GetBytesFromBase64(), context);
        var checks = file.GetProperty("checks").EnumerateArray().ToList();
        var failures = new List<string>();
        var (isCorePassed, isExact) = (true, true);
        foreach (var check in checks)
        {
            isExact &= Failure(check, reading, FeedMatch.IsExact) is null;
            if (Failure(check, reading, FeedMatch.IsText) is { } failure)
            {
                failures.Add(failure);
                isCorePassed &= check.GetProperty("level").GetString() != "core";
            }
        }

        return new CaseScore(
            file.GetProperty("id").GetString()!,
            $"{file.GetProperty("suite").GetString()} {file.GetProperty("group").GetString()}",
            checks.Exists(check => check.GetProperty("level").GetString() == "core"),
            isCorePassed,
            isExact,
            failures);
    }

    private static string? Failure(JsonElement check, FeedReading reading, Func<IReadOnlyList<string>, JsonElement, bool> matches)
    {
        var (path, value) = (check.GetProperty("path").GetString()!, check.GetProperty("value"));
        if (check.GetProperty("op").GetString() == "answers" || path is "bozo" or "encoding" or "version")
        {
            return null;
        }

        if (reading is not FeedReading.Read { Document: var feed })
        {
            return $"{path}: {((FeedReading.NotAFeed)reading).What}";
        }

        if (path == "entries")
        {
            return feed.Items.Count == value.GetInt32() ? null : $"entries: {feed.Items.Count} instead of {value}";
        }

        var got = FeedPath.Values(feed, path).OfType<string>().ToList();
        return matches(got, check) ? null : $"{path}: {string.Join(" / ", got)} instead of {value}";
    }

    private static string? Header(JsonElement headers, string name) => headers.TryGetProperty(name, out var value) ? value.GetString() : null;

    internal static string? Stamp(DateTimeOffset? date) => date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IEnumerable<JsonElement> Lines(string folder, string file)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, file)), CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            yield return JsonDocument.Parse(line).RootElement;
        }
    }

    private sealed record CaseScore(string Id, string Suite, bool HasCore, bool IsCorePassed, bool IsExact, IReadOnlyList<string> Failures);
}
