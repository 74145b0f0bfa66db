using Monitoring.Benchmarks;

// Benchmarks print what they measure beside its baseline or its limit. Nothing here is asserted by a test: machines differ.
return args switch
{
    ["insert"] => InsertBenchmark.Run(),
    ["demo"] => await DemoBenchmark.RunAsync(),
    ["storage"] => await StorageBenchmark.RunAsync(),
    ["idle"] => await IdleBenchmark.RunAsync(),
    ["feeds"] => FeedScore.Run(),
    ["feeds", var folder] => FeedScore.Run(folder),
    ["feed-speed"] => FeedSpeed.Run(),
    ["politeness"] => await PolitenessBenchmark.RunAsync(),
    ["fuzz"] => FeedFuzz.Run(50_000, seed: 20261123),
    ["fuzz", "--documents", var documents, "--seed", var seed] when int.TryParse(documents, out var count) && int.TryParse(seed, out var number) => FeedFuzz.Run(count, number),
    [] => InsertBenchmark.Run() + FeedScore.Run() + FeedSpeed.Run() + await PolitenessBenchmark.RunAsync() + await DemoBenchmark.RunAsync() + await IdleBenchmark.RunAsync() + await StorageBenchmark.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Monitoring.Benchmarks [insert | demo | idle | storage | feeds [folder] | feed-speed | politeness | fuzz --documents N --seed N]; all of them without an argument.");
    return 2;
}
