using Monitoring.Blocking;
using Monitoring.Blocking.Analysis;
using Monitoring.Network;

namespace Monitoring.Tests.Support;

/// <summary>Measurements as a test tells them: a good one, and what was otherwise. Each change is to the last hop.</summary>
internal static class Some
{
    public const string Address = "93.184.216.34";
    public const string Leaf = "leaf-1";

    public static readonly DateTimeOffset Time = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    /// <summary>A site that answers as it should, seen directly.</summary>
    public static Measurement Measurement(string url = "https://site.kz/") => new()
    {
        SiteId = "site-1",
        VantageId = "vantage-1",
        Started = Time,
        Milliseconds = 500,
        Hops = [Hop(url)],
    };

    public static HttpObservation Page(int status = 200, string? title = "Новости города и области", int length = 20_000, params string[] headers) => new(
        Failure: null,
        status,
        [.. headers.Prepend("Content-Type: text/html").Prepend("Content-Length: 1").Select(Header)],
        title,
        length,
        IsTruncated: false,
        "00",
        100,
        200);

    public static Measurement Http(this Measurement measurement, HttpObservation? page) => measurement.Change(hop => hop with { Http = page });

    public static Measurement HttpFails(this Measurement measurement, string failure) =>
        measurement.Http(new HttpObservation(failure, Status: null, [], Title: null, 0, IsTruncated: false, BodySha256: null, 0, 100));

    public static Measurement TlsFails(this Measurement measurement, string failure) => measurement.Http(null)
        .Change(hop => hop with { Tls = hop.Tls! with { Failure = failure, Chain = [] } });

    public static Measurement Certificate(this Measurement measurement, string fault, string leaf = "leaf-2") =>
        measurement.Change(hop => hop with { Tls = hop.Tls! with { CertificateFailure = fault, Chain = [Certificate(leaf)] } });

    public static Measurement TcpFails(this Measurement measurement, string failure, int? proxyStatus = null) => measurement.Http(null)
        .Change(hop => hop with { Tls = null, Tcp = [new TcpObservation(hop.Tcp[^1].Endpoint, failure, proxyStatus, 10)] });

    public static Measurement DnsFails(this Measurement measurement, string failure) => measurement.Http(null)
        .Change(hop => hop with { Dns = new DnsObservation("udp 192.0.2.1:53", [], [], failure, 10), Tcp = [], Tls = null });

    public static Measurement Bogon(this Measurement measurement, string address = "10.10.34.34") => measurement.Http(null)
        .Change(hop => hop with { Dns = new DnsObservation("udp 192.0.2.1:53", [address], [address], null, 10), Tcp = [], Tls = null });

    public static Measurement At(this Measurement measurement, params string[] addresses) => measurement.Change(hop => hop with
    {
        Dns = hop.Dns! with { Addresses = addresses },
        Tcp = [new TcpObservation($"{addresses[0]}:{hop.Url.Port}", null, null, 10)],
    });

    /// <summary>Through a proxy that resolves itself.</summary>
    public static Measurement Proxied(this Measurement measurement) => measurement.Change(hop => hop with
    {
        Dns = null,
        Tcp = [new TcpObservation($"{hop.Url.IdnHost}:{hop.Url.Port}", null, 200, 10)],
    });

    /// <summary>The last hop redirects, to a good one.</summary>
    public static Measurement RedirectsTo(this Measurement measurement, string url) => measurement.EndsIn(url) with
    {
        Hops = [.. measurement.EndsIn(url).Hops, Hop(url)],
    };

    /// <summary>The last hop redirects, and nobody goes there.</summary>
    public static Measurement EndsIn(this Measurement measurement, string url) => measurement.Http(Page(302, title: null, length: 0, $"Location: {url}"));

    public static Measurement AtFault(this Measurement measurement, string fault = "proxy: HTTP 407") => measurement.TcpFails(Failure.ConnectionRefused) with { VantageFailure = fault };

    public static Measurement FirstByte(this Measurement measurement, double milliseconds) => measurement.Change(hop => hop with { Http = hop.Http! with { FirstByteMilliseconds = milliseconds } });

    /// <summary>The page began to come and stopped.</summary>
    public static Measurement Stalls(this Measurement measurement, int bytes) => measurement.Http(Page(length: bytes) with { Failure = Failure.Timeout });

    public static Measurement SignedBy(this Measurement measurement, string issuer) =>
        measurement.Change(hop => hop with { Tls = hop.Tls! with { Chain = [hop.Tls.Chain[0] with { Issuer = issuer }] } });

    /// <summary>Asked otherwise, it was answered, or failed.</summary>
    public static Measurement Contrasted(this Measurement measurement, ContrastKind kind, string? failure = null) => measurement with
    {
        Contrasts = [.. measurement.Contrasts, new Contrast(kind, $"{Address}:443", "canary.example", failure is null ? null : Layer.Tls, failure, Status: null, 10)],
    };

    /// <summary>One vantage and its control, with the vantage's canary or none.</summary>
    public static Verdict Judge(Measurement vantage, Measurement control, Measurement? canary) =>
        BlockingAnalysis.Judge(new CheckFacts(vantage, control) { Canaries = canary is null ? [] : [canary] });

    public static CertificateFacts Certificate(string hash) => new(hash, "CN=site.kz", "CN=Authority", Time.AddDays(-10), Time.AddDays(10));

    private static Hop Hop(string url)
    {
        var at = new Uri(url);
        return new Hop(
            at,
            new DnsObservation("system", [Address], [], Failure: null, 5),
            [new TcpObservation($"{Address}:{at.Port}", Failure: null, ProxyStatus: null, 10)],
            at.Scheme == Uri.UriSchemeHttps ? new TlsObservation(at.IdnHost, Failure: null, CertificateFailure: null, [Certificate(Leaf)], 20) : null,
            Page());
    }

    private static Measurement Change(this Measurement measurement, Func<Hop, Hop> change) => measurement with { Hops = [.. measurement.Hops.SkipLast(1), change(measurement.Last)] };

    private static KeyValuePair<string, string> Header(string line) => KeyValuePair.Create(line.Split(": ", 2)[0], line.Split(": ", 2)[1]);
}
