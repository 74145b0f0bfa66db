using Azure.Core.Pipeline;

namespace Monitoring.Storage.AzureStorage;

/// <summary>How often and how long a request is tried. The defaults suit a service in the same region.</summary>
public sealed class StorageClientOptions
{
    /// <summary>Attempts after the first. Default 3, Azure's own: with the delays below a storm of some 5 s is survived; jobs come again later. 0 gives up at once.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>Pause before the second attempt; doubled for each further one, with jitter. A longer Retry-After of the service wins. Default 0.8 s.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(0.8);

    /// <summary>Longest pause of our own making. Default 20 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait for bytes of one attempt; then it counts as failed, with unknown outcome. Default 30 s.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What carries the requests; null: sockets of this machine.</summary>
    public HttpPipelineTransport? Transport { get; init; }

    /// <summary>Makes the marks by which a write is known again after a lost answer; must not repeat. Null: random ones.</summary>
    public Func<string>? NextWriteId { get; init; }
}
