using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml;
using Monitoring.Feeds;

namespace Monitoring.Benchmarks;

/// <summary>Reading well-formed feeds beside a bare walk of the framework's XML reader over the same bytes: it only looks at every node. And the memory.</summary>
internal static class FeedSpeed
{
    private const int Rounds = 9;

    private const double Goal = 0.6;

    private const double MostMemory = 3;

    private static readonly Uri Url = new("https://site.kz/rss/feed.xml");

    private static readonly XmlReaderSettings Bare = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };

    /// <returns>0 if both goals are reached.</returns>
    public static int Run()
    {
        var corpus = Corpus();
        var size = corpus.Sum(body => (long)body.Length);
        var (ours, raw) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var (mine, theirs) = round % 2 == 0 ? (Time(corpus, Read), Time(corpus, Walk)) : Swap(Time(corpus, Walk), Time(corpus, Read));
            if (round > 0)
            {
                ours.Add(mine);
                raw.Add(theirs);
            }
        }

        var (speed, ceiling) = (size / Median(ours) / 1e6, size / Median(raw) / 1e6);
        var memory = (double)corpus.Sum(Memory) / size;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"reading {corpus.Count} feeds, {size / 1e6:0.0} MB: ours {speed:0} MB/s, bare XmlReader {ceiling:0} MB/s, {speed / ceiling:0.00} of it, goal {Goal:0.00}; allocated {memory:0.00} of the input, goal {MostMemory:0.00}"));
        return speed / ceiling >= Goal && memory <= MostMemory ? 0 : 1;
    }

    /// <summary>RSS and Atom of newsrooms: Russian and English, bodies in CDATA, escaped and as XHTML, short and long.</summary>
    private static List<byte[]> Corpus()
    {
        var feeds = new List<byte[]>();
        foreach (var (language, sentence) in new[] { ("ru", "Суд в Алматы продлил арест журналисту, адвокат обжаловал решение. "), ("en", "A court in Almaty extended the arrest of a journalist; the lawyer appealed. ") })
        {
            foreach (var paragraphs in new[] { 1, 6, 30 })
            {
                feeds.Add(Rss(language, sentence, paragraphs, isCData: true));
                feeds.Add(Rss(language, sentence, paragraphs, isCData: false));
                feeds.Add(Atom(language, sentence, paragraphs));
            }
        }

        return feeds;
    }

    private static byte[] Rss(string language, string sentence, int paragraphs, bool isCData)
    {
        var html = Html(sentence, paragraphs);
        var body = isCData ? $"<![CDATA[{html}]]>" : System.Security.SecurityElement.Escape(html);
        var items = Enumerable.Range(0, 40).Select(number =>
            $"""
            <item>
              <title>{sentence.Trim()} {number}</title>
              <link>https://site.kz/{language}/2026/11/22/{number}/?a=1&amp;b=2</link>
              <guid isPermaLink="false">https://site.kz/?p={number}</guid>
              <dc:creator><![CDATA[Асель Тулегенова]]></dc:creator>
              <pubDate>Sun, 22 Nov 2026 09:{number:00}:00 +0500</pubDate>
              <category>Суд</category><category>Алматы</category>
              <description>{sentence}</description>
              <content:encoded>{body}</content:encoded>
              <enclosure url="https://site.kz/p/{number}.jpg" type="image/jpeg" length="12345"/>
            </item>

            """);
        return Encoding.UTF8.GetBytes($"""
            <?xml version="1.0" encoding="UTF-8"?>
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <channel><title>Site</title><link>https://site.kz/</link><language>{language}</language>
            {string.Concat(items)}</channel></rss>
            """);
    }

    private static byte[] Atom(string language, string sentence, int paragraphs)
    {
        var entries = Enumerable.Range(0, 40).Select(number =>
            $"""
            <entry>
              <title type="html">{sentence.Trim()} {number}</title>
              <link rel="alternate" type="text/html" href="https://site.kz/{language}/{number}"/>
              <id>tag:site.kz,2026:{number}</id>
              <published>2026-11-22T09:{number:00}:00+05:00</published><updated>2026-11-22T09:{number:00}:30+05:00</updated>
              <author><name>Асель Тулегенова</name></author><category term="court"/>
              <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{Html(sentence, paragraphs)}</div></content>
            </entry>

            """);
        return Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\"><title>Site</title>\n{string.Concat(entries)}</feed>");
    }

    private static string Html(string sentence, int paragraphs) => string.Concat(Enumerable.Repeat(
        $"<p class=\"text\">{sentence}<a href=\"https://site.kz/topic/1\">{sentence}</a> <b>{sentence}</b></p>\n<p><img src=\"https://site.kz/p.jpg\" alt=\"\" /></p>\n", paragraphs));

    private static void Read(byte[] body)
    {
        if (FeedReader.Read(body, Url) is not FeedReading.Read { Document: { Items.Count: 40, Repairs.Count: 0 } })
        {
            throw new InvalidOperationException("The corpus is not read as it was written.");
        }
    }

    private static void Walk(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body), Bare);
        while (reader.Read())
        {
        }
    }

    private static double Time(List<byte[]> corpus, Action<byte[]> read)
    {
        const int Times = 8;
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        for (var time = 0; time < Times; time++)
        {
            corpus.ForEach(read);
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds / Times;
    }

    /// <summary>All that is allocated, whether it lives or not.</summary>
    private static long Memory(byte[] body)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Read(body);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static (double Ours, double Raw) Swap(double raw, double ours) => (ours, raw);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
