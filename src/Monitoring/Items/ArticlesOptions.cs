using System.ComponentModel.DataAnnotations;

namespace Monitoring.Items;

/// <summary>Which articles are read on their own pages, and how long flagged ones are looked at again. Section <c>Articles</c>.</summary>
public sealed class ArticlesOptions
{
    /// <summary>An item with fewer characters of text than this is taken for a teaser, and its page is read. Teasers have up to about 500. Default 500; 0 reads no page.</summary>
    [Range(0, 100_000)]
    public int ShortText { get; set; } = 500;

    /// <summary>Articles of one source that are read in a UTC day; those beyond it keep the text that the source gives. Default 200.</summary>
    [Range(0, 100_000)]
    public int DailyLimit { get; set; } = 200;

    /// <summary>Of the items that stood in a source before it was first visited, so many of the newest are read. Default 10.</summary>
    [Range(0, 1000)]
    public int OfBaseline { get; set; } = 10;

    /// <summary>How long it is found out whether a flagged article was taken away: it is looked at after 1, 3, 7, 30 and 90 days, as far as this goes. Default 30 days; 0 never looks.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan LookedAtFor { get; set; } = TimeSpan.FromDays(30);
}
