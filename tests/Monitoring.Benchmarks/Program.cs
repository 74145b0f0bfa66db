using System.Globalization;
using Monitoring.Benchmarks;
using Monitoring.Benchmarks.Availability;
using Monitoring.Benchmarks.Languages;
using Monitoring.Benchmarks.Names;
using Monitoring.Benchmarks.Polling;
using Monitoring.Benchmarks.Stories;
using Monitoring.Benchmarks.Violations;

// Benchmarks print what they measure beside its baseline or its limit. Nothing here is asserted by a test: machines differ.
return args switch
{
    ["insert"] => InsertBenchmark.Run(),
    ["names"] => NameScore.Run(),
    ["violations", var set] => ViolationScore.Run(set, showsMistakes: false),
    ["violations", var set, "mistakes"] => ViolationScore.Run(set, showsMistakes: true),
    ["understanding-speed"] => UnderstandingSpeed.Run(),
    ["name-speed"] => NameSpeed.Run(),
    ["language-tables", var texts] => LanguageTables.Run(texts),
    ["languages"] => LanguageScore.Run(),
    ["queries"] => QuerySpeed.Run(),
    ["fingerprints"] => FingerprintSpeed.Run(),
    ["stories"] => StoryScore.Run(),
    ["rules"] => RuleSpeed.Run(),
    ["mails"] => MailSpeed.Run(),
    ["dns"] => DnsSpeed.Run(),
    ["demo"] => await DemoBenchmark.RunAsync(),
    ["storage"] => await StorageBenchmark.RunAsync(),
    ["availability-page"] => await AvailabilityPageBenchmark.RunAsync(),
    ["idle"] => await IdleBenchmark.RunAsync(),
    ["feeds"] => FeedScore.Run(),
    ["feeds", var folder] => FeedScore.Run(folder),
    ["feed-speed"] => FeedSpeed.Run(),
    ["verdicts"] => VerdictSpeed.Run(),
    ["checks"] => await ChecksBenchmark.RunAsync(rounds: 2),
    ["loopback-program", var root, .. var rest] => await ChecksBenchmark.ServeAsync(root, rest),
    ["scenarios"] => ScenarioTable.Run(),
    ["noise"] => NoiseBenchmark.Run(),
    ["politeness"] => await PolitenessBenchmark.RunAsync(),
    ["fuzz"] => FeedFuzz.Run(50_000, seed: 20261123),
    ["fuzz", "--documents", var documents, "--seed", var seed] when int.TryParse(documents, out var count) && int.TryParse(seed, out var number) => FeedFuzz.Run(count, number),
    ["poll"] => await PollBenchmark.RunAsync(concurrency: 64),
    ["poll", "--concurrency", var most] when int.TryParse(most, out var concurrency) => await PollBenchmark.RunAsync(concurrency),
    ["first-load"] => await FirstLoadBenchmark.RunAsync(concurrency: 64),
    ["first-load", "--concurrency", var most] when int.TryParse(most, out var concurrency) => await FirstLoadBenchmark.RunAsync(concurrency),
    ["history"] => await HistoryBenchmark.RunAsync(concurrency: 64),
    ["serve-feeds", var items, var bytes] => await FeedServer.RunAsync(Number(items), Number(bytes)),
    ["poll-worker", var folder, var most] => await PollWorker.RunAsync(folder, Number(most)),
    [] => InsertBenchmark.Run() + FeedScore.Run() + FeedSpeed.Run() + await PolitenessBenchmark.RunAsync() + await DemoBenchmark.RunAsync() + await IdleBenchmark.RunAsync() + await StorageBenchmark.RunAsync(),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("Usage: Monitoring.Benchmarks [insert | queries | fingerprints | stories | rules | mails | violations tuning|kept-apart [mistakes] | understanding-speed | languages | dns | language-tables FOLDER | demo | availability-page | idle | storage | poll [--concurrency N] | first-load [--concurrency N] | history | feeds [folder] | feed-speed | politeness | scenarios | noise | verdicts | checks | fuzz --documents N --seed N]; without an argument all that need no other program and no million rows.");
    Console.Error.WriteLine(LanguageTables.Help);
    return 2;
}
