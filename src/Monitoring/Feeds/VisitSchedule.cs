using System.Globalization;

namespace Monitoring.Feeds;

/// <param name="At">When.</param>
/// <param name="Why">For operators, e.g. <c>every 15 min</c>.</param>
public sealed record NextVisit(DateTimeOffset At, string Why);

/// <summary>
/// When a source is visited next, and why then. Pure. In this order: the server's Retry-After, if longer; after failures the usual interval doubled for
/// each, up to the longest; the feed's own wish (ttl), if longer; the usual interval, which nothing makes shorter. A tenth of chance spreads the visits.
/// </summary>
public static class VisitSchedule
{
    /// <param name="every">The entry's or the setting's interval.</param>
    /// <param name="failures">Visits in a row that brought no readable answer.</param>
    /// <param name="atLeast">The feed's own wish.</param>
    /// <param name="retryAfter">What the server asked for in its last answer.</param>
    /// <param name="chance">0 to 1.</param>
    public static NextVisit Next(DateTimeOffset now, TimeSpan every, int failures, TimeSpan? atLeast, TimeSpan? retryAfter, FeedsOptions options, double chance)
    {
        var (wait, why) = (every, $"every {Say(every)}");
        var longest = every > options.LongestInterval ? every : options.LongestInterval;
        if (failures > 0)
        {
            wait = Min(longest, every * Math.Pow(2, Math.Min(failures, 20)));
            why = string.Create(CultureInfo.InvariantCulture, $"failed {failures} times in a row: after {Say(wait)}");
        }
        else if (atLeast > wait)
        {
            wait = Min(longest, atLeast.Value);
            why = $"the feed asks for at least {Say(wait)}";
        }

        wait *= 1 + chance / 10;
        if (retryAfter > wait)
        {
            (wait, why) = (retryAfter.Value, $"the server asked to come back after {Say(retryAfter.Value)}");
        }

        return new NextVisit(now + wait, why);
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
