using System.Diagnostics;
using System.Globalization;
using System.Text;
using Monitoring.Benchmarks.Names;
using Monitoring.Items;
using Monitoring.Languages;
using Monitoring.Names;
using Monitoring.Queries;
using Monitoring.Violations;
using Monitoring.Watchlist;

namespace Monitoring.Benchmarks;

/// <summary>What it costs to understand one article of 3 KB with a list of 1,000 persons and 1,000 queries, part by part and together, on one core; goal 200 µs.</summary>
internal static class UnderstandingSpeed
{
    private const int Listed = 1_000;
    private const int Articles = 200;
    private const int Rounds = 100;

    /// <summary>Of letters; Cyrillic has two bytes each.</summary>
    private const int Letters = 1_600;

    /// <summary>What makes an article of made news one that editors want: mostly words of no interest, one sentence that matters.</summary>
    private const string Matter = "\nВ среду утром полиция провела обыск в редакции газеты и задержала двух журналистов, сообщил адвокат.";

    public static int Run()
    {
        var persons = MadeNames.Persons(Listed);
        var list = new WatchlistSnapshot("1", [.. persons, .. QuerySpeed.Texts(Listed).Select((query, i) => new Topic { Id = $"topic-{i}", Name = query, Keywords = [], Query = query })]);
        var compiled = new CompiledList(list);
        var names = NameMatcher.Compile(list.Persons, list.Outlets);
        var topics = TopicMatcher.Compile(list.Topics);
        var texts = Enumerable.Range(0, Articles).Select(i => MadeNames.News(persons, Letters - Matter.Length, rareOneIn: 40 + i) + Matter).ToList();
        var read = texts.ConvertAll(TokenizedText.Of);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Articles} articles of {Encoding.UTF8.GetByteCount(texts[0])} bytes, {read[0].Tokens.Count} words; {texts.Sum(text => compiled.Find(text).Count) / (double)Articles:0.0} findings each; least and median of {Rounds} rounds"));
        Measure("reading into words", i => TokenizedText.Of(texts[i]).Tokens.Count);
        Measure("language", i => LanguageDetector.Detect(texts[i])?.Language.Length ?? 0);
        Measure("names", i => names.Find(texts[i]).Count);
        Measure("violations", i => ViolationFinder.Find(read[i], []).Count);
        Measure("queries", i => topics.Find(new QueryDocument(read[i], TitleLength: 0), default).Count);
        var least = Measure("together, with findings", i => compiled.Find(texts[i]).Count + (LanguageDetector.Detect(texts[i])?.Language.Length ?? 0));
        return least <= 200 ? 0 : 1;
    }

    /// <returns>Of one article, in the quickest round.</returns>
    private static double Measure(string name, Func<int, int> work)
    {
        var rounds = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < Articles; i++)
            {
                work(i);
            }

            rounds.Add(watch.Elapsed.TotalMicroseconds / Articles);
        }

        rounds.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24} {rounds[0],7:0.0} µs {rounds[Rounds / 2],7:0.0} µs"));
        return rounds[0];
    }
}
