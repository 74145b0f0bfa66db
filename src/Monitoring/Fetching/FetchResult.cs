using Monitoring.Evidence;

namespace Monitoring.Fetching;

/// <param name="Url">Absolute, http or https.</param>
/// <param name="Accept">What we read, as an Accept header.</param>
/// <param name="Validators">Of the last answer; null asks unconditionally.</param>
public sealed record FetchRequest(Uri Url, string Accept, Validators? Validators)
{
    public FetchRoute Route { get; init; } = FetchRoute.Usual;
}

/// <summary>What a conditional request sends back, byte for byte.</summary>
/// <param name="Url">The address whose answer carried them, after redirects; they are sent to no other.</param>
public sealed record Validators(Uri Url, string? ETag, string? LastModified);

/// <summary>What a visit over the network came to. The failing world is data.</summary>
public abstract record FetchResult
{
    private FetchResult()
    {
    }

    /// <summary>A 2xx answer with its body.</summary>
    /// <param name="Exchange">As it went over the wire.</param>
    /// <param name="Content">The body with content codings undone.</param>
    public sealed record Fetched(HttpExchange Exchange, ReadOnlyMemory<byte> Content) : FetchResult;

    /// <summary>304 to a request with validators: they still hold.</summary>
    public sealed record NotModified(HttpExchange Exchange) : FetchResult;

    /// <summary>Any other status.</summary>
    /// <param name="RetryAfter">The Retry-After header, if there was one, from now.</param>
    public sealed record Refused(HttpExchange Exchange, TimeSpan? RetryAfter) : FetchResult;

    /// <summary>No usable answer.</summary>
    /// <param name="Failure">
    /// An OONI failure string, or <c>headers_too_large</c>, <c>body_too_large</c>, <c>body_undecodable</c>, <c>too_many_redirects</c>, <c>scheme_not_allowed</c>;
    /// after <c>proxy: </c> what is the proxy's fault.
    /// </param>
    public sealed record Failed(string Failure) : FetchResult;
}
