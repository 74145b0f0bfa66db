using System.Text.Json.Serialization;

namespace Monitoring.Blocking;

/// <summary>What was asked of a resolver and what it said. Records, never judges.</summary>
/// <param name="Resolver">Which one.</param>
/// <param name="Bogons">Those of <paramref name="Addresses"/> that are no public addresses; they are never dialled.</param>
/// <param name="Failure">An OONI failure string, or null.</param>
public sealed record DnsObservation(string Resolver, IReadOnlyList<string> Addresses, IReadOnlyList<string> Bogons, string? Failure, double Milliseconds);

/// <summary>One attempt to connect. Through a proxy, what the proxy said.</summary>
/// <param name="Endpoint">Address, or host name if the proxy resolves it, with the port.</param>
/// <param name="ProxyStatus">The proxy's answer to CONNECT; null without proxy or without answer.</param>
public sealed record TcpObservation(string Endpoint, string? Failure, int? ProxyStatus, double Milliseconds)
{
    internal bool IsIpv6Unreachable => Endpoint.StartsWith('[') && Failure is Network.Failure.HostUnreachable or Network.Failure.NetworkUnreachable;
}

/// <param name="Sha256">Of the DER bytes, lower-case hexadecimal.</param>
public sealed record CertificateFacts(string Sha256, string Subject, string Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter);

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
    public int Version { get; init; } = 1;

    public required string SiteId { get; init; }

    public required string VantageId { get; init; }

    /// <summary>The vantage's network, as the watch list calls it.</summary>
    public string? Network { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required double Milliseconds { get; init; }

    /// <summary>The site, then its redirects in order.</summary>
    public required IReadOnlyList<Hop> Hops { get; init; }

    /// <summary>The vantage itself did not work: the proxy cannot be reached or turns us away. Null if it does.</summary>
    public string? VantageFailure { get; init; }

    [JsonIgnore]
    public Hop Last => Hops[^1];
}
