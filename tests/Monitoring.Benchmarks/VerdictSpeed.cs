using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Monitoring.Blocking;
using Monitoring.Blocking.Analysis;
using Monitoring.Network;

namespace Monitoring.Benchmarks;

/// <summary>Verdicts a second on one core: from facts in memory, and from stored measurements, beside reading those alone. Goal: 20,000 from stored facts.</summary>
internal static class VerdictSpeed
{
    private const int Rounds = 5;
    private const int Judged = 60_000;
    private const int Goal = 20_000;

    private static readonly Measurement Good = Measured(new HttpObservation(null, 200, Headers, "Новости города", 80_000, false, new string('a', 64), 120, 300) { Structure = "00ff00ff00ff00ff" });

    private static readonly Measurement[] Vantages =
    [
        Good,
        Good with { Hops = [Good.Last with { Dns = new DnsObservation("udp", ["10.10.34.34"], ["10.10.34.34"], null, 5), Tcp = [], Tls = null, Http = null }] },
        Good with
        {
            Hops = [Good.Last with { Tls = new TlsObservation("site.kz", Failure.Timeout, null, [], 10_000), Http = null }],
            Contrasts = [new Contrast(ContrastKind.NeutralServerName, "93.184.216.34:443", "canary.example", null, null, null, 40)],
        },
        Measured(new HttpObservation(null, 200, Headers, "Restricted", 300, false, new string('b', 64), 20, 30)),
    ];

    private static IReadOnlyList<KeyValuePair<string, string>> Headers => [.. "Content-Type Content-Length Server Date X-Site".Split(' ').Select(name => KeyValuePair.Create(name, "value"))];

    public static int Run()
    {
        var facts = Vantages.Select(vantage => new CheckFacts(vantage, Good) { Canaries = [Good] }).ToArray();
        var stored = Vantages.Select(vantage => JsonSerializer.SerializeToUtf8Bytes(vantage)).ToArray();
        var control = JsonSerializer.SerializeToUtf8Bytes(Good);

        Measure("facts in memory", i => BlockingAnalysis.Judge(facts[i % facts.Length]).Rule.Length);
        Measure("stored measurements, vantage and control", i => BlockingAnalysis.Judge(new CheckFacts(Read(stored[i % stored.Length]), Read(control)) { Canaries = [Good] }).Rule.Length);
        Measure("baseline: reading them alone", i => Read(stored[i % stored.Length]).Hops.Count + Read(control).Hops.Count);
        return 0;
    }

    private static Measurement Read(byte[] stored) => JsonSerializer.Deserialize<Measurement>(stored)!;

    private static Measurement Measured(HttpObservation page) => new()
    {
        SiteId = "site",
        VantageId = "vantage",
        Started = DateTimeOffset.UnixEpoch,
        Milliseconds = 500,
        Hops =
        [
            new Hop(
                new Uri("https://site.kz/"),
                new DnsObservation("system", ["93.184.216.34"], [], null, 5),
                [new TcpObservation("93.184.216.34:443", null, null, 30)],
                new TlsObservation("site.kz", null, null, [new CertificateFacts(new string('c', 64), "CN=site.kz", "CN=Authority", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)], 40),
                page),
        ],
    };

    private static void Measure(string name, Func<int, int> judge)
    {
        var rates = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            long seen = 0;
            for (var i = 0; i < Judged; i++)
            {
                seen += judge(i);
            }

            rates.Add(Judged / Stopwatch.GetElapsedTime(started).TotalSeconds);
            Debug.Assert(seen > 0);
        }

        // The first round warms up; the median of the others.
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-42} | {rates.Skip(1).Order().ElementAt(Rounds / 2),10:N0} a second | goal {Goal:N0}"));
    }
}
