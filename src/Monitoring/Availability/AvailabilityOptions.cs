using System.ComponentModel.DataAnnotations;

namespace Monitoring.Availability;

/// <summary>When sites are checked and when people are told. Section <c>Availability</c>.</summary>
public sealed class AvailabilityOptions
{
    /// <summary>Time between two checks of a site, unless its entry says otherwise. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Checks in a row with the same kind of trouble that open an episode. Default 3; four of the last six (or as many as this, if it is more) open one too, and two confirmed ones. 1 tells of every hiccup.</summary>
    [Range(1, 6)]
    public int OpenAfter { get; set; } = 3;

    /// <summary>Good checks in a row that close an episode. Default 3.</summary>
    [Range(1, 6)]
    public int CloseAfter { get; set; } = 3;

    /// <summary>How long a vantage's canary stands for it. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan CanaryFresh { get; set; } = TimeSpan.FromSeconds(60);
}
