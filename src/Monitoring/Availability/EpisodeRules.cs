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

/// <summary>How many checks open and close an episode of a site.</summary>
/// <param name="OpenAfter">1 to 6.</param>
/// <param name="CloseAfter">1 to 6.</param>
public sealed record EpisodeThresholds(int OpenAfter, int CloseAfter)
{
    /// <summary>The site's own, else the setting's.</summary>
    public static EpisodeThresholds Of(Site site, AvailabilityOptions options) => new(site.OpenAfter ?? options.OpenAfter, site.CloseAfter ?? options.CloseAfter);
}

/// <summary>
/// Hysteresis, pure: one odd check is told to nobody. All its rules, with the names of their numbers:
/// <list type="table">
/// <item><term>what counts</term><description>from a proxy trouble that is not being down, directly only being down: a site that is down for everybody is one episode, not one
/// for each vantage; a check that tells nothing (a faulty vantage, a refusal) neither counts nor breaks a run</description></item>
/// <item><term>open, repeated</term><description>OpenAfter checks in a row of one family of mechanisms (3; the site's or the setting's)</description></item>
/// <item><term>open, mixed</term><description>4 of the last 6 of one family, or OpenAfter of them if that is more: what fails every other time never makes a run</description></item>
/// <item><term>open, pages</term><description>3 of the last 5, or OpenAfter of them if that is more, of pages put in the site's place, which win a race against the real one or lose it</description></item>
/// <item><term>open, confirmed</term><description>2 in a row of one family that are both confirmed, whatever OpenAfter is</description></item>
/// <item><term>change</term><description>another family, as steadily as an opening takes</description></item>
/// <item><term>close</term><description>CloseAfter good checks in a row (3; the site's or the setting's); of throttling at least 5: it comes and goes with the load</description></item>
/// <item><term>grade</term><description>confirmed if one of the checks counted was; otherwise likely, by repetition</description></item>
/// </list>
/// Why 3: of 230,400 checks a day, 2 % of which fail by chance, 1.8 runs of three are expected without further tries in a check; with them none.
/// </summary>
public static class EpisodeRules
{
    private const int WindowLength = 6;
    private const int EnoughOfWindow = 4;
    private const int EnoughConfirmed = 2;
    private const int PageWindow = 5;
    private const int EnoughPages = 3;
    private const int EnoughGoodAfterThrottling = 5;

    /// <param name="openFamily">The open episode's; null: none is open.</param>
    public static (IReadOnlyList<Outcome> Window, EpisodeChange? Change) Step(
        IReadOnlyList<Outcome> window, string? openFamily, Verdict verdict, VantageKind via, DateTimeOffset at, EpisodeThresholds thresholds)
    {
        if (OutcomeOf(verdict, via, at) is not { } outcome)
        {
            return (window, null);
        }

        IReadOnlyList<Outcome> next = [.. window.TakeLast(WindowLength - 1), outcome];
        var change = outcome.Family is null ? Close(next, openFamily, thresholds) : Open(next, openFamily, outcome.Family, thresholds);

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
        (Reachability.Down, VantageKind.Direct) => new Outcome(at, verdict.Family, verdict.Grade),
        (not Reachability.Down, not VantageKind.Direct) when verdict.Family is { } family => new Outcome(at, family, verdict.Grade),
        _ => null,
    };

    private static EpisodeChange? Open(IReadOnlyList<Outcome> window, string? openFamily, string family, EpisodeThresholds thresholds)
    {
        if (string.Equals(openFamily, family, StringComparison.Ordinal))
        {
            return null;
        }

        var run = window.Reverse().TakeWhile(outcome => outcome.Family == family).Reverse().ToList();
        var all = window.Where(outcome => outcome.Family == family).ToList();
        var isSure = run.Count >= thresholds.OpenAfter || run.TakeLast(EnoughConfirmed).Count(outcome => outcome.Grade is Grade.Confirmed) == EnoughConfirmed;
        var pages = window.TakeLast(PageWindow).Where(outcome => outcome.Family == family).ToList();
        var counted = isSure ? run
            : all.Count >= Math.Max(EnoughOfWindow, thresholds.OpenAfter) ? all
            : family == Verdict.PageFamily && pages.Count >= Math.Max(EnoughPages, thresholds.OpenAfter) ? pages
            : [];
        if (counted.Count == 0)
        {
            return null;
        }

        // Repetition makes a suspicion likely; only an artefact confirms.
        var grade = counted.Exists(outcome => outcome.Grade is Grade.Confirmed) ? Grade.Confirmed : Grade.Likely;
        return openFamily is null ? new EpisodeChange.Opened(counted[0].At, grade, counted.Count) : new EpisodeChange.Changed(counted[0].At, grade, counted.Count);
    }

    private static EpisodeChange? Close(IReadOnlyList<Outcome> window, string? openFamily, EpisodeThresholds thresholds)
    {
        var enough = openFamily == Verdict.Throttled ? Math.Max(thresholds.CloseAfter, EnoughGoodAfterThrottling) : thresholds.CloseAfter;
        var good = window.Reverse().TakeWhile(outcome => outcome.Family is null).Reverse().ToList();
        return openFamily is not null && good.Count >= enough ? new EpisodeChange.Closed(good[^enough].At) : null;
    }
}
