using Monitoring.Blocking;
using Monitoring.Blocking.Analysis;
using Monitoring.Evidence;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Availability;

/// <summary>
/// Stores what a check came to, in this order: evidence, fact, episode, alerts, state. Until the state is saved the next check takes the same step
/// again; an episode's identity and its alerts' keys are the same then, because its first check stands in the stored state. A next check that takes
/// another step first finishes the one that was cut off.
/// </summary>
public sealed class CheckRecording(
    CheckEvidence evidence, CheckHistory history, EpisodeStore episodes, VantageStateStore states, NeighbourhoodStore neighbourhoods, EpisodeAlerts alerts)
{
    /// <summary>Changes of mechanism may be many in a long episode; its row holds the first measurement and the last ones.</summary>
    private const int MaxEvidence = 50;

    public async Task RecordAsync(Site site, SiteCheck check, WatchlistSnapshot list, AvailabilityOptions options, CancellationToken cancellationToken)
    {
        var measurement = check.Probed.Measurement;
        var before = await states.GetAsync(site.Id, check.Vantage.Id, cancellationToken);
        var kept = await evidence.KeepAsync(check, before, cancellationToken);
        await history.AddAsync(site.Id, check.Vantage.Id, new CheckFact(measurement.Started, check.Verdict.Class, (int)measurement.Milliseconds), cancellationToken);

        var (open, recent) = await ResumeAsync(before, site, check.Vantage, list, cancellationToken);
        var family = open is null ? null : before.EpisodeFamily ?? open.Verdict.Family;
        var (window, change) = EpisodeRules.Step(recent, family, check.Verdict, check.Vantage.Via, measurement.Started, options);
        var episode = Apply(change, open, site, check, kept);
        if (change is not null)
        {
            await episodes.PutAsync(episode!, cancellationToken);
            await alerts.TellAsync(change, episode!, site, check.Vantage, list.Recipients, cancellationToken);
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

        // A lost race means that this site was checked twice at once; both checks stand in the history.
        await states.SaveAsync(after, cancellationToken);
    }

    /// <summary>The control's good pages are certainly the site's; what it learned stands on its state.</summary>
    private static PageProfile? Learn(PageProfile? known, SiteCheck check) =>
        check.Vantage.Via is VantageKind.Direct && check.Verdict.Reachability is Reachability.Reachable && check.Probed.Measurement.Last.Http is { Failure: null, Status: >= 200 and < 300 } page
            ? PageProfile.Learn(known, page)
            : known;

    /// <summary>
    /// The open episode and the outcomes that count. An opening or closing that stands in the episode and not in the state was cut off by a crash: it is
    /// told, which changes nothing if it was told already, and stands from now on.
    /// </summary>
    private async Task<(Episode? Open, IReadOnlyList<Outcome> Window)> ResumeAsync(
        VantageState before, Site site, Vantage vantage, WatchlistSnapshot list, CancellationToken cancellationToken)
    {
        var episode = before.EpisodeId is { } id
            ? await episodes.GetAsync(site.Id, id, cancellationToken)
            : await episodes.FindOpenAsync(site.Id, vantage.Id, cancellationToken);
        if (episode is { Closed: { } end })
        {
            await alerts.TellAsync(new EpisodeChange.Closed(end), episode, site, vantage, list.Recipients, cancellationToken);
            return (null, [.. before.Window.Where(outcome => outcome.At >= end)]);
        }

        if (episode is not null && before.EpisodeId is null)
        {
            var checks = before.Window.Count(outcome => outcome.At >= episode.Opened) + 1;
            await alerts.TellAsync(new EpisodeChange.Opened(episode.Opened, episode.Grade, checks), episode, site, vantage, list.Recipients, cancellationToken);
        }

        return (episode, before.Window);
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

/// <summary>
/// Which measurements are kept in full: every one whose verdict is not good or differs from the last, and one good one a day. Their pages are kept too,
/// unless the verdict is good.
/// </summary>
public sealed class CheckEvidence(MeasurementStore measurements, CaptureStore captures)
{
    /// <returns>The name of the kept measurement; null if only the fact is kept.</returns>
    public async Task<string?> KeepAsync(SiteCheck check, VantageState before, CancellationToken cancellationToken)
    {
        var measurement = check.Probed.Measurement;
        var isGood = check.Verdict.Reachability is Reachability.Reachable;
        var isSame = string.Equals(check.Verdict.Class, before.Verdict?.Class, StringComparison.Ordinal);
        if (isGood && isSame && string.Equals(before.GoodKeptOn, Keys.Day(measurement.Started), StringComparison.Ordinal))
        {
            return null;
        }

        if (!isGood)
        {
            foreach (var page in check.Probed.Pages)
            {
                await captures.AddAsync(measurement.SiteId, page, keepBody: true, cancellationToken);
            }
        }

        return await measurements.AddAsync(measurement, cancellationToken);
    }
}
