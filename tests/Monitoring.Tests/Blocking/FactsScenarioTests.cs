using Monitoring.Blocking;
using Monitoring.Blocking.Analysis;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking;

/// <summary>The scenarios of the facts on blocking (section 10) that one measurement and its control can decide, by their numbers there.</summary>
public sealed class FactsScenarioTests
{
    private const string Plain = "http://site.kz/";
    private const string Block = "https://blocked.isp.kz/";

    private static readonly Measurement Good = Some.Measurement();
    private static readonly Measurement GoodPlain = Some.Measurement(Plain);
    private static readonly Measurement Canary = Some.Measurement("https://canary.example/");
    private static readonly Measurement DeadCanary = Canary.TcpFails(Failure.Timeout);

    private static readonly TcpObservation Unreachable = new("[2001:4860::1]:443", Failure.NetworkUnreachable, ProxyStatus: null, 1);

    private static readonly Dictionary<string, (Measurement Vantage, Measurement Control, Measurement? Canary, string Expected)> Cases = new()
    {
        ["1 all good"] = (Good, Good, Canary, "reachable"),
        ["3 canary dead too"] = (Good.TlsFails(Failure.Timeout), Good, DeadCanary, "vantage_fault"),
        ["4 proxy provider down, 407"] = (Good.AtFault("proxy: HTTP 407"), Good, Canary.AtFault("proxy: HTTP 407"), "vantage_fault"),
        ["4 proxy provider down, 502 for every host"] = (Good.Proxied().TcpFails(Failure.HostUnreachable, 502), Good, Canary.Proxied().TcpFails(Failure.HostUnreachable, 502), "vantage_fault"),
        ["5 the proxy cannot reach this site only"] = (Good.Proxied().TcpFails(Failure.HostUnreachable, 503), Good, Canary, "blocked.tcp_unreachable"),
        ["6 site down for all"] = (Good.TcpFails(Failure.ConnectionRefused), Good.TcpFails(Failure.ConnectionRefused), Canary, "down_everywhere.tcp"),
        ["7 control refused by the site, 403"] = (Good, Good.Http(Some.Page(403, "Just a moment...", 300)), Canary, "reachable"),
        ["7 control refused by the site, time-out"] = (Good, Good.HttpFails(Failure.Timeout), Canary, "reachable"),
        ["8 silence after the ClientHello"] = (Good.TlsFails(Failure.Timeout), Good, Canary, "blocked.tls_timeout"),
        ["9 foreign authority, shared address"] = (Good.Certificate(Failure.SslUnknownAuthority), Good, Canary, "blocked.tls_mitm"),
        ["10 foreign authority, not in any list"] = (Good.Proxied().Certificate(Failure.SslUnknownAuthority), Good, Canary, "blocked.tls_mitm"),
        ["11 own certificate expired today"] = (Good.Certificate(Failure.SslInvalidCertificate), Good.Certificate(Failure.SslInvalidCertificate), Canary, "site_misconfigured"),
        ["12 one local issuer for all sites"] = (Good.Certificate(Failure.SslUnknownAuthority), Good, Canary.Certificate(Failure.SslUnknownAuthority), "vantage_fault.local_interception"),
        ["13 CDN rotates the address"] = (Good.At("104.16.1.1"), Good, Canary, "reachable"),
        ["15 private address in the country only"] = (Good.Bogon(), Good, Canary, "blocked.dns"),
        ["16 the owner publishes a private address"] = (Good.Bogon(), Good.Bogon(), Canary, "down_everywhere.dns"),
        ["19 302 to a block page on https with a valid certificate"] = (GoodPlain.RedirectsTo(Block), GoodPlain, Canary, "blocked.http_redirect"),
        ["20 302 to its own www host"] = (Good.RedirectsTo("https://www.site.kz/"), Good, Canary, "reachable"),
        ["20 302 to an app store, as the control"] = (GoodPlain.RedirectsTo("https://apps.example/"), GoodPlain.RedirectsTo("https://apps.example/"), Canary, "reachable"),
        ["21 451 from the network"] = (GoodPlain.Http(Some.Page(451, "Restricted", 300)), GoodPlain, Canary, "blocked.http_451"),
        ["22 451 from the site itself"] = (Good.Http(Some.Page(451, "Unavailable", 300)), Good, Canary, "refused_by_site.geo"),
        ["23 challenge over valid TLS, 403"] = (Good.Http(Some.Page(403, "Just a moment...", 300)), Good, Canary, "refused_by_site.challenge"),
        ["23 challenge over valid TLS, 503"] = (Good.Http(Some.Page(503, "Just a moment...", 300)), Good, Canary, "refused_by_site.challenge"),
        ["25 block page with the same status and Content-Length"] = (GoodPlain.Http(Some.Page(title: "Restricted", length: 300)), GoodPlain, Canary, "blocked.http_blockpage"),
        ["26 block page without title against a page without title"] =
            (GoodPlain.Http(Some.Page(title: null, length: 300)), GoodPlain.Http(Some.Page(title: null)), Canary, "blocked.http_blockpage"),
        ["27 redesign for everybody"] = (Good.Http(Some.Page(title: "Совсем другая страница")), Good.Http(Some.Page(title: "Совсем другая страница")), Canary, "reachable"),
        ["28 localised front page"] = (Good.Http(Some.Page(title: "Қала және облыс жаңалықтары", length: 18_000)), Good, Canary, "reachable"),
        ["29 breaking-news page three times larger"] = (Good.Http(Some.Page(length: 60_000)), Good, Canary, "reachable"),
        ["30 large page cut at both ends"] =
            (Good.Http(Some.Page(title: null, length: 524_288) with { IsTruncated = true }), Good.Http(Some.Page(title: null, length: 524_288) with { IsTruncated = true }), Canary, "reachable"),
        ["31 slow for everybody"] = (Good.FirstByte(8000), Good.FirstByte(7000), Canary, "degraded_everywhere"),
        ["41 IPv6 unreachable, IPv4 works"] = (Ipv6First(Good, failure: null), Good, Canary, "reachable"),
        ["41 IPv6 unreachable, IPv4 times out"] = (Ipv6Last(Good.TcpFails(Failure.Timeout)), Good, Canary, "blocked.tcp_timeout"),
        ["46 control failed and DNS failed"] = (Good.DnsFails(Failure.DnsNxdomain), Good.TcpFails(Failure.Timeout), Canary, "undecided"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_judged_as_the_facts_expect(string name)
    {
        var (vantage, control, canary, expected) = Cases[name];

        Assert.Equal(expected, Some.Judge(vantage, control, canary).Class);
    }

    [Fact]
    public void Scenario_8_silence_after_the_ClientHello_hangs_on_the_name() =>
        Is("blocked.tls_timeout confirmed bd-25", new CheckFacts(Good.TlsFails(Failure.Timeout).Contrasted(ContrastKind.NeutralServerName), Good) { Canaries = [Canary] });

    [Fact]
    public void Scenario_9_an_issuer_known_for_interception() => Is(
        "blocked.tls_mitm confirmed bd-8",
        new CheckFacts(Good.Certificate(Failure.SslUnknownAuthority).SignedBy("CN=Information Security Certification Authority, O=ISCA, C=KZ"), Good) { Canaries = [Canary] });

    [Fact]
    public void Scenario_10_an_unknown_issuer_that_three_sites_share() => Is(
        "blocked.tls_mitm likely bd-9",
        new CheckFacts(Good.Certificate(Failure.SslUnknownAuthority).SignedBy("CN=Somebody"), Good)
        {
            Canaries = [Canary],
            Neighbourhood = Neighbourhood.Empty with { Issuers = new Dictionary<string, int> { ["CN=Somebody"] = 2 } },
        });

    [Fact]
    public void Scenario_14_another_server_of_a_CDN_that_hangs_up_is_only_suspected() =>
        Is("blocked.dns suspected bd-13", new CheckFacts(Good.At("104.16.1.1").TlsFails(Failure.Eof), Good) { Canaries = [Canary] });

    [Fact]
    public void Scenario_24_a_small_page_of_the_site_s_own_servers() => Is(
        "refused_by_site.geo suspected bd-19",
        new CheckFacts(Good.Http(Some.Page(title: "Sorry", length: 900, headers: "Server: cdn")), Good.Http(Some.Page(headers: "Server: cdn"))) { Canaries = [Canary] });

    [Fact]
    public void Scenario_28_the_same_template_in_another_language() => Is(
        "reachable confirmed bd-2",
        new CheckFacts(
            Good.Http(Some.Page(title: "Қала және облыс жаңалықтары", length: 9_000) with { Structure = "00ff00ff00ff00ff" }),
            Good.Http(Some.Page() with { Structure = "00ff00ff00ff00fe" }))
        { Canaries = [Canary] });

    [Fact]
    public void Scenario_32_throttled_by_name() => Is(
        "throttled likely bd-30",
        new CheckFacts(Good, Good) { Canaries = [Canary], Handshakes = new HandshakeTimes([3900, 4000, 4100, 4200, 3800], [300, 310, 290], [200, 210, 190]) });

    [Fact]
    public void Scenario_33_a_page_that_freezes_three_times() => Is(
        "throttled.stall likely bd-29",
        new CheckFacts(
            Good.Stalls(20_000).Contrasted(ContrastKind.CanaryTransfer) with
            {
                Attempts = [new Attempt(Some.Time, Layer.Http, Failure.Timeout, 16_384), new Attempt(Some.Time, Layer.Http, Failure.Timeout, 24_000)],
            },
            Good)
        { Canaries = [Canary] });

    [Fact]
    public void Scenario_42_the_domain_expired_and_the_old_block_is_still_there()
    {
        var verdict = BlockingAnalysis.Judge(new CheckFacts(
            GoodPlain.At("95.56.234.1").Http(Some.Page(title: "Restricted", length: 300)),
            GoodPlain.Http(Some.Page(title: "site.kz: this domain is for sale", length: 3000)))
        { Canaries = [Canary] });

        Assert.Equal(("blocked.dns likely bd-15", Verdict.SiteGone), (BlockingAnalysisTests.Told(verdict), Assert.Single(verdict.Notes)));
    }

    [Fact]
    public void Scenario_47_a_wrong_clock()
    {
        var early = Some.Certificate("leaf") with { NotBefore = Some.Time.AddDays(1) };
        var canary = Canary.Certificate(Failure.SslInvalidCertificate);
        canary = canary with { Hops = [canary.Last with { Tls = canary.Last.Tls! with { Chain = [early] } }] };

        Is("vantage_fault.clock insufficient bd-1", new CheckFacts(Good.Certificate(Failure.SslInvalidCertificate), Good) { Canaries = [canary] });
    }

    private static void Is(string expected, CheckFacts facts) => Assert.Equal(expected, BlockingAnalysisTests.Told(BlockingAnalysis.Judge(facts)));

    private static Measurement Ipv6First(Measurement measurement, string? failure) =>
        measurement with { Hops = [measurement.Last with { Tcp = [Unreachable, measurement.Last.Tcp[^1] with { Failure = failure }] }] };

    private static Measurement Ipv6Last(Measurement measurement) => measurement with { Hops = [measurement.Last with { Tcp = [.. measurement.Last.Tcp, Unreachable] }] };
}
