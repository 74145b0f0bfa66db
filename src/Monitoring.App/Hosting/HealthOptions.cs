using System.ComponentModel.DataAnnotations;

namespace Monitoring.App.Hosting;

/// <summary>What <c>/readyz</c> calls ready, and who is told that all is well. Section <c>Health</c>.</summary>
internal sealed class HealthOptions : IValidatableObject
{
    /// <summary>Longest time for the store to answer. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan StorageWithin { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How old the last look for feeds that are due may be, if it succeeded. Default 30 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan PollWithin { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The same of the last look for sites. Default 30 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan CheckWithin { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long work that could be done may wait in a queue: looks alone visit nothing. Default 30 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan WorkWithin { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>An address outside that is asked for every five minutes while all jobs keep their promises; whoever runs it tells when that stops. Empty: none. A secret, as a rule.</summary>
    public Uri? HeartbeatUrl { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (HeartbeatUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
        {
            yield return new ValidationResult("An address https://… is expected.", [nameof(HeartbeatUrl)]);
        }
    }
}
