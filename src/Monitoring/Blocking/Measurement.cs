using System.Text.Json.Serialization;
using Monitoring.Blocking.Fingerprints;

namespace Monitoring.Blocking;

/// <summary>What was asked of a resolver and what it said. Records, never judges.</summary>
/// <param name="Resolver">Which one.</param>
/// <param name="Bogons">Those of <paramref name="Addresses"/> that are no public addresses; they are never dialled.</param>
/// <param name="Failure">An OONI failure string, or null.</param>
public sealed record DnsObservation(string Resolver, IReadOnlyList<string> Addresses, IReadOnlyList<string> Bogons, string? Failure, double Milliseconds)
{
    /// <summary>Known false answers among <see cref="Addresses"/>.</summary>
    public IReadOnlyList<FingerprintMatch> Fingerprints { get; init; } = [];
}

/// <summary>One attempt to connect. Through a proxy, what the proxy said.</summary>
/// <param name="Endpoint">Address, or host name if the proxy resolves it, with the port.</param>
/// <param name="ProxyStatus">The proxy's answer to CONNECT; null without proxy or without answer.</param>
public sealed record TcpObservation(string Endpoint, string? Failure, int? ProxyStatus, double Milliseconds)
{
    internal bool IsIpv6Unreachable => Endpoint.StartsWith('[') && Failure is Network.Failure.HostUnreachable or Network.Failure.NetworkUnreachable;
}

/// <param name="Sha256">Of the DER bytes, lower-case hexadecimal.</param>
public sealed record CertificateFacts(string Sha256, string Subject, string Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>The public exponent of an RSA key; null for other keys. 3 is a mark of forged certificates in Kazakhstan (IMC 2020, doi 10.1145/3419394.3423665).</summary>
    public int? RsaExponent { get; init; }

    /// <summary>How many extensions it has; null if not noted. Every certificate of a public authority has some.</summary>
    public int? Extensions { get; init; }
}

/// <summary>How much of a body had come, after content coding, and when, from the request.</summary>
public sealed record TransferMark(int Bytes, double Milliseconds);

/// <summary>A handshake that accepted any certificate and noted what was wrong with it.</summary>
/// <param name="Failure">Why there was no handshake; null if there was.</param>
/// <param name="CertificateFailure"><c>ssl_invalid_hostname</c>, <c>ssl_unknown_authority</c>, <c>ssl_invalid_certificate</c>, or null for a good one.</param>
/// <param name="Chain">As built from what was sent, the leaf first; with its root where that is known.</param>
public sealed record TlsObservation(string ServerName, string? Failure, string? CertificateFailure, IReadOnlyList<CertificateFacts> Chain, double Milliseconds);

/// <summary>One request and its answer.</summary>
/// <param name="Headers">Names and values as received, cookies left out.</param>
/// <param name="BodyLength">Bytes read, after content coding.</param>
/// <param name="IsTruncated">There was more than we read.</param>
/// <param name="BodySha256">Of the bytes read.</param>
public sealed record HttpObservation(
    string? Failure,
    int? Status,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    string? Title,
    int BodyLength,
    bool IsTruncated,
    string? BodySha256,
    double FirstByteMilliseconds,
    double Milliseconds)
{
    /// <summary>A body's way, at most every 16 KiB, ending with the last bytes that came. A transfer that stalls ends in a failure with its status, and here shows where.</summary>
    public IReadOnlyList<TransferMark> Marks { get; init; } = [];

    /// <summary>A 64-bit similarity hash (16 hexadecimal digits) of how the page is built: its elements, not its words; null without a page.</summary>
    public string? Structure { get; init; }

    /// <summary>Known marks of block pages in the body and the headers.</summary>
    public IReadOnlyList<FingerprintMatch> Fingerprints { get; init; } = [];

    public string? Header(string name) => Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
}

