using System.Diagnostics;
using System.Globalization;
using System.Text;
using Monitoring.Blocking.Fingerprints;

namespace Monitoring.Benchmarks;

/// <summary>
/// Made-up fingerprints in the mix of OONI's and somewhat more (1,474 contains, 275 prefix, 26 full, 14 regexp; 226 DNS), looked for in bodies of 512 KiB, beside
/// looking for each alone: IndexOf, StartsWith, SequenceEqual, and each expression over the whole text. Medians.
/// </summary>
internal static class FingerprintSpeed
{
    private const int Rounds = 21;

    /// <summary>For one page; from the project's facts on blocking, 8.7.</summary>
    private const double Goal = 20;

    private static readonly KeyValuePair<string, string>[] Headers =
        [new("Server", "nginx"), new("Location", "https://example.org/next?page=2"), new("Via", "1.1 cache.example"), new("Content-Type", "text/html; charset=utf-8")];

    public static int Run()
    {
        var fingerprints = Made().ToList();
        var started = Stopwatch.GetTimestamp();
        var set = FingerprintSet.Compile(fingerprints);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set.Count} fingerprints, made ready in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms; a page of 512 KiB, goal {Goal:0} ms"));
        var isGood = true;
        foreach (var (name, body) in Bodies(fingerprints))
        {
            var found = set.MatchPage(body, Headers).Count;
            var (ours, naive) = (Measure(() => set.MatchPage(body, Headers).Count), Measure(() => EachAlone(fingerprints, body)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} | ours {ours,7:0.00} ms, {found,2} told | each alone {naive,8:0.0} ms, {EachAlone(fingerprints, body),4} found | {naive / ours,6:0.0} times"));
            isGood &= ours <= Goal;
        }

        var answers = Enumerable.Range(0, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"203.0.113.{i}")).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"20 DNS answers",-28} | ours {Measure(() => set.MatchDns(answers).Count),7:0.000} ms"));
        return isGood ? 0 : 1;
    }

    private static double Measure(Func<int> run)
    {
        run();
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times.Order().ElementAt(Rounds / 2);
    }

    /// <summary>The baseline: how many of the body's fingerprints are found.</summary>
    private static int EachAlone(List<Fingerprint> fingerprints, byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        return fingerprints.Count(fingerprint => fingerprint.Location == FingerprintLocation.Body && fingerprint.Type switch
        {
            PatternType.Contains => body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(fingerprint.Pattern)) >= 0,
            PatternType.Prefix => body.AsSpan().StartsWith(Encoding.UTF8.GetBytes(fingerprint.Pattern)),
            PatternType.Full => body.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(fingerprint.Pattern)),
            _ => PatternRegex.Read(fingerprint.Pattern).Regex!.Find(text) is not null,
        });
    }

    /// <summary>The shapes are those of section 3.1 of the facts; the locations follow its table: most in bodies, prefixes mostly in Location.</summary>
    private static IEnumerable<Fingerprint> Made()
    {
        string[] shapes =
        [
            "<title>Access to site {0} is denied</title>", "http://block{0}.example/index.html", "This page {0} is blocked by order of the court", "<iframe src=\"http://10.{0}.34.36/?type=",
            "Доступ к странице {0} ограничен", "id=\"blocked-{0}\"", "<meta http-equiv=\"refresh\" content=\"0; url=http://stop{0}.", "UA-{0}-1", "<a href=\"http://www.provider{0}.example\">",
        ];
        for (var i = 0; i < 1474; i++)
        {
            yield return Of(PatternType.Contains, i < 1200 ? FingerprintLocation.Body : "header.location", string.Format(CultureInfo.InvariantCulture, shapes[i % shapes.Length], i * 7));
        }

        for (var i = 0; i < 275; i++)
        {
            yield return Of(PatternType.Prefix, i < 90 ? FingerprintLocation.Body : "header.location", string.Create(CultureInfo.InvariantCulture, $"http://warning{i}.example/"));
        }

        for (var i = 0; i < 26; i++)
        {
            yield return Of(PatternType.Full, i < 7 ? FingerprintLocation.Body : i < 16 ? "header.server" : "header.via", string.Create(CultureInfo.InvariantCulture, $"Filter/{i}"));
        }

        for (var i = 0; i < 14; i++)
        {
            // Two have no literal that could be looked for first.
            yield return Of(PatternType.Regexp, FingerprintLocation.Body, i < 12 ? string.Create(CultureInfo.InvariantCulture, $"<b>rule{i} [0-9a-f]{{8}}</b>.*blocked") : string.Create(CultureInfo.InvariantCulture, $"(forbidden|denied)[0-9]+x{i}"));
        }

        for (var i = 0; i < 226; i++)
        {
            yield return Of(PatternType.Full, FingerprintLocation.Dns, string.Create(CultureInfo.InvariantCulture, $"198.51.{i}.7"));
        }
    }

    private static Fingerprint Of(PatternType type, string location, string pattern) => new() { Name = pattern, Scope = FingerprintScope.Isp, Location = location, Type = type, Pattern = pattern };

    private static IEnumerable<(string Name, byte[] Body)> Bodies(List<Fingerprint> fingerprints)
    {
        var contained = fingerprints.Where(fingerprint => fingerprint is { Type: PatternType.Contains, Location: FingerprintLocation.Body }).Select(fingerprint => fingerprint.Pattern).ToList();
        yield return ("HTML, English", Page(["the", "court", "news", "page", "of", "city", "article", "blocked", "today", "reader"]));
        yield return ("HTML, Russian", Page(["суд", "новости", "города", "доступ", "страница", "сегодня", "и", "в", "редакция", "ограничен"]));
        yield return ("all but the last character", Filled(contained.Select(pattern => pattern[..^1])));
        yield return ("all but the first character", Filled(contained.Select(pattern => pattern[1..])));
        yield return ("every fingerprint", Filled(contained));
        yield return ("one letter", Filled(["a"]));
        yield return ("random bytes", Noise());
    }

    private static byte[] Page(string[] words)
    {
        var random = new Random(1);
        string Text(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => words[random.Next(words.Length)]));
        return Filled(Enumerable.Range(0, 20_000).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"<div class=\"item item-{i}\"><a href=\"https://example.org/news/{random.Next(100_000)}\" title=\"{Text(3)}\"><img src=\"http://static.example.org/{i}.jpg\" alt=\"\"></a><p>{Text(20)}</p></div>\n")));
    }

    private static byte[] Noise()
    {
        var bytes = new byte[FingerprintSet.MaxBody];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Filled(IEnumerable<string> parts)
    {
        var (all, body) = (Encoding.UTF8.GetBytes(string.Concat(parts)), new byte[FingerprintSet.MaxBody]);
        for (var at = 0; at < body.Length; at += all.Length)
        {
            all.AsSpan(0, Math.Min(all.Length, body.Length - at)).CopyTo(body.AsSpan(at));
        }

        return body;
    }
}
