using Monitoring.Blocking;
using Monitoring.Watchlist;

namespace Monitoring.Availability;

/// <summary>What a check did to the episode of its site and vantage.</summary>
public abstract record EpisodeChange
{
    private EpisodeChange()
    {
    }

    /// <param name="Since">The first check of the run that opened it.</param>
    /// <param name="Checks">How many checks said so.</param>
    public sealed record Opened(DateTimeOffset Since, Grade Grade, int Checks) : EpisodeChange;

    /// <summary>Another mechanism than before, as steadily as an opening takes.</summary>
    public sealed record Changed(DateTimeOffset Since, Grade Grade, int Checks) : EpisodeChange;

    /// <param name="Since">The first good check of the run that closed it.</param>
    public sealed record Closed(DateTimeOffset Since) : EpisodeChange;
}

/// <summary>
/// Hysteresis, pure: one odd check is told to nobody. Trouble of one family opens an episode after OpenAfter checks in a row, or four of the last six (or
/// OpenAfter of them, if that is more), or two confirmed ones in a row; of pages put in the site's place, which win a race against the real one or lose it, three of five; CloseAfter good checks in a row close it. From a proxy only blocking counts, directly only being down: a site that is down
/// for everybody is one episode, not one for each vantage. Checks that tell nothing (a faulty vantage, a refusal) change nothing.
/// </summary>
public static class EpisodeRules
{
    private const int WindowLength = 6;
    private const int EnoughOfWindow = 4;
    private const int EnoughConfirmed = 2;
    private const int PageWindow = 5;
    private const int EnoughPages = 3;

    public static (IReadOnlyList<Outcome> Window, EpisodeChange? Change) Step(
        IReadOnlyList<Outcome> window, string? openFamily, Verdict verdict, VantageKind via, DateTimeOffset at, AvailabilityOptions options)
    {
        if (OutcomeOf(verdict, via, at) is not { } outcome)
        {
            return (window, null);
        }

        IReadOnlyList<Outcome> next = [.. window.TakeLast(WindowLength - 1), outcome];
        var change = outcome.Family is null ? Close(next, openFamily, options) : Open(next, openFamily, outcome.Family, options);

        // What was before a change counts for no other one. An episode made of an ended one would begin before its end, or be it again; and a mechanism
        // that another one has just replaced would be back after a single check.
        return (SinceOf(change) is { } since ? [.. next.Where(seen => seen.At >= since)] : next, change);
    }

    private static DateTimeOffset? SinceOf(EpisodeChange? change) => change switch
    {
        EpisodeChange.Opened opened => opened.Since,
        EpisodeChange.Changed changed => changed.Since,
        EpisodeChange.Closed closed => closed.Since,
        _ => null,
    };

    private static Outcome? OutcomeOf(Verdict verdict, VantageKind via, DateTimeOffset at) => (verdict.Reachability, via) switch
    {
        (Reachability.Reachable, _) => new Outcome(at, Family: null, verdict.Grade),
        (Reachability.Blocked, VantageKind.Proxy) or (Reachability.Down, VantageKind.Direct) => new Outcome(at, verdict.Family, verdict.Grade),
        _ => null,
    };

    private static EpisodeChange? Open(IReadOnlyList<Outcome> window, string? openFamily, string family, AvailabilityOptions options)
    {
        if (string.Equals(openFamily, family, StringComparison.Ordinal))
        {
            return null;
        }

        var run = window.Reverse().TakeWhile(outcome => outcome.Family == family).Reverse().ToList();
        var all = window.Where(outcome => outcome.Family == family).ToList();
        var isSure = run.Count >= options.OpenAfter || run.TakeLast(EnoughConfirmed).Count(outcome => outcome.Grade is Grade.Confirmed) == EnoughConfirmed;
        var pages = window.TakeLast(PageWindow).Where(outcome => outcome.Family == family).ToList();
        var counted = isSure ? run
            : all.Count >= Math.Max(EnoughOfWindow, options.OpenAfter) ? all
            : family == Verdict.PageFamily && pages.Count >= Math.Max(EnoughPages, options.OpenAfter) ? pages
            : [];
        if (counted.Count == 0)
        {
            return null;
        }

        // Repetition makes a suspicion likely; only an artefact confirms.
        var grade = counted.Exists(outcome => outcome.Grade is Grade.Confirmed) ? Grade.Confirmed : Grade.Likely;
        return openFamily is null ? new EpisodeChange.Opened(counted[0].At, grade, counted.Count) : new EpisodeChange.Changed(counted[0].At, grade, counted.Count);
    }

    private static EpisodeChange? Close(IReadOnlyList<Outcome> window, string? openFamily, AvailabilityOptions options)
    {
        var good = window.Reverse().TakeWhile(outcome => outcome.Family is null).Reverse().ToList();
        return openFamily is not null && good.Count >= options.CloseAfter ? new EpisodeChange.Closed(good[^options.CloseAfter].At) : null;
    }
}
