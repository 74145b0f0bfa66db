using System.Net;

namespace Monitoring.Network;

/// <param name="Addresses">In the order given; empty on failure.</param>
/// <param name="Failure">One of <see cref="Network.Failure"/>'s DNS names or <c>generic_timeout_error</c>; null on success.</param>
public sealed record ResolverAnswer(IReadOnlyList<IPAddress> Addresses, string? Failure)
{
    public static ResolverAnswer Failed(string failure) => new([], failure);
}

/// <summary>Turns a host name into addresses. It judges none of them: bogons are returned as they came.</summary>
public interface IResolver
{
    /// <summary>How reports call it: <c>system</c>, or <c>udp</c> with its address.</summary>
    string Name { get; }

    /// <param name="host">ASCII (IDN as punycode), or an IP literal, which is its own answer.</param>
    Task<ResolverAnswer> ResolveAsync(string host, CancellationToken cancellationToken);
}
