using Monitoring.Network;

namespace Monitoring.Blocking.Probing;

/// <summary>Asks a resolver and notes the answer: which addresses, which of them are bogons, how long it took.</summary>
internal sealed class Lookup(IResolver resolver, AddressGuard guard, ProbeOptions options, TimeProvider time)
{
    public async Task<DnsObservation> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var answer = await AskAsync(host, cancellationToken);
        var addresses = answer.Addresses.Select(address => address.ToString()).Distinct(StringComparer.Ordinal).ToList();
        var bogons = answer.Addresses.Where(address => !guard.Allows(address)).Select(address => address.ToString()).Distinct(StringComparer.Ordinal).ToList();
        return new DnsObservation(resolver.Name, addresses, bogons, answer.Failure, time.GetElapsedTime(started).TotalMilliseconds);
    }

    private async Task<ResolverAnswer> AskAsync(string host, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.DnsTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await resolver.ResolveAsync(host, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ResolverAnswer.Failed(Failure.Timeout);
        }
    }
}
