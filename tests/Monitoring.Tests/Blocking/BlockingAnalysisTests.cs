using Monitoring.Blocking;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking;

/// <summary>Every rule of the decision table: where it fires, and where it nearly does.</summary>
public sealed class BlockingAnalysisTests
{
    private const string Plain = "http://site.kz/";
    private const string Elsewhere = "95.56.234.1";

    private static readonly Measurement Good = Some.Measurement();
    private static readonly Measurement GoodPlain = Some.Measurement(Plain);
    private static readonly Measurement Canary = Some.Measurement("https://canary.example/");
    private static readonly HttpObservation BlockPage = Some.Page(title: "Restricted", length: 120);

    private static readonly Dictionary<string, (Measurement Vantage, Measurement Control, Measurement? Canary, string Expected)> Cases = new()
    {
        // bd-1: the vantage or its canary fails.
        ["the proxy turns us away"] = (Good.AtFault(), Good, null, "vantage_fault insufficient bd-1"),
        ["the proxy turns us away, and the site is down"] = (Good.AtFault(), Good.TcpFails(Failure.ConnectionRefused), null, "vantage_fault insufficient bd-1"),
        ["the canary cannot be reached"] = (Good.TlsFails(Failure.Timeout), Good, Canary.TlsFails(Failure.Timeout), "vantage_fault insufficient bd-1"),
        ["the canary cannot be reached, but the site can"] = (Good, Good, Canary.TcpFails(Failure.Timeout), "vantage_fault insufficient bd-1"),
        ["the canary answers 503"] = (GoodPlain.Http(BlockPage), GoodPlain, Canary.Http(Some.Page(503)), "vantage_fault insufficient bd-1"),
        ["the canary's proxy turned us away"] = (Good.TlsFails(Failure.Eof), Good, Canary.AtFault(), "vantage_fault insufficient bd-1"),
        ["somebody makes certificates for the canary too"] = (Good.Certificate(Failure.SslUnknownAuthority), Good, Canary.Certificate(Failure.SslUnknownAuthority), "vantage_fault.local_interception insufficient bd-1"),
        ["the canary answers 404, which is an answer"] = (Good, Good, Canary.Http(Some.Page(404)), "reachable confirmed bd-2"),

        // bd-4, 5: the control fails too.
        ["both time out in TLS"] = (Good.TlsFails(Failure.Timeout), Good.TlsFails(Failure.Timeout), Canary, "down_everywhere.tls likely bd-4"),
        ["both fail in TCP, each its own way"] = (Good.TcpFails(Failure.ConnectionReset), Good.TcpFails(Failure.Timeout), Canary, "down_everywhere.tcp likely bd-4"),
        ["both get a server error"] = (Good.Http(Some.Page(502)), Good.Http(Some.Page(500)), Canary, "down_everywhere.http likely bd-4"),
        ["a server error here, no answer there"] = (Good.Http(Some.Page(503)), Good.HttpFails(Failure.Timeout), Canary, "down_everywhere.http likely bd-4"),
        ["no name there, and the proxy cannot connect"] = (Good.Proxied().TcpFails(Failure.HostUnreachable, 502), Good.DnsFails(Failure.DnsNxdomain), Canary, "down_everywhere.dns likely bd-4"),
        ["reset after the hello here, no connection there"] = (Good.TlsFails(Failure.ConnectionReset), Good.TcpFails(Failure.Timeout), Canary, "undecided insufficient bd-5"),
        ["a bogon here, no connection there"] = (Good.Bogon(), Good.TcpFails(Failure.Timeout), Canary, "undecided insufficient bd-5"),
        ["a foreign certificate here, a server error there"] = (Good.Certificate(Failure.SslUnknownAuthority), Good.Http(Some.Page(503)), Canary, "undecided insufficient bd-5"),
        ["a page over plain HTTP here, no connection there"] = (GoodPlain.Http(BlockPage), GoodPlain.TcpFails(Failure.Timeout), Canary, "undecided insufficient bd-5"),
        ["led to another domain here, no connection there"] = (GoodPlain.RedirectsTo("https://other.kz/"), GoodPlain.TcpFails(Failure.Timeout), Canary, "undecided insufficient bd-5"),
        ["redirected without end here, no connection there"] = (Good.EndsIn("https://site.kz/"), Good.TcpFails(Failure.Timeout), Canary, "undecided insufficient bd-5"),
        ["the site itself over TLS here, no connection there"] = (Good, Good.TcpFails(Failure.Timeout), Canary, "reachable confirmed bd-2"),

        // bd-11, 12: DNS.
        ["only a bogon"] = (Good.Bogon(), Good, null, "blocked.dns confirmed bd-11"),
        ["the name does not exist"] = (Good.DnsFails(Failure.DnsNxdomain), Good, null, "blocked.dns likely bd-12"),
        ["the name has no address"] = (Good.DnsFails(Failure.DnsNoAnswer), Good, null, "blocked.dns likely bd-12"),
        ["the resolver refuses this name, not the canary's"] = (Good.DnsFails(Failure.DnsRefused), Good, Canary, "blocked.dns likely bd-12"),
        ["the resolver fails at this name, not at the canary's"] = (Good.DnsFails(Failure.DnsServfail), Good, Canary, "blocked.dns likely bd-12"),
        ["the resolver is silent at this name, not at the canary's"] = (Good.DnsFails(Failure.Timeout), Good, Canary, "blocked.dns suspected bd-12"),
        ["the resolver refuses, maybe everybody"] = (Good.DnsFails(Failure.DnsRefused), Good, null, "undecided insufficient bd-12"),
        ["the resolver is silent, maybe to everybody"] = (Good.DnsFails(Failure.Timeout), Good, null, "undecided insufficient bd-12"),
        ["no resolver listens there"] = (Good.DnsFails(Failure.ConnectionRefused), Good, null, "undecided insufficient bd-12"),

        // bd-22, 26, 28: the connection, the handshake, the request.
        ["TCP times out"] = (Good.TcpFails(Failure.Timeout), Good, Canary, "blocked.tcp_timeout suspected bd-22"),
        ["TCP is reset"] = (Good.TcpFails(Failure.ConnectionReset), Good, Canary, "blocked.tcp_reset suspected bd-22"),
        ["TCP is refused"] = (Good.TcpFails(Failure.ConnectionRefused), Good, Canary, "blocked.tcp_refused suspected bd-22"),
        ["the proxy cannot reach it"] = (Good.Proxied().TcpFails(Failure.HostUnreachable, 502), Good, Canary, "blocked.tcp_unreachable suspected bd-22"),
        ["the proxy ends instead of an answer"] = (Good.Proxied().TcpFails(Failure.Eof), Good, Canary, "blocked.tcp_eof suspected bd-22"),
        ["the connection fails in a way without a name"] = (Good.TcpFails("unknown_failure: SocketException"), Good, Canary, "blocked.tcp_failure suspected bd-22"),
        ["the proxy forbids the port"] = (GoodPlain.Proxied().TcpFails(Failure.ConnectionRefused, 403), GoodPlain, Canary, "undecided insufficient bd-22"),
        ["the handshake times out"] = (Good.TlsFails(Failure.Timeout), Good, Canary, "blocked.tls_timeout suspected bd-26"),
        ["the handshake is reset"] = (Good.TlsFails(Failure.ConnectionReset), Good, Canary, "blocked.tls_reset suspected bd-26"),
        ["the handshake ends"] = (Good.TlsFails(Failure.Eof), Good, Canary, "blocked.tls_eof suspected bd-26"),
        ["the handshake fails"] = (Good.TlsFails(Failure.SslFailedHandshake), Good, Canary, "blocked.tls_failure suspected bd-26"),
        ["the request times out"] = (GoodPlain.HttpFails(Failure.Timeout), GoodPlain, Canary, "blocked.http_timeout suspected bd-28"),
        ["the request is reset"] = (GoodPlain.HttpFails(Failure.ConnectionReset), GoodPlain, Canary, "blocked.http_reset suspected bd-28"),
        ["the request is aborted"] = (GoodPlain.HttpFails(Failure.ConnectionAborted), GoodPlain, Canary, "blocked.http_reset suspected bd-28"),
        ["the answer ends early"] = (GoodPlain.HttpFails(Failure.Eof), GoodPlain, Canary, "blocked.http_eof suspected bd-28"),
        ["the answer is no HTTP"] = (GoodPlain.HttpFails("unknown_failure: HttpRequestException"), GoodPlain, Canary, "blocked.http_failure suspected bd-28"),
        ["the site leads to its country's host, which fails, and the control never goes there"] =
            (Good.RedirectsTo("https://kz.site.kz/").TlsFails(Failure.Timeout), Good, Canary, "undecided insufficient bd-5"),
        ["the site leads to another domain over TLS, which fails"] = (Good.RedirectsTo("https://site.example/").TcpFails(Failure.Timeout), Good, Canary, "undecided insufficient bd-5"),
        ["somebody leads to a page that fails"] = (GoodPlain.RedirectsTo("http://block.isp.kz/").TcpFails(Failure.Timeout), GoodPlain, Canary, "blocked.http_redirect likely bd-16"),
        ["both go to www, where one fails"] = (Good.RedirectsTo("https://www.site.kz/").TlsFails(Failure.ConnectionReset), Good.RedirectsTo("https://www.site.kz/"), Canary, "blocked.tls_reset suspected bd-26"),

        // bd-7, 9, 13: certificates.
        ["an unknown authority at a shared address"] = (Good.Certificate(Failure.SslUnknownAuthority), Good, Canary, "blocked.tls_mitm likely bd-9"),
        ["another name's certificate at a shared address"] = (Good.Certificate(Failure.SslInvalidHostname), Good, Canary, "blocked.tls_mitm likely bd-9"),
        ["an unknown authority at another address"] = (Good.At(Elsewhere).Certificate(Failure.SslUnknownAuthority), Good, Canary, "blocked.dns likely bd-13"),
        ["another name's certificate at another address"] = (Good.At(Elsewhere).Certificate(Failure.SslInvalidHostname), Good, Canary, "blocked.dns likely bd-13"),
        ["an unknown authority, the proxy resolves"] = (Good.Proxied().Certificate(Failure.SslUnknownAuthority), Good, Canary, "blocked.tls_mitm likely bd-9"),
        ["both see the same wrong certificate"] = (Good.Certificate(Failure.SslUnknownAuthority), Good.Certificate(Failure.SslUnknownAuthority), Canary, "site_misconfigured confirmed bd-7"),
        ["both see wrong certificates, not the same"] = (Good.Certificate(Failure.SslInvalidHostname), Good.Certificate(Failure.SslInvalidCertificate, "leaf-3"), Canary, "undecided insufficient bd-7"),
        ["an old server of the site, certificate expired"] = (Good.At(Elsewhere).Certificate(Failure.SslInvalidCertificate), Good, Canary, "site_misconfigured suspected bd-7"),
        ["both see the wrong certificate of the bare name, then www is good"] =
            (Good.Certificate(Failure.SslInvalidHostname).RedirectsTo("https://www.site.kz/"), Good.Certificate(Failure.SslInvalidHostname).RedirectsTo("https://www.site.kz/"), Canary, "site_misconfigured confirmed bd-7"),
        ["a foreign certificate before the redirect, the last hop is good"] =
            (Good.Certificate(Failure.SslUnknownAuthority).RedirectsTo("https://www.site.kz/"), Good.RedirectsTo("https://www.site.kz/"), Canary, "blocked.tls_mitm likely bd-9"),
        ["a wrong certificate where the control never was"] = (GoodPlain.RedirectsTo("https://m.site.kz/").Certificate(Failure.SslInvalidHostname), GoodPlain, Canary, "undecided insufficient bd-5"),
        ["led to another domain with a wrong certificate"] = (GoodPlain.RedirectsTo("https://block.isp.kz/").Certificate(Failure.SslUnknownAuthority), GoodPlain, Canary, "blocked.http_redirect likely bd-16"),

        // bd-31, 16: redirects.
        ["redirected without end"] = (Good.EndsIn("https://site.kz/"), Good, Canary, "broken_redirect suspected bd-31"),
        ["both redirected without end"] = (Good.EndsIn("https://site.kz/"), Good.EndsIn("https://site.kz/"), Canary, "down_everywhere.http likely bd-31"),
        ["led to another domain"] = (GoodPlain.RedirectsTo("http://block.isp.kz/"), GoodPlain, Canary, "blocked.http_redirect likely bd-16"),
        ["led there by the site itself"] = (Good.RedirectsTo("https://site.example/"), Good, Canary, "page_changed suspected bd-16"),
        ["led there by whoever holds a foreign certificate"] = (Good.Certificate(Failure.SslUnknownAuthority).RedirectsTo("https://block.isp.kz/"), Good, Canary, "blocked.tls_mitm likely bd-9"),
        ["led to the same other domain as the control"] = (GoodPlain.RedirectsTo("https://site.example/"), GoodPlain.RedirectsTo("https://site.example/"), Canary, "reachable confirmed bd-2"),
        ["led within the domain"] = (GoodPlain.RedirectsTo("https://m.site.kz/"), GoodPlain.RedirectsTo("https://www.site.kz/"), Canary, "reachable confirmed bd-2"),
        ["only the control is led to another domain"] = (GoodPlain, GoodPlain.RedirectsTo("https://site.example/"), Canary, "reachable confirmed bd-2"),
        ["another owner under the same second level"] = (Some.Measurement("http://site.com.kz/").RedirectsTo("http://block.com.kz/"), Some.Measurement("http://site.com.kz/"), Canary, "blocked.http_redirect likely bd-16"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_rule_fires_where_it_should(string name)
    {
        var (vantage, control, canary, expected) = Cases[name];

        Assert.Equal(expected, Told(Some.Judge(vantage, control, canary)));
    }

    [Fact]
    public void The_reasons_say_what_was_seen_on_both_sides()
    {
        var verdict = Some.Judge(Good.TlsFails(Failure.Timeout), Good, Canary);

        Assert.Equal(("reason.verdict", "tls: generic_timeout_error", "HTTP 200"), Single(verdict));
    }

    [Fact]
    public void The_reasons_of_a_vantage_s_fault_name_it()
    {
        var verdict = Some.Judge(Good.AtFault("proxy: HTTP 407"), Good, Canary);

        Assert.Equal(("reason.vantage", "proxy: HTTP 407", null), Single(verdict));
    }

    [Fact]
    public void The_reasons_of_another_page_tell_both_pages()
    {
        var verdict = Some.Judge(GoodPlain.Http(Some.Page(title: null, length: 120)), GoodPlain, Canary);

        Assert.Equal(["120", "@untitled", "20000", "Новости города и области"], verdict.Reasons[0].Values);
    }

    [Fact]
    public void The_reasons_of_a_redirect_name_both_ends()
    {
        var verdict = Some.Judge(GoodPlain.RedirectsTo("http://block.isp.kz/"), GoodPlain, Canary);

        Assert.Equal(("reason.redirect", "block.isp.kz", "site.kz"), Single(verdict));
    }

    internal static string Told(Verdict verdict) => $"{verdict.Class} {verdict.Grade.ToString().ToLowerInvariant()} {verdict.Rule}";

    private static (string, string, string?) Single(Verdict verdict)
    {
        var reason = Assert.Single(verdict.Reasons);
        return (reason.Text, reason.Values[0], reason.Values.ElementAtOrDefault(1));
    }
}