/// <summary>One step of the way to the page: the site itself, or what it redirected to.</summary>
public sealed record Hop(Uri Url, DnsObservation? Dns, IReadOnlyList<TcpObservation> Tcp, TlsObservation? Tls, HttpObservation? Http)
{
    /// <summary>The layer that failed and how; null if the hop was answered. A certificate that is wrong is not a failure of the hop.</summary>
    [JsonIgnore]
    public (Layer Layer, string Failure)? Failed => this switch
    {
        { Dns.Failure: { } dns } => (Layer.Dns, dns),
        { Dns: { } answer } when answer.Addresses.Count > 0 && answer.Addresses.Count == answer.Bogons.Count => (Layer.Dns, Network.Failure.DnsBogon),
        { Tcp: [.., { Failure: not null }] } => (Layer.Tcp, TcpFailure),
        { Tls.Failure: { } tls } => (Layer.Tls, tls),
        { Http.Failure: { } http } => (Layer.Http, http),
        { Http: not null } => null,
        // Nothing noted at all: time ran out before the name was resolved.
        { Dns: null, Tcp: [] } => (Layer.Dns, Network.Failure.Timeout),
        _ => (Layer.Http, Network.Failure.Timeout),
    };

    /// <summary>The failure of the last attempt; that IPv6 is unreachable counts only if nothing else was tried, because it is so on many networks (ooni/probe#2284).</summary>
    private string TcpFailure => (Tcp.LastOrDefault(attempt => !attempt.IsIpv6Unreachable) ?? Tcp[^1]).Failure!;
}

/// <summary>What is asked otherwise to see what a failure hangs on.</summary>
public enum ContrastKind
{
    /// <summary>A handshake at the same address with a harmless server name: answered, it shows that the name was the trigger.</summary>
    NeutralServerName,

    /// <summary>A handshake with the site's name at another address of it, which the control knows.</summary>
    SameServerNameElsewhere,

    /// <summary>A request at the same address for a harmless host.</summary>
    NeutralHost,

    /// <summary>A body of the canary as long as the one that stalled.</summary>
    CanaryTransfer,
}

/// <param name="Endpoint">Where it was asked.</param>
/// <param name="Name">The server name or host asked for.</param>
/// <param name="Failed">The layer that failed; null if it was answered, by whatever certificate or status.</param>
/// <param name="Failure">An OONI failure string, or null.</param>
public sealed record Contrast(ContrastKind Kind, string Endpoint, string Name, Layer? Failed, string? Failure, int? Status, double Milliseconds);

/// <summary>A try of the same check before the one that the measurement tells in full.</summary>
/// <param name="Failed">The layer that failed.</param>
/// <param name="Failure">An OONI failure string.</param>
/// <param name="Bytes">Of the body, when the transfer ended.</param>
public sealed record Attempt(DateTimeOffset At, Layer Failed, string Failure, int Bytes = 0);

/// <summary>How a vantage's connections are made, which bounds what it can tell.</summary>
public enum LineKind
{
    Direct,

    /// <summary>HTTP CONNECT: names and connections are the proxy's, told by its status.</summary>
    HttpProxy,

    /// <summary>SOCKS5 (RFC 1928), the proxy resolves.</summary>
    SocksRemoteDns,

    /// <summary>SOCKS5, we resolve.</summary>
    SocksLocalDns,
}

/// <summary>Where on the way something happened, from the name to the page.</summary>
public enum Layer
{
    Dns,
    Tcp,
    Tls,
    Http,
}

/// <summary>Everything one check of a site from one vantage saw: one JSON document, kept as evidence, from which every verdict can be computed again.</summary>
public sealed record Measurement
{
    public const int CurrentVersion = 2;

    /// <summary>1: no contrasts, attempts, further resolvers, marks, structure and fingerprints.</summary>
    public int Version { get; init; } = CurrentVersion;

    public required string SiteId { get; init; }

    public required string VantageId { get; init; }

    /// <summary>The vantage's network, as the watch list calls it.</summary>
    public string? Network { get; init; }

    /// <summary>The vantage's country, ISO 3166-1 alpha-2 in capitals; null if the watch list does not say.</summary>
    public string? Country { get; init; }

    public LineKind Line { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required double Milliseconds { get; init; }

    /// <summary>The site, then its redirects in order.</summary>
    public required IReadOnlyList<Hop> Hops { get; init; }

    /// <summary>What other resolvers said of the site's name, where they were asked.</summary>
    public IReadOnlyList<DnsObservation> FurtherDns { get; init; } = [];

    public IReadOnlyList<Contrast> Contrasts { get; init; } = [];

    /// <summary>Failed tries before the one told in <see cref="Hops"/>, oldest first.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    /// <summary>The vantage itself did not work: the proxy cannot be reached or turns us away. Null if it does.</summary>
    public string? VantageFailure { get; init; }

    [JsonIgnore]
    public Hop Last => Hops[^1];
}
