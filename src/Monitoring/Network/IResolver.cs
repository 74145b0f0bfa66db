using System.Net;

namespace Monitoring.Network;

/// <param name="Addresses">In the order given; empty on failure.</param>
/// <param name="Failure">One of <see cref="Network.Failure"/>'s names: a DNS name, or how the resolver could not be reached; null on success.</param>
public sealed record ResolverAnswer(IReadOnlyList<IPAddress> Addresses, string? Failure)
{
    /// <summary>The names that CNAME records led through to the addresses, in this order. Empty where the resolver does not tell.</summary>
    public IReadOnlyList<string> CanonicalNames { get; init; } = [];

    /// <summary>Other answers to the same question that came after the first one: a sign that somebody on the way answers too. Empty where nobody listened for them.</summary>
    public IReadOnlyList<ResolverAnswer> FurtherAnswers { get; init; } = [];

    /// <summary>Length of the answers' DNS messages together, in bytes; 0 where the resolver does not tell.</summary>
    public int Bytes { get; init; }

    public static ResolverAnswer Failed(string failure) => new([], failure);
}

/// <summary>Turns a host name into addresses. It judges none of them: bogons are returned as they came.</summary>
public interface IResolver
{
    /// <summary>How reports call it: <c>system</c>, <c>udp</c> with its address, or <c>doh</c> with its host.</summary>
    string Name { get; }

    /// <param name="host">ASCII (IDN as punycode), or an IP literal, which is its own answer.</param>
    Task<ResolverAnswer> ResolveAsync(string host, CancellationToken cancellationToken);
}
