using Monitoring.Blocking;
using Monitoring.Blocking.Analysis;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking;

/// <summary>What makes a suspicion proof, and what takes it away: contrasts, other resolvers, other vantages, neighbours, times.</summary>
public sealed class ProofTests
{
    private const string Plain = "http://site.kz/";
    private const string Elsewhere = "95.56.234.1";

    private static readonly Measurement Good = Some.Measurement();
    private static readonly Measurement GoodPlain = Some.Measurement(Plain);
    private static readonly Measurement Canary = Some.Measurement("https://canary.example/");
    private static readonly Measurement Silent = Good.TlsFails(Failure.Timeout);
    private static readonly Measurement Refused = Good.Http(Some.Page(403, "Just a moment...", 300));

    private static readonly Dictionary<string, (CheckFacts Facts, string Expected)> Cases = new()
    {
        // bd-25, 26: the name of the site and the address of the site, apart.
        ["a harmless name is answered, the site's name nowhere"] =
            (Of(Silent.Contrasted(ContrastKind.NeutralServerName).Contrasted(ContrastKind.SameServerNameElsewhere, Failure.Timeout)), "blocked.tls_timeout confirmed bd-25"),
        ["a harmless name fails too"] = (Of(Silent.Contrasted(ContrastKind.NeutralServerName, Failure.Timeout)), "blocked.tls_timeout suspected bd-26"),
        ["another server of the site answers to its name"] =
            (Of(Silent.Contrasted(ContrastKind.NeutralServerName).Contrasted(ContrastKind.SameServerNameElsewhere)), "blocked.tls_timeout suspected bd-26"),
        ["a foreign server answers to a harmless name only"] = (Of(Good.At(Elsewhere).TlsFails(Failure.Eof).Contrasted(ContrastKind.NeutralServerName)), "blocked.tls_eof suspected bd-26"),
        ["a foreign server answers to a harmless name, the site's name fails at its own address too"] =
            (Of(Good.At(Elsewhere).TlsFails(Failure.Eof).Contrasted(ContrastKind.NeutralServerName).Contrasted(ContrastKind.SameServerNameElsewhere, Failure.Eof)), "blocked.tls_eof confirmed bd-25"),
        ["a foreign server fails whatever it is asked, the site's own too"] =
            (Of(Good.At(Elsewhere).TlsFails(Failure.Eof).Contrasted(ContrastKind.NeutralServerName, Failure.Eof).Contrasted(ContrastKind.SameServerNameElsewhere, Failure.Eof)), "blocked.dns suspected bd-13"),

        ["a foreign server fails, the site's own answers to its name"] =
            (Of(Good.At(Elsewhere).TlsFails(Failure.Eof).Contrasted(ContrastKind.NeutralServerName, Failure.Eof).Contrasted(ContrastKind.SameServerNameElsewhere)), "blocked.dns suspected bd-13"),

        // bd-13: it failed at an address that is not the site's.
        ["no connection to a foreign address"] = (Of(Good.At(Elsewhere).TcpFails(Failure.ConnectionRefused)), "blocked.dns suspected bd-13"),
        ["a reset handshake at a foreign address"] = (Of(Good.At(Elsewhere).TlsFails(Failure.ConnectionReset)), "blocked.dns suspected bd-13"),

        // bd-27, 28.
        ["a harmless host is answered at the same address"] = (Plainly(GoodPlain.HttpFails(Failure.ConnectionReset).Contrasted(ContrastKind.NeutralHost)), "blocked.http_reset confirmed bd-27"),
        ["a harmless host is reset too"] = (Plainly(GoodPlain.HttpFails(Failure.ConnectionReset).Contrasted(ContrastKind.NeutralHost, Failure.ConnectionReset)), "blocked.http_reset suspected bd-28"),

        // bd-29.
        ["the page freezes once"] = (Of(Good.Stalls(20_000)), "throttled.stall suspected bd-29"),
        ["the page ends before it began"] = (Of(Good.Stalls(0)), "blocked.http_timeout suspected bd-28"),
        ["a large page is too slow to the end"] = (Of(Good.Stalls(300_000)), "blocked.http_timeout suspected bd-28"),

        // bd-12: whose resolver.
        ["a public resolver is answered for too"] = (Of(Denied(Further("udp 9.9.9.9:53", Failure.DnsNxdomain))), "blocked.dns confirmed bd-12"),
        ["a public resolver is led to a private address"] = (Of(Denied(new DnsObservation("udp 9.9.9.9:53", ["10.1.1.1"], ["10.1.1.1"], null, 5))), "blocked.dns confirmed bd-12"),
        ["only the vantage's own resolver denies it"] = (Of(Denied(new DnsObservation("udp 9.9.9.9:53", [Some.Address], [], null, 5))), "blocked.dns likely bd-12"),
        ["a public resolver cannot be reached"] = (Of(Denied(Further("udp 9.9.9.9:53", Failure.Timeout))), "blocked.dns likely bd-12"),
        ["Android knows no data"] = (Of(Good.DnsFails(Failure.DnsAndroidNoData)), "blocked.dns likely bd-12"),

        // bd-15: a name that is only there.
        ["a page for a name that does not exist"] = (Of(GoodPlain, GoodPlain.DnsFails(Failure.DnsNxdomain)), "blocked.dns likely bd-15"),
        ["the site itself over TLS, whatever the control's resolver says"] = (Of(Good, Good.DnsFails(Failure.DnsNxdomain)), "reachable confirmed bd-2"),
        ["the control's resolver is out of order"] = (Of(GoodPlain, GoodPlain.DnsFails(Failure.DnsServfail)), "undecided insufficient bd-5"),

        // bd-6: a control that does not get the page.
        ["the control is refused, another vantage is not"] = (Of(Silent, Refused) with { Peers = [Good] }, "blocked.tls_timeout suspected bd-6"),
        ["the control is refused, and so is another vantage"] = (Of(Silent, Refused) with { Peers = [Refused] }, "blocked.tls_timeout suspected bd-26"),
        ["the control cannot connect, another vantage can"] = (Of(Silent, Good.TcpFails(Failure.Timeout)) with { Peers = [Good] }, "blocked.tls_timeout suspected bd-6"),
        ["no control at all, another vantage is well"] = (new CheckFacts(Silent, null) { Canaries = [Canary], Peers = [Good] }, "blocked.tls_timeout suspected bd-6"),
        ["no control at all, and no other vantage"] = (new CheckFacts(Silent, null) { Canaries = [Canary] }, "undecided insufficient bd-5"),
        ["no control at all, the site itself answers"] = (new CheckFacts(Good, null), "reachable confirmed bd-2"),

        // bd-8, 9: who signed.
        ["a forged certificate"] = (Of(Forged(exponent: 3, extensions: 0)), "blocked.tls_mitm confirmed bd-8"),
        ["exponent 3 alone proves nothing"] = (Of(Forged(exponent: 3, extensions: 7)), "blocked.tls_mitm likely bd-9"),
        ["an issuer known for interception, the control failed"] = (Of(Forged(3, 0), Good.TcpFails(Failure.Timeout)), "blocked.tls_mitm confirmed bd-8"),
        ["an issuer that many sites show"] = (Of(Forged(65_537, 7)) with { Neighbourhood = Neighbourhood.Empty with { Issuers = new Dictionary<string, int> { ["CN=Authority"] = 3 } } }, "blocked.tls_mitm confirmed bd-9"),

        // bd-16: the site's own redirect, and one that all sites suddenly have.
        ["many sites are led there over good certificates"] =
            (Of(Good.RedirectsTo("https://block.isp.kz/")) with { Neighbourhood = Neighbourhood.Empty with { RedirectHosts = new Dictionary<string, int> { ["block.isp.kz"] = 3 } } }, "blocked.http_redirect likely bd-16"),

        // bd-3, 30.
        ["slow there, fast directly"] = (Of(Good.FirstByte(9000)), "reachable confirmed bd-2"),
        ["slow handshakes everywhere"] = (Of(Good) with { Handshakes = new HandshakeTimes([4000, 4000, 4000, 4000, 4000], [300], [4000, 4000, 4000]) }, "reachable confirmed bd-2"),
        ["slow handshakes with the canary too"] = (Of(Good) with { Handshakes = new HandshakeTimes([4000, 4000, 4000, 4000, 4000], [3500], [200]) }, "reachable confirmed bd-2"),
        ["too few handshakes"] = (Of(Good) with { Handshakes = new HandshakeTimes([4000, 4000, 4000, 4000], [300], [200]) }, "reachable confirmed bd-2"),

        // bd-1: before and after.
        ["the canary is dead afterwards"] = (Of(Silent) with { Canaries = [Canary, Canary.TlsFails(Failure.Timeout)] }, "vantage_fault insufficient bd-1"),
        ["the vantage's clock is an hour wrong"] = (Of(Good) with { Canaries = [Canary.Http(Some.Page(headers: "Date: Sun, 22 Nov 2026 04:00:00 GMT"))] }, "vantage_fault.clock insufficient bd-1"),
        ["a cached canary tells an old time"] = (Of(Good) with { Canaries = [Canary.Http(Some.Page(headers: ["Date: Sun, 22 Nov 2026 01:00:00 GMT", "Age: 7200"]))] }, "reachable confirmed bd-2"),

        // bd-2: the profile knows titles that the control did not see today.
        ["a title that the site is known by"] =
            (Of(Good.Http(Some.Page(title: "Жаңалықтар", length: 900))) with { Profile = new PageProfile([], ["Жаңалықтар"], 900, 20_000) }, "reachable confirmed bd-2"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Proof_is_what_it_should_be(string name)
    {
        var (facts, expected) = Cases[name];

        Assert.Equal(expected, BlockingAnalysisTests.Told(BlockingAnalysis.Judge(facts)));
    }

    [Fact]
    public void Failed_tries_before_a_good_one_are_told()
    {
        var verdict = BlockingAnalysis.Judge(Of(Good with { Attempts = [new Attempt(Some.Time, Layer.Tcp, Failure.Timeout)] }));

        Assert.Equal(["reason.verdict", "reason.attempts"], verdict.Reasons.Select(reason => reason.Text));
    }

    [Fact]
    public void What_else_is_to_be_known_is_noted()
    {
        Assert.Equal([Verdict.ControlRefused], BlockingAnalysis.Judge(Of(Good, Refused)).Notes);
        Assert.Equal([Verdict.DnsTampered], BlockingAnalysis.Judge(Of(GoodPlain.At(Elsewhere), GoodPlain)).Notes);
        Assert.Equal([Verdict.SiteGone], BlockingAnalysis.Judge(Of(GoodPlain, GoodPlain.DnsFails(Failure.DnsNxdomain))).Notes);
    }

    private static CheckFacts Of(Measurement vantage, Measurement? control = null) => new(vantage, control ?? Good) { Canaries = [Canary] };

    private static CheckFacts Plainly(Measurement vantage) => Of(vantage, GoodPlain);

    private static Measurement Denied(DnsObservation further) => Good.DnsFails(Failure.DnsNxdomain) with { FurtherDns = [further] };

    private static DnsObservation Further(string resolver, string failure) => new(resolver, [], [], failure, 5);

    private static Measurement Forged(int exponent, int extensions)
    {
        var measurement = Good.Certificate(Failure.SslUnknownAuthority);
        var tls = measurement.Last.Tls!;
        return measurement with { Hops = [measurement.Last with { Tls = tls with { Chain = [tls.Chain[0] with { RsaExponent = exponent, Extensions = extensions }] } }] };
    }
}
