using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Monitoring.Benchmarks.Names;
using Monitoring.Languages;
using Monitoring.Queries;

namespace Monitoring.Benchmarks;

/// <summary>
/// A thousand queries asked of an article of 3 KB that is read already, beside each of them asked alone, and what reading the article costs; and how long
/// ten thousand take to be made ready.
/// </summary>
[MemoryDiagnoser]
[MinColumn]
public class QuerySpeed
{
    private const int Queries = 1_000;

    /// <summary>Of letters; Cyrillic has two bytes each.</summary>
    private const int Article = 1_600;

    private static readonly DateTimeOffset Now = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);
    private static readonly string Text = MadeNames.News(MadeNames.Persons(20), Article, rareOneIn: 2);

    private readonly QueryIndex _index = QueryIndex.Compile(Made(Queries));
    private readonly QueryIndex[] _alone = [.. Made(Queries).Select(query => QueryIndex.Compile([query]))];
    private readonly Query[] _many = [.. Made(10 * Queries)];
    private readonly QueryDocument _document = QueryDocument.OfText(Text) with { Language = "ru" };

    public static int Run()
    {
        var matches = QueryIndex.Compile(Made(Queries)).Find(QueryDocument.OfText(Text) with { Language = "ru" }, Now);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Queries} queries, an article of {System.Text.Encoding.UTF8.GetByteCount(Text)} bytes, {matches.Count} hold with {matches.Sum(match => match.Hits.Count)} hits; goal of Together 60 µs"));
        var job = Job.Default.WithWarmupCount(3).WithIterationCount(9).WithToolchain(InProcessEmitToolchain.Instance);
        var summary = BenchmarkRunner.Run<QuerySpeed>(DefaultConfig.Instance.AddJob(job).WithArtifactsPath(Path.Combine(Path.GetTempPath(), "monitoring-benchmarks")));
        return summary.HasCriticalValidationErrors ? 1 : 0;
    }

    [Benchmark]
    public int Together() => _index.Find(_document, Now).Count;

    [Benchmark(Baseline = true)]
    public int EachAlone() => _alone.Sum(index => index.Find(_document, Now).Count);

    [Benchmark]
    public int ReadArticle() => TokenizedText.Of(Text).Tokens.Count;

    [Benchmark]
    public object CompileTenThousand() => QueryIndex.Compile(_many);

    private static IEnumerable<Query> Made(int count) => Texts(count).Select(text => QueryParser.Parse(text).Query!);

    /// <summary>Of the shapes people write; most ask for a word that few articles hold.</summary>
    internal static IEnumerable<string> Texts(int count)
    {
        var names = MadeNames.Persons(count).Select(person => person.Name.Split(' ')[1]).ToArray();
        string[] acts = ["~арест", "~обыск", "~задержать", "~блокировка", "~қамау", "штраф*", "~\"уголовный дело\"", "\"под стражу\"", "~приговор", "~допросить"];
        return names.Select((name, i) => (i % 5) switch
        {
            0 => $"~{name} AND ({acts[i % 10]} OR {acts[(i + 3) % 10]})",
            1 => $"{acts[i % 10]} NEAR/10 ~{name}",
            2 => $"~{name} SENTENCE {acts[i % 10]} -спорт",
            3 => $"title:~{name} OR \"{name} заявил\"",
            _ => $"({acts[i % 10]} OR {acts[(i + 1) % 10]}) AND {name[..5]}* AND lang:ru",
        });
    }
}
