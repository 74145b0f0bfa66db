using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Monitoring.App.Hosting;

/// <summary>How the program reaches the network. Section <c>Network</c>.</summary>
internal sealed class NetworkOptions : IValidatableObject
{
    /// <summary>A DNS server, <c>address:port</c>, asked instead of the system's resolver. Empty: the system's.</summary>
    public string Resolver { get; set; } = "";

    public IPEndPoint? ResolverEndpoint => Resolver.Length == 0 ? null : IPEndPoint.Parse(Resolver);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Resolver.Length > 0 && !(IPEndPoint.TryParse(Resolver, out var endpoint) && endpoint.Port > 0))
        {
            yield return new ValidationResult("An IP address with a port, such as 192.0.2.1:53, is expected.", [nameof(Resolver)]);
        }
    }
}
