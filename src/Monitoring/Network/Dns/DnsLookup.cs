using System.Net;

namespace Monitoring.Network.Dns;

/// <summary>Asks for both kinds of address side by side, and says what the answers mean; how a question travels is the asker's.</summary>
internal static class DnsLookup
{
    /// <param name="ask">Must answer failures of the network, not throw them.</param>
    public static async Task<ResolverAnswer> ResolveAsync(string host, Func<string, DnsType, Task<ResolverAnswer>> ask)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return new ResolverAnswer([literal], Failure: null);
        }

        // A name that cannot exist is not asked for.
        return DnsName.ToAscii(host) is { } name
            ? await Task.WhenAll(ask(name, DnsType.A), ask(name, DnsType.Aaaa)) is [var ipv4, var ipv6] ? Merge(ipv4, ipv6) : throw new System.Diagnostics.UnreachableException()
            : ResolverAnswer.Failed(Failure.DnsNxdomain);
    }

    /// <summary>RCODEs as OONI names them.</summary>
    public static ResolverAnswer Judge(DnsMessage answer, int bytes)
    {
        var failure = answer.ResponseCode switch
        {
            0 when answer.Addresses.Count > 0 => null,
            0 => Failure.DnsNoAnswer,
            2 => Failure.DnsServfail,
            3 => Failure.DnsNxdomain,
            5 => Failure.DnsRefused,
            _ => Failure.DnsMisbehaving,
        };
        return new ResolverAnswer(failure is null ? answer.Addresses : [], failure) { CanonicalNames = answer.CanonicalNames, Bytes = bytes };
    }

    /// <summary>The answer of a stream's message, on which nobody else can write: one that does not fit the question is the server's fault.</summary>
    public static ResolverAnswer Judge(DnsMessage question, ReadOnlySpan<byte> bytes) => DnsMessage.Read(bytes) is { IsTruncated: false } answer && answer.Answers(question)
        ? Judge(answer, bytes.Length)
        : ResolverAnswer.Failed(Failure.DnsMisbehaving) with { Bytes = bytes.Length };

    private static ResolverAnswer Merge(ResolverAnswer ipv4, ResolverAnswer ipv6)
    {
        var addresses = ipv4.Addresses.Concat(ipv6.Addresses).ToList();

        // A name without IPv6 is the usual case: only the IPv4 answer says why there is nothing at all.
        return new ResolverAnswer(addresses, addresses.Count > 0 ? null : ipv4.Failure)
        {
            CanonicalNames = [.. ipv4.CanonicalNames.Union(ipv6.CanonicalNames, StringComparer.OrdinalIgnoreCase)],
            FurtherAnswers = [.. ipv4.FurtherAnswers, .. ipv6.FurtherAnswers],
            Bytes = ipv4.Bytes + ipv6.Bytes,
        };
    }
}
