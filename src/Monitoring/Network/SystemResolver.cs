using System.Net;
using System.Net.Sockets;

namespace Monitoring.Network;

/// <summary>The resolver of the operating system.</summary>
public sealed class SystemResolver : IResolver
{
    public string Name => "system";

    public async Task<ResolverAnswer> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return new ResolverAnswer([literal], Failure: null);
        }

        try
        {
            var addresses = await System.Net.Dns.GetHostAddressesAsync(host, AddressFamily.Unspecified, cancellationToken);
            return addresses.Length > 0 ? new ResolverAnswer(addresses, Failure: null) : ResolverAnswer.Failed(Failure.DnsNoAnswer);
        }
        catch (SocketException failure)
        {
            return ResolverAnswer.Failed(FailureClassifier.Classify(failure));
        }
        catch (ArgumentException)
        {
            // Longer than any name can be.
            return ResolverAnswer.Failed(Failure.DnsNxdomain);
        }
    }
}
