using System.ComponentModel.DataAnnotations;

namespace Monitoring.Feeds;

/// <summary>When sources are visited. Section <c>Feeds</c>.</summary>
public sealed class FeedsOptions
{
    /// <summary>Time between the first visits of a source, unless its entry says otherwise; what its visits bring makes it shorter or longer. Default 15 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Shortest time between two visits of a source that brings much. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan ShortestInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest time between two visits of a source that answers and brings little. Default 12 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan QuietInterval { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Longest time between two visits, whatever fails: a source is never given up. Default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "7.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan LongestInterval { get; set; } = TimeSpan.FromDays(1);
}
