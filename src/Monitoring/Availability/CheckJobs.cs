using Monitoring.Alerts;
using Monitoring.Availability.Ooni;
using Monitoring.Availability.Vantages;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Availability;

/// <summary>Finds the sites that are due and enqueues their checks.</summary>
public sealed class DueSitesKnock(Roster roster, SiteStateStore states, DueWork due, WatchlistReader watchlist, TimeProvider time) : IKnock
{
    public string Name => "CheckSites";

    public async Task<JobResult> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var list = await watchlist.GetAsync(cancellationToken);
        await roster.UpdateAsync(states.Roster(), list.Version, list.Sites.Select(site => site.Id), now, cancellationToken);
        var enqueued = await due.EnqueueDueAsync(
            SiteStateStore.DueKind,
            CheckSiteJob.WorkKind,
            now,
            (id, at, until, token) => list.Find<Site>(EntryKind.Site, id) is null ? Task.FromResult<Claim>(new Claim.Retired()) : states.ClaimAsync(id, at, until, token),
            cancellationToken);
        return enqueued == 0 ? new JobResult.NothingDue() : new JobResult.Done($"{enqueued} sites are to be checked");
    }
}

/// <summary>What a check came to, recorded: incidents first, because they hold alerts; each vantage; what the certificate says.</summary>
public sealed class RoundRecording(IncidentWatch incidents, CheckRecording recording, AlertRouter router, AvailabilityOptions options)
{
    /// <param name="ooniAgrees">OONI calls the site likely blocked.</param>
    /// <returns>The state with the notice of the certificate that was told.</returns>
    public async Task<SiteState> RecordAsync(
        Site site, SiteState state, IReadOnlyList<SiteCheck> checks, WatchlistSnapshot list, bool ooniAgrees, CancellationToken cancellationToken)
    {
        if (checks is not [var control, ..])
        {
            return state;
        }

        var now = control.Probed.Measurement.Started;
        var cutOff = await incidents.NoteAsync(checks, list, options.CanaryFresh, now, cancellationToken);
        foreach (var check in checks)
        {
            await recording.RecordAsync(site, check, new CheckRound(list, options, cutOff, ooniAgrees), cancellationToken);
            Telemetry.Verdicts.Add(1, Telemetry.Tag(Telemetry.Verdict, check.Verdict.Class), Telemetry.Tag(Telemetry.Vantage, check.Vantage.Via.ToString().ToLowerInvariant()));
        }

        if (CertificateNotice.Of(control.Probed.Measurement, now) is not { } notice || notice.Name == state.Certificate)
        {
            return state;
        }

        await router.TellAsync(notice.Record(site, now), list.Recipients, cancellationToken);
        return state with { Certificate = notice.Name };
    }
}

/// <summary>One check of a site from all vantages; then the site's row with the next check, last.</summary>
public sealed class CheckSiteJob(
    WatchlistReader watchlist, SiteStateStore states, SiteMeasuring measuring, RoundRecording recording, DueIndex due, OoniAgreement ooni, AvailabilityOptions options, TimeProvider time) : IWorkJob
{
    public const string WorkKind = "check-site";

    public string Kind => WorkKind;

    public async Task<JobResult> RunAsync(string subject, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var list = await watchlist.GetAsync(cancellationToken);
        if (list.Find<Site>(EntryKind.Site, subject) is not { } site || await states.GetAsync(subject, cancellationToken) is not { } state || state.NextCheck > started)
        {
            return new JobResult.NothingDue();
        }

        var checks = await measuring.CheckAsync(site.Id, site.Url, list.Vantages, cancellationToken);
        var ooniAgrees = await ooni.IsLikelyAsync(site.Id, started, cancellationToken);
        state = await recording.RecordAsync(site, state, checks, list, ooniAgrees, cancellationToken);
        Telemetry.Checks.Add(1);

        // From the start, so that slow checks do not stretch the rhythm.
        var next = started + (site.Every ?? options.Interval) / (ooniAgrees ? 2 : 1);
        await due.PutAsync(SiteStateStore.DueKind, site.Id, next, cancellationToken);
        await states.SaveAsync(state with { NextCheck = next, QueuedUntil = null, LastCheck = started }, cancellationToken);
        return new JobResult.Done($"{checks.Count} vantages");
    }
}
