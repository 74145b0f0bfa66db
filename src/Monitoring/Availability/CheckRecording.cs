using Monitoring.Availability.Reports;
using Monitoring.Availability.Summaries;
using Monitoring.Availability.Telling;
using Monitoring.Blocking;
using Monitoring.Blocking.Analysis;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Availability;

/// <summary>What a check is recorded under.</summary>
/// <param name="CutOff">Countries with an outage: their sites' alerts are held.</param>
/// <param name="OoniAgrees">OONI calls the site likely blocked.</param>
public sealed record CheckRound(WatchlistSnapshot List, AvailabilityOptions Options, IReadOnlySet<string> CutOff, bool OoniAgrees);

/// <summary>
/// Stores what a check came to, in this order: evidence, the hours before, fact, episode, alerts, state. Until the state is saved the next check takes the same step
/// again; an episode's identity and its alerts' keys are the same then, because its first check stands in the stored state. A next check that takes
/// another step first finishes the one that was cut off.
/// </summary>
public sealed class CheckRecording(
    CheckEvidence evidence, CheckHistory history, CheckDays days, EpisodeStore episodes, VantageStateStore states, NeighbourhoodStore neighbourhoods, EpisodeAlerts alerts)
{
    /// <summary>Changes of mechanism may be many in a long episode; its row holds the first measurement and the last ones.</summary>
    private const int MaxEvidence = 50;

    public async Task RecordAsync(Site site, SiteCheck check, CheckRound round, CancellationToken cancellationToken)
    {
        var measurement = check.Probed.Measurement;
        var stored = await states.GetAsync(site.Id, check.Vantage.Id, cancellationToken);
        var kept = await evidence.KeepAsync(check, stored, cancellationToken);
        await RollAsync(stored, measurement.Started, site.Every ?? round.Options.Interval, cancellationToken);
        await history.AddAsync(site.Id, check.Vantage.Id, CheckFact.Of(measurement, check.Verdict), cancellationToken);

        var context = ContextOf(site, check, round);
        var (open, before) = await ResumeAsync(stored, context, cancellationToken);
        var family = open is null ? null : before.EpisodeFamily ?? open.Verdict.Family;
        var (window, change) = EpisodeRules.Step(before.Window, family, check.Verdict, check.Vantage.Via, measurement.Started, EpisodeThresholds.Of(site, round.Options));
        var episode = Apply(change, open, site, check, kept);
        if (change is not null)
        {
            await episodes.PutAsync(episode!, cancellationToken);
        }

        if (check.Verdict.Reachability is Reachability.Blocked && Sighting.Of(check.Facts) is [_, ..] sightings)
        {
            await neighbourhoods.AddAsync(check.Vantage.Id, site.Id, sightings, measurement.Started, cancellationToken);
        }

        var after = before with
        {
            Verdict = check.Verdict,
            LastCheck = measurement.Started,
            Milliseconds = measurement.Milliseconds,
            Window = window,
            Flapping = before.Flapping.Step(window, change, measurement.Started),
            EpisodeId = episode is { Closed: null } ? episode.Id : null,
            EpisodeFamily = change switch
            {
                null => family,
                EpisodeChange.Closed => null,
                _ => check.Verdict.Family,
            },
            Evidence = kept ?? before.Evidence,
            GoodKeptOn = kept is not null && check.Verdict.Reachability is Reachability.Reachable ? Keys.Day(measurement.Started) : before.GoodKeptOn,
            SiteHandshakes = HandshakeTimes.Add(before.SiteHandshakes, measurement),
            CanaryHandshakes = HandshakeTimes.Add(before.CanaryHandshakes, check.Facts.Canaries is [var canary, ..] ? canary : null),
            Profile = Learn(before.Profile, check),
        };
        after = await TellAsync(before, after, episode, change, context, round, cancellationToken);

        // A lost race means that this site was checked twice at once; both checks stand in the history.
        await states.SaveAsync(after, cancellationToken);
    }

    /// <summary>The first check of an hour sums up the hours before it. A crash before the state is saved does it again, which changes nothing.</summary>
    private async Task RollAsync(VantageState stored, DateTimeOffset started, TimeSpan interval, CancellationToken cancellationToken)
    {
        if (stored.LastCheck is { } last && last < started && Keys.Hour(last) != Keys.Hour(started))
        {
            await days.RollAsync(stored.SiteId, stored.VantageId, last, started, interval, cancellationToken);
        }
    }

    /// <summary>The control's good pages are certainly the site's; what it learned stands on its state.</summary>
    private static PageProfile? Learn(PageProfile? known, SiteCheck check) =>
        check.Vantage.Via is VantageKind.Direct && check.Verdict.Reachability is Reachability.Reachable && check.Probed.Measurement.Last.Http is { Failure: null, Status: >= 200 and < 300 } page
            ? PageProfile.Learn(known, page)
            : known;

    private static TellingContext ContextOf(Site site, SiteCheck check, CheckRound round)
    {
        var at = check.Probed.Measurement.Started;
        return new TellingContext(site, check.Vantage, round.List.Recipients, at, AlertHold.Holds(site, check.Vantage, at, round.CutOff), IsIntermittent: false, Summary: null);
    }

    /// <returns>The state with how its episode is told.</returns>
    private async Task<VantageState> TellAsync(
        VantageState before, VantageState after, Episode? episode, EpisodeChange? change, TellingContext context, CheckRound round, CancellationToken cancellationToken)
    {
        context = context with { IsIntermittent = after.Flapping.IsIntermittent };
        if (after.Flapping.IsIntermittent && !before.Flapping.IsIntermittent)
        {
            await alerts.TellIntermittentAsync(after.Flapping, context, cancellationToken);
        }

        if (episode is null)
        {
            return after with { Told = Told.NotYet, Reminders = 0 };
        }

        if (change is EpisodeChange.Opened or EpisodeChange.Changed || (change is null && before.Told is Told.NotYet or Told.Intermittent))
        {
            context = context with { Summary = await SummaryAsync(after, context.Site, round, cancellationToken) };
        }

        if (change is null)
        {
            var (told, reminders) = await alerts.FollowAsync(episode, before, context, cancellationToken);
            return after with { Told = told, Reminders = reminders };
        }

        return after with { Told = await alerts.TellAsync(change, episode, before.Told, context, cancellationToken), Reminders = change is EpisodeChange.Changed ? before.Reminders : 0 };
    }

    private async Task<SiteSummary> SummaryAsync(VantageState after, Site site, CheckRound round, CancellationToken cancellationToken)
    {
        var others = (await states.ListAsync(site.Id, cancellationToken)).Where(state => state.VantageId != after.VantageId);
        return SiteSummaries.Of(site, round.List.Vantages, [.. others, after], site.Every ?? round.Options.Interval, after.LastCheck!.Value, round.OoniAgrees);
    }

    /// <summary>
    /// The open episode and the state from which the rules go on. An opening or closing that stands in the episode and not in the state was cut off by a crash: it is
    /// told, which changes nothing if it was told already, and stands from now on.
    /// </summary>
    private async Task<(Episode? Open, VantageState State)> ResumeAsync(VantageState stored, TellingContext context, CancellationToken cancellationToken)
    {
        var episode = stored.EpisodeId is { } id
            ? await episodes.GetAsync(stored.SiteId, id, cancellationToken)
            : await episodes.FindOpenAsync(stored.SiteId, stored.VantageId, cancellationToken);
        context = context with { IsIntermittent = stored.Flapping.IsIntermittent };
        if (episode is { Closed: { } end })
        {
            await alerts.TellAsync(new EpisodeChange.Closed(end), episode, stored.Told, context, cancellationToken);
            return (null, stored with { EpisodeId = null, Told = Told.NotYet, Window = [.. stored.Window.Where(outcome => outcome.At >= end)] });
        }

        if (episode is not null && stored.EpisodeId is null)
        {
            var checks = stored.Window.Count(outcome => outcome.At >= episode.Opened) + 1;
            var told = await alerts.TellAsync(new EpisodeChange.Opened(episode.Opened, episode.Grade, checks), episode, Told.NotYet, context, cancellationToken);
            return (episode, stored with { Told = told });
        }

        return (episode, stored);
    }

    private static Episode? Apply(EpisodeChange? change, Episode? open, Site site, SiteCheck check, string? kept)
    {
        IReadOnlyList<string> seen = kept is null ? [] : [kept];
        return change switch
        {
            EpisodeChange.Opened opened => new Episode
            {
                SiteId = site.Id,
                VantageId = check.Vantage.Id,
                Opened = opened.Since,
                Verdict = check.Verdict,
                Grade = opened.Grade,
                Evidence = seen,
            },
            EpisodeChange.Changed changed => open! with { Verdict = check.Verdict, Grade = changed.Grade, Evidence = Add(open.Evidence, seen) },
            EpisodeChange.Closed closed => open! with { Closed = closed.Since, Evidence = Add(open.Evidence, seen) },
            _ => open,
        };
    }

    private static IReadOnlyList<string> Add(IReadOnlyList<string> evidence, IReadOnlyList<string> seen) =>
        evidence.Count + seen.Count <= MaxEvidence ? [.. evidence, .. seen] : [evidence[0], .. evidence.Skip(2), .. seen];
}
