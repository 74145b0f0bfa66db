using Monitoring.App.Hosting;
using Monitoring.Availability;
using Monitoring.Feeds;

namespace Monitoring.App.Costs;

/// <summary>How often things come up in a day, as the settings say. Sources and sites are taken to have no rhythm of their own.</summary>
/// <param name="Knocks">Of each timer job, by its name: how often it knocks in a day.</param>
/// <param name="ShortestVisit">Least time between two visits of a source.</param>
/// <param name="QuietVisit">The longest, of a source that answers.</param>
/// <param name="Check">Time between two checks of a site.</param>
/// <param name="CanaryFresh">How long a canary stands for its vantage.</param>
internal sealed record CostRhythms(IReadOnlyDictionary<string, double> Knocks, TimeSpan ShortestVisit, TimeSpan QuietVisit, TimeSpan Check, TimeSpan CanaryFresh)
{
    public const string PollFeeds = nameof(KnockOptions.PollFeeds);
    public const string VisitPages = nameof(KnockOptions.VisitPages);
    public const string CheckSites = nameof(KnockOptions.CheckSites);

    /// <summary>A Monday; knocks may differ between the days of a week.</summary>
    private static readonly DateTime Week = new(2026, 11, 23, 0, 0, 0, DateTimeKind.Utc);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>From when a check of a site begins, which is a moment after a knock: the first knock after the interval begins the next one.</summary>
    public double ChecksOfSite => Day / FirstKnockAfter(Check, CheckSites);

    /// <summary>The like for a canary, which the first check asks for that finds it old.</summary>
    public double CanariesOfVantage => Day / FirstKnockAfter(CanaryFresh, CheckSites);

    /// <summary>The first check of an hour sums up what was before it.</summary>
    public double RollsOfSite => Math.Min(24, ChecksOfSite);

    public static CostRhythms Of(Settings settings)
    {
        var knocks = settings.Get<KnockOptions>();
        var names = typeof(KnockOptions).GetProperties().Where(property => property.PropertyType == typeof(string)).Select(property => property.Name);
        var feeds = settings.Get<FeedsOptions>();
        var availability = settings.Get<AvailabilityOptions>();
        return new CostRhythms(
            names.ToDictionary(name => name, name => knocks.Of(name).GetNextOccurrences(Week.AddTicks(-1), Week.AddDays(7)).Count() / 7.0, StringComparer.Ordinal),
            feeds.ShortestInterval,
            feeds.QuietInterval,
            availability.Interval,
            availability.CanaryFresh);
    }

    /// <summary>Fixed by the entries, or where the schedule settles: half the time between two items, within its limits.</summary>
    public TimeSpan VisitOf(CostPlan plan) =>
        plan.EveryMinutes > 0 ? TimeSpan.FromMinutes(plan.EveryMinutes)
        : plan.NewItems > 0 ? TimeSpan.FromTicks(Math.Clamp((Day / plan.NewItems / 2).Ticks, ShortestVisit.Ticks, QuietVisit.Ticks))
        : QuietVisit;

    /// <summary>Chance makes the interval up to a tenth longer, so the next knock is half a gap away.</summary>
    public double VisitsOfSource(CostPlan plan, string knock) => Day / (VisitOf(plan) * 1.05 + Gap(knock) / 2);

    /// <summary>Mean time between two knocks.</summary>
    public TimeSpan Gap(string knock) => Day / Knocks[knock];

    private TimeSpan FirstKnockAfter(TimeSpan interval, string knock) => Gap(knock) * (Math.Floor(interval / Gap(knock)) + 1);
}
