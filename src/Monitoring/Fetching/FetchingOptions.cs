using System.ComponentModel.DataAnnotations;

namespace Monitoring.Fetching;

/// <summary>How sources are fetched. Section <c>Fetching</c>.</summary>
public sealed class FetchingOptions
{
    /// <summary>A page or address where a server's owner learns who fetches; part of the User-Agent. Empty: the User-Agent names the program only.</summary>
    public string Contact { get; set; } = "";

    /// <summary>Least time between the starts of two visits to one host, unless the source says otherwise. Default 5 s; zero is impolite.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan HostInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time for a TCP connection. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:02:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time for a whole visit, redirects and body included. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest body as received, in bytes. Default 15 MiB; a longer one is refused, not cut.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 15 * 1024 * 1024;

    /// <summary>Longest body after decompression, in bytes. Default 32 MiB.</summary>
    [Range(1024, 512 * 1024 * 1024)]
    public int MaxInflatedBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Redirects followed in one visit. Default 10.</summary>
    [Range(0, 20)]
    public int MaxRedirects { get; set; } = 10;
}
