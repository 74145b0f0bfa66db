using System.Buffers;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Monitoring.Names;
using Monitoring.Watchlist;

namespace Monitoring.Benchmarks.Names;

/// <summary>
/// A list of 10,000 persons: compiling it, what it holds in memory, and finding them in news where they are rare. Beside it <c>SearchValues</c> of strings,
/// which finds the 10,000 bare surnames whatever their case, and nothing else: no ending, no other script, no first name.
/// </summary>
[MemoryDiagnoser]
public class NameSpeed
{
    private const int Persons = 10_000;
    private const int Characters = 1_000_000;

    /// <summary>One sentence in so many names somebody of the list.</summary>
    private const int RareOneIn = 500;

    private static readonly IReadOnlyList<Person> Listed = MadeNames.Persons(Persons);

    private readonly string _text = MadeNames.News(Listed, Characters, RareOneIn);
    private readonly NameMatcher _matcher = NameMatcher.Compile(Listed, []);
    private readonly SearchValues<string> _plain = SearchValues.Create([.. Listed.Select(person => person.Name.Split(' ')[1])], StringComparison.OrdinalIgnoreCase);

    public static int Run()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the compiled list of {Persons} persons holds {Held() / 1e6:0.0} MB, goal 64; the text has {Characters / 1e6:0} million characters"));
        var job = Job.Default.WithWarmupCount(3).WithIterationCount(9).WithToolchain(InProcessEmitToolchain.Instance);
        var summary = BenchmarkRunner.Run<NameSpeed>(DefaultConfig.Instance.AddJob(job).WithArtifactsPath(Path.Combine(Path.GetTempPath(), "monitoring-benchmarks")));
        return summary.HasCriticalValidationErrors ? 1 : 0;
    }

    [Benchmark]
    public object Compile() => NameMatcher.Compile(Listed, []);

    [Benchmark]
    public int Find() => _matcher.Find(_text).Count;

    [Benchmark(Baseline = true)]
    public int FindPlainSurnames()
    {
        var (count, at) = (0, 0);
        while (_text.AsSpan(at).IndexOfAny(_plain) is >= 0 and var next)
        {
            count++;
            at += next + 1;
        }

        return count;
    }

    private static long Held()
    {
        // The tables of the language are loaded by a first list and belong to none.
        var first = NameMatcher.Compile(Listed.Take(1), []);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var matcher = NameMatcher.Compile(Listed, []);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(matcher);
        GC.KeepAlive(first);
        return after - before;
    }
}
