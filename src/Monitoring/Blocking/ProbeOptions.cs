using System.ComponentModel.DataAnnotations;
using Monitoring.Network.Dns;

namespace Monitoring.Blocking;

/// <summary>The limits of one check. Section <c>Probes</c>.</summary>
public sealed class ProbeOptions : IValidatableObject
{
    private const string Least = "00:00:00.001";
    private const string Most = "00:02:00";

    /// <summary>Longest wait for a DNS answer. Default 4 s.</summary>
    [Range(typeof(TimeSpan), Least, Most, ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan DnsTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>Longest wait for a TCP connection to one address, or for a proxy's answer to CONNECT. Default 10 s.</summary>
    [Range(typeof(TimeSpan), Least, Most, ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan TcpTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for a TLS handshake. Default 10 s.</summary>
    [Range(typeof(TimeSpan), Least, Most, ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan TlsTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for a page, from the request to the end of its first 512 KiB. Default 20 s.</summary>
    [Range(typeof(TimeSpan), Least, Most, ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan HttpTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Further tries of a check that failed. Default 2.</summary>
    [Range(0, 2)]
    public int Retries { get; set; } = 2;

    /// <summary>The pause before the first further try; before the second it is four times as long. Default 5 s.</summary>
    [Range(typeof(TimeSpan), Least, "00:00:30", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time for one try of a site from one vantage, redirects included. Default 45 s.</summary>
    [Range(typeof(TimeSpan), Least, Most, ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan CheckTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Connections that one check may open from one vantage. Default 20.</summary>
    [Range(1, 20)]
    public int MaxConnections { get; set; } = 20;

    /// <summary>DNS servers that probes may ask beside a vantage's own, separated by spaces: <c>udp://address:port</c> or <c>https://host/path</c> (RFC 8484). Default: none.</summary>
    public string Resolvers { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        _ = NamedResolvers.Parse(Resolvers, out var wrong);
        if (wrong is not null)
        {
            yield return new ValidationResult($"'{wrong}' is no resolver: udp://192.0.2.1:53 or https://dns.example/dns-query is expected, several separated by spaces.", [nameof(Resolvers)]);
        }
    }
}
