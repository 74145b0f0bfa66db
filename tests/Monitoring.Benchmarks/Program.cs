using Monitoring.Benchmarks;

// Benchmarks print what they measure beside its baseline or its limit. Nothing here is asserted by a test: machines differ.
return args switch
{
    ["insert"] => InsertBenchmark.Run(),
    ["demo"] => await DemoBenchmark.RunAsync(),
    ["storage"] => await StorageBenchmark.RunAsync(),
    ["idle"] => await IdleBenchmark.RunAsync(),
    [] => InsertBenchmark.Run() + await DemoBenchmark.RunAsync() + await IdleBenchmark.RunAsync() + await StorageBenchmark.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Monitoring.Benchmarks [insert | demo | idle | storage]; all of them without an argument.");
    return 2;
}
