using System.ComponentModel.DataAnnotations;

namespace Monitoring.Items;

/// <summary>What counts as news. Section <c>Items</c>.</summary>
public sealed class ItemsOptions
{
    /// <summary>An item published longer than this before it was first seen is old news: review and digest, no immediate mail. Default 72 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan OldAfter { get; set; } = TimeSpan.FromHours(72);
}
