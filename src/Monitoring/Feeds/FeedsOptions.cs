using System.ComponentModel.DataAnnotations;

namespace Monitoring.Feeds;

/// <summary>When sources are visited. Section <c>Feeds</c>.</summary>
public sealed class FeedsOptions
{
    /// <summary>Time between two visits of a source, unless its entry says otherwise. Default 15 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Longest time between two visits, whatever fails: a source is never given up. Default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "7.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan LongestInterval { get; set; } = TimeSpan.FromDays(1);
}
