using System.Diagnostics;
using System.Globalization;
using System.Text;
using Monitoring.Feeds;
using Monitoring.Tests.Support;

namespace Monitoring.Benchmarks;

/// <summary>Damaged and hostile feeds: what became of them, the slowest, and what memory they took. The unit tests run the first 50,000 of one seed.</summary>
internal static class FeedFuzz
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static readonly Uri Url = new("https://site.kz/rss/feed.xml");

    /// <returns>How many documents broke a promise, as an exit code.</returns>
    public static int Run(int documents, int seed)
    {
        var mutations = new FeedMutations(seed);
        var tally = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (faults, slowest) = (0, TimeSpan.Zero);
        for (var i = 0; i < documents; i++)
        {
            var body = mutations.Next();
            var started = Stopwatch.GetTimestamp();
            var (outcome, fault) = Outcome(body);
            var took = Stopwatch.GetElapsedTime(started);
            slowest = took > slowest ? took : slowest;
            tally[outcome] = tally.GetValueOrDefault(outcome) + 1;
            if ((fault?.Split('\n')[0] ?? (took > Limit ? "too slow" : null)) is { } broken)
            {
                faults++;
                Console.WriteLine($"  document {i}: {broken}: {Convert.ToBase64String(body)}");
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fuzz: seed {seed}, {documents} documents, {faults} faults, slowest {slowest.TotalMilliseconds:0.0} ms"));
        foreach (var (outcome, count) in tally)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count,9} {outcome}"));
        }

        return Math.Min(faults + Hostile(), 1);
    }

    private static (string Outcome, string? Fault) Outcome(byte[] body)
    {
        try
        {
            var reading = FeedReader.Read(body, Url);
            return (reading is FeedReading.NotAFeed { What: var what } ? Line(what) : reading is FeedReading.Read { Document: { Repairs.Count: 0 } } ? "read" : "read with repairs", FeedMutations.Fault(reading));
        }
        catch (Exception thrown)
        {
            return ("thrown", thrown.ToString());
        }
    }

    private static string Line(string what) => what.StartsWith("JSON that breaks", StringComparison.Ordinal) ? "JSON that breaks" : what;

    private static int Hostile()
    {
        var failed = 0;
        foreach (var (name, body) in Bodies())
        {
            using var peak = new HeapPeak();
            var started = Environment.CpuUsage.TotalTime;
            var (outcome, fault) = Outcome(body);
            var took = Environment.CpuUsage.TotalTime - started;
            var share = (double)peak.Bytes / FeedReader.MaxBytes;
            var isGood = fault is null && took <= Limit && share <= 3;
            failed += isGood ? 0 : 1;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {(isGood ? "good" : "BAD ")} {name,-30} {body.Length / 1e6,6:0.0} MB {took.TotalMilliseconds,7:0} ms of a core, heap grew by {share,5:0.00} of the body limit: {outcome} {fault}"));
        }

        return failed;
    }

    private static IEnumerable<(string Name, byte[] Body)> Bodies()
    {
        yield return ("elements 10^6 deep", Repeated("<rss><channel>", "<a>", 1_000_000, "</channel></rss>"));
        yield return ("items 10^6 deep", Repeated("<rss><channel>", "<item>", 1_000_000, ""));
        yield return ("JSON 10^6 deep", Repeated("{\"items\":[", "[", 1_000_000, ""));
        yield return ("JSON of 5·10^6 items", Repeated("{\"items\":[", "{},", 5_000_000, "{}]}"));
        yield return ("JSON of 10^6 dated items", Repeated("{\"items\":[", "{\"date_published\":\"2026-11-22\"},", 1_000_000, "{}]}"));
        yield return ("entities in entities", Bomb());
        yield return ("10^6 links on a long base", Repeated($"<feed xml:base=\"http://a.kz/{new string('b', 450)}/\">", "<entry><link href=\"1\"/><link href=\"2\"/><link href=\"3\"/></entry>", 330_000, "</feed>"));
        yield return ("JSON of 10^6 files on a long base", Repeated($"{{\"home_page_url\":\"http://a.kz/{new string('b', 450)}/\",\"items\":[{{\"attachments\":[", "{\"url\":\"1\"},", 1_000_000, "{}]}]}"));
        yield return ("10^5 links in a text", Repeated("<rss><channel><item><description><![CDATA[", "<a href=x>", 100_000, "]]></description></item></channel></rss>"));
        yield return ("10^5 bases in a text", Repeated("<feed><entry><content type='xhtml'>", "<a xml:base='b/' href='x'>", 100_000, "</content></entry></feed>"));
        yield return ("100 MB of one title", Repeated("<rss><channel><item><title>", "Мирас ", 9_000_000, "</title></item></channel></rss>"));
        yield return ("100 MB of items", Repeated("<rss><channel>", "<item><title>Мирас</title><link>http://a.kz/1</link></item>", 1_600_000, "</channel></rss>"));
        yield return ("100 MB of zeroes", new byte[100_000_000]);
        yield return ("15 MB of references", Repeated("<rss><channel><title>", "&#1040;", 2_000_000, "</title></channel></rss>"));
        yield return ("15 MB of ampersands", Repeated("<rss><channel><title>", "&", 15_000_000, "</title></channel></rss>"));
        foreach (var piece in new[] { "<", "<a b=\"", "<!-- ", "<!a>", "<!a[>", "<?a>", "<![CDATA[", "<a><![CDATA[</a>", "</a>", "<title><b>", "<item><title><b>", "<a xmlns:b='c'>", "<category>a</category>", "<author>A</author>", "<item/>" })
        {
            yield return ($"15 MB of {piece}", Repeated("<rss><channel>", piece, 15_000_000 / piece.Length, "]]>"));
        }
    }

    private static byte[] Bomb()
    {
        var declarations = string.Concat(Enumerable.Range(1, 60).Select(level => $"<!ENTITY e{level} \"{string.Concat(Enumerable.Repeat($"&e{level - 1};", 10))}\">"));
        return Encoding.UTF8.GetBytes($"<!DOCTYPE rss [<!ENTITY e0 \"{new string('a', 200)}\">{declarations}]><rss><channel><title>{string.Concat(Enumerable.Repeat("&e60;&e0;", 100_000))}</title></channel></rss>");
    }

    private static byte[] Repeated(string start, string piece, int times, string end)
    {
        var one = Encoding.UTF8.GetBytes(piece);
        var bytes = new byte[Encoding.UTF8.GetByteCount(start) + one.Length * times + Encoding.UTF8.GetByteCount(end)];
        var at = Encoding.UTF8.GetBytes(start, bytes);
        for (var i = 0; i < times; i++, at += one.Length)
        {
            one.CopyTo(bytes, at);
        }

        Encoding.UTF8.GetBytes(end, bytes.AsSpan(at));
        return bytes;
    }
}
