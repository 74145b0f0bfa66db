using System.Globalization;
using System.Text.Json;
using Monitoring.Blocking;
using Monitoring.Blocking.Analysis;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking;

/// <summary>What holds whatever was measured: 20,000 measurements made up of anything, nulls too.</summary>
public sealed class AnyMeasurementTests
{
    private const int Times = 20_000;
    private const int Seed = 20261122;

    private static readonly string?[] Failures =
    [
        null, null, null, Failure.Timeout, Failure.ConnectionReset, Failure.ConnectionRefused, Failure.Eof, Failure.HostUnreachable, Failure.DnsNxdomain, Failure.DnsServfail,
        Failure.SslFailedHandshake, "unknown_failure: IOException",
    ];

    [Fact]
    public void If_the_control_failed_nothing_is_blocked_but_a_name_that_it_knows_not_to_exist() => Repeat(made =>
    {
        var control = Failing(made);

        var verdict = Some.Judge(made.Measurement(), control, made.Chance(2) ? made.Measurement() : null);

        Assert.True(verdict.Reachability is not Reachability.Blocked || verdict.Rule == "bd-15", verdict.Rule);
    });

    [Fact]
    public void If_the_vantage_failed_it_is_at_fault() => Repeat(made =>
    {
        var verdict = Some.Judge(made.Measurement() with { VantageFailure = "proxy: HTTP 429" }, made.Measurement(), made.Chance(2) ? made.Measurement() : null);

        Assert.Equal("vantage_fault", verdict.Class);
    });

    [Fact]
    public void If_the_canary_failed_the_vantage_is_at_fault() => Repeat(made =>
    {
        var verdict = Some.Judge(made.Measurement(), made.Measurement(), Failing(made));

        Assert.True(verdict.IsVantageFault, verdict.Class);
    });

    [Fact]
    public void The_same_seen_on_both_sides_is_never_a_block() => Repeat(made =>
    {
        var measurement = made.Measurement();

        Assert.NotEqual(Reachability.Blocked, Some.Judge(measurement, measurement, canary: null).Reachability);
    });

    [Fact]
    public void Every_measurement_gets_a_known_verdict_with_a_rule_and_reasons() => Repeat(made =>
    {
        Verdict[] verdicts =
        [
            Some.Judge(made.Measurement(), made.Measurement(), made.Chance(2) ? made.Measurement() : null),
            BlockingAnalysis.JudgeControl(made.Measurement(), [.. Enumerable.Range(0, made.Next(4)).Select(_ => made.Measurement())]),
        ];

        Assert.All(verdicts, verdict =>
        {
            Assert.Matches("^(reachable|degraded_everywhere|throttled(\\.stall)?|vantage_fault(\\.[a-z_]+)?|undecided|refused_by_site\\.[a-z]+|site_misconfigured|page_changed|broken_redirect|down_everywhere\\.(dns|tcp|tls|http)|blocked\\.(dns|(tcp|tls|http)_[a-z0-9]+))$", verdict.Class);
            Assert.Matches("^bd-[0-9]+$", verdict.Rule);
            Assert.NotEmpty(verdict.Reasons);
            Assert.Equal(verdict.Reachability is Reachability.Unknown, verdict.Grade is Grade.Insufficient);
        });
    });

    [Fact]
    public void A_verdict_is_the_same_when_its_measurements_are_read_again() => Repeat(made =>
    {
        var (vantage, control) = (made.Measurement(), made.Measurement());

        var again = Some.Judge(Stored(vantage), Stored(control), canary: null);

        Assert.Equal(BlockingAnalysisTests.Told(Some.Judge(vantage, control, canary: null)), BlockingAnalysisTests.Told(again));
    }, Times / 10);

    private static void Repeat(Action<Made> check, int times = Times)
    {
        var made = new Made(new Random(Seed));
        for (var i = 0; i < times; i++)
        {
            try
            {
                check(made);
            }
            catch (Exception failure)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Case {i} of seed {Seed}: {failure.Message}\n{failure.StackTrace}\n{string.Join('\n', made.Last.Select(measurement => JsonSerializer.Serialize(measurement.Hops)))}"));
            }

            made.Last.Clear();
        }
    }

    private static Measurement Failing(Made made)
    {
        while (true)
        {
            var measurement = made.Measurement();
            if (measurement.Last.Failed is not null || measurement.Last.Http!.Status >= 500)
            {
                return measurement;
            }
        }
    }

    private static Measurement Stored(Measurement measurement) => JsonSerializer.Deserialize<Measurement>(JsonSerializer.Serialize(measurement))!;

    private sealed class Made(Random random)
    {
        private static readonly string[] Hosts = ["site.kz", "www.site.kz", "block.isp.kz", "site.example", "xn--80akpk1e.kz"];
        private static readonly int?[] Statuses = [200, 200, 200, 204, 301, 302, 308, 403, 404, 429, 451, 500, 503, null];
        private static readonly string?[] Titles = [null, "", "Новости города", "Restricted", "@untitled", "#seconds:x"];
        private static readonly string[] Addresses = [Some.Address, "95.56.234.1", "10.10.34.34", "2001:4860::1"];
        private static readonly string?[] CertificateFailures = [null, null, Failure.SslUnknownAuthority, Failure.SslInvalidHostname, Failure.SslInvalidCertificate];
        private static readonly string?[] VantageFailures = [null, null, null, null, "proxy: HTTP 407"];

        /// <summary>What the present case was made of.</summary>
        public List<Measurement> Last { get; } = [];

        public bool Chance(int of) => random.Next(of) == 0;

        public int Next(int max) => random.Next(max);

        public Measurement Measurement()
        {
            var measurement = Some.Measurement() with { Hops = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Hop())], VantageFailure = Of(VantageFailures) };
            Last.Add(measurement);
            return measurement;
        }

        private Hop Hop()
        {
            var url = new Uri($"{(Chance(2) ? "http" : "https")}://{Of(Hosts)}/");
            return new Hop(url, Chance(3) ? null : Dns(), Many(3, Tcp), Chance(3) ? null : Tls(url), Chance(6) ? null : Page());
        }

        private DnsObservation Dns()
        {
            var addresses = Many(3, () => Of(Addresses));
            return new DnsObservation("system", addresses, [.. addresses.Where(address => address.StartsWith("10.", StringComparison.Ordinal))], Of(Failures), 1);
        }

        private TcpObservation Tcp() => new(Of(Addresses), Of(Failures), Chance(2) ? null : 200 + 100 * random.Next(4), 1);

        private TlsObservation Tls(Uri url) => new(url.IdnHost, Of(Failures), Of(CertificateFailures), Many(2, () => Some.Certificate(Chance(2) ? Some.Leaf : "leaf-2")), 1);

        private HttpObservation Page() => Some.Page(200, Of(Titles), random.Next(3) * 10_000, Chance(2) ? "Server: nginx" : "X-Mark: 1") with { Failure = Of(Failures), Status = Of(Statuses), IsTruncated = Chance(5) };

        private T Of<T>(T[] values) => values[random.Next(values.Length)];

        private List<T> Many<T>(int max, Func<T> make) => [.. Enumerable.Range(0, random.Next(max + 1)).Select(_ => make())];
    }
}
