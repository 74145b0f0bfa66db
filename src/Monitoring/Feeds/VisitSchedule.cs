using System.Globalization;

namespace Monitoring.Feeds;

/// <param name="At">When.</param>
/// <param name="Why">For operators, e.g. <c>every 15 min, to begin with</c>.</param>
/// <param name="Interval">To be kept for the schedule of the visit after that.</param>
public sealed record NextVisit(DateTimeOffset At, string Why, TimeSpan Interval);

/// <summary>What is known after a visit.</summary>
public sealed record VisitFacts
{
    /// <summary>The entry's own time between visits; null lets the schedule find one.</summary>
    public TimeSpan? Fixed { get; init; }

    /// <summary>The time between visits so far; null: none was found yet.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>The share of the document's items that were known already, 0 to 1; 1 for a 304. Null: the first document, or none.</summary>
    public double? Known { get; init; }

    /// <summary>Usual time between two new items of the source; null: not known yet.</summary>
    public TimeSpan? UsualGap { get; init; }

    /// <summary>Visits in a row that brought no readable answer.</summary>
    public int Failures { get; init; }

    /// <summary>The same, soft ones counted half.</summary>
    public double Setback { get; init; }

    /// <summary>The server said that it is gone for good (410).</summary>
    public bool IsGone { get; init; }

    /// <summary>The feed's own wish (ttl, syn:updatePeriod).</summary>
    public TimeSpan? FeedAsks { get; init; }

    /// <summary>How long the server calls its answer fresh.</summary>
    public TimeSpan? FreshFor { get; init; }

    /// <summary>What the server asked for in its last answer.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>
/// When a source is visited next, and why then. Pure. The interval follows what visits bring: between a third and two thirds of a document's items should
/// be known already, as Media Cloud does it; fewer halve it, more make it a quarter longer. It stays between the shortest and the quiet interval, and at
/// most half the usual time between two items, so that a source with few items in a long document is not read twice a day. After failures it doubles for
/// each (soft ones count half) up to the longest. Then what was asked for, if longer: ttl, freshness, Retry-After. A tenth of chance spreads the visits.
/// </summary>
public static class VisitSchedule
{
    private const double FewKnown = 1 / 3.0;
    private const double ManyKnown = 2 / 3.0;

    /// <summary>The longest for a source whose habits are not known, in first intervals.</summary>
    private const int YoungAtMost = 4;

    /// <param name="chance">0 to 1.</param>
    public static NextVisit Next(DateTimeOffset now, VisitFacts facts, FeedsOptions options, double chance)
    {
        var (usual, whyUsual) = facts.Failures > 0 ? (facts.Fixed ?? facts.Interval ?? options.Interval, "") : Usual(facts, options);
        var (wait, why) = facts.Failures > 0 ? AfterFailure(facts, usual, options) : Asked(facts, usual, whyUsual, options);
        wait *= 1 + chance / 10;
        if (facts.RetryAfter > wait)
        {
            (wait, why) = (facts.RetryAfter.Value, $"the server asked to come back after {Say(facts.RetryAfter.Value)}");
        }

        return new NextVisit(now + wait, why, usual);
    }

    private static (TimeSpan Wait, string Why) Usual(VisitFacts facts, FeedsOptions options)
    {
        if (facts.Fixed is { } every)
        {
            return (every, $"every {Say(every)}, as its entry says");
        }

        var interval = facts.Interval ?? options.Interval;
        var (wait, why) = facts.Known switch
        {
            null => (interval, facts.Interval is null ? "to begin with" : "as before"),
            < FewKnown => (interval / 2, "most of its items were new"),
            > ManyKnown => (interval * 1.25, "nearly all of its items were known"),
            var known => (interval, string.Create(CultureInfo.InvariantCulture, $"{100 * known:0} % of its items were known")),
        };
        var least = Min(options.ShortestInterval, options.Interval);
        var (most, whyMost) = Most(facts, least, options);
        return wait >= most ? Every(most, whyMost) : wait <= least ? Every(least, "the shortest") : Every(wait, why);
    }

    private static (TimeSpan Most, string Why) Most(VisitFacts facts, TimeSpan least, FeedsOptions options)
    {
        if (facts.UsualGap is not { } gap)
        {
            return (Min(options.QuietInterval, options.Interval * YoungAtMost), "the longest until its habits are known");
        }

        return gap / 2 >= options.QuietInterval ? (options.QuietInterval, "it brings little")
            : (gap / 2 > least ? gap / 2 : least, "half the usual time between two of its items");
    }

    private static (TimeSpan Wait, string Why) Every(TimeSpan wait, string why) => (wait, $"every {Say(wait)}: {why}");

    private static (TimeSpan Wait, string Why) AfterFailure(VisitFacts facts, TimeSpan usual, FeedsOptions options)
    {
        var longest = usual > options.LongestInterval ? usual : options.LongestInterval;
        if (facts.IsGone)
        {
            return (longest, $"the server says that it is gone for good (410): looked at every {Say(longest)} only");
        }

        // Beyond twenty doublings every interval is the longest.
        var wait = Min(longest, usual * Math.Pow(2, Math.Min(facts.Setback, 20)));
        var failed = facts.Failures == 1 ? "failed once" : string.Create(CultureInfo.InvariantCulture, $"failed {facts.Failures} times in a row");
        return (wait, wait == longest ? $"{failed}: every {Say(wait)} only, but never given up" : $"{failed}: after {Say(wait)}");
    }

    private static (TimeSpan Wait, string Why) Asked(VisitFacts facts, TimeSpan usual, string why, FeedsOptions options)
    {
        var longest = usual > options.QuietInterval ? usual : options.QuietInterval;
        var (asked, who) = facts.FreshFor > (facts.FeedAsks ?? TimeSpan.Zero) ? (facts.FreshFor, "the server calls its answer fresh for") : (facts.FeedAsks, "the feed asks for at least");
        return asked > usual ? (Min(longest, asked.Value), $"{who} {Say(asked.Value)}") : (usual, why);
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static string Say(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.#} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} h"),
    };
}
