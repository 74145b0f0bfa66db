using System.Net;

namespace Monitoring.Evidence;

/// <param name="Status">The redirect's status.</param>
/// <param name="Url">Where it was met.</param>
public sealed record RedirectHop(int Status, Uri Url);

/// <summary>One answered request with its redirects, as it went over the wire. Cookies and authorisation are not among the headers.</summary>
public sealed record HttpExchange
{
    public required Uri RequestUrl { get; init; }

    public required Uri FinalUrl { get; init; }

    public IReadOnlyList<RedirectHop> Redirects { get; init; } = [];

    public required int Status { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> RequestHeaders { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders { get; init; }

    /// <summary>The body as received, before any content coding was undone.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    public IPAddress? Peer { get; init; }

    /// <summary>SHA-256 of the server's certificate, lower-case hexadecimal; null without TLS.</summary>
    public string? TlsLeafSha256 { get; init; }

    /// <summary>UTC, when the request was sent.</summary>
    public required DateTimeOffset At { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>The header's value, several of one name joined by a comma; null if absent. Names compare without case (RFC 9110 section 5.1).</summary>
    public string? Header(string name)
    {
        var values = ResponseHeaders.Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).ToList();
        return values.Count == 0 ? null : string.Join(", ", values);
    }
}
