using Monitoring.Alerts;
using Monitoring.Availability.Summaries;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Availability.Telling;

/// <summary>The check that something is told at.</summary>
/// <param name="IsHeld">See <see cref="AlertHold"/>.</param>
/// <param name="IsIntermittent">See <see cref="Flapping"/>.</param>
/// <param name="Summary">Of the site, where it is asked for.</param>
public sealed record TellingContext(Site Site, Vantage Vantage, IReadOnlyList<Recipient> Recipients, DateTimeOffset At, bool IsHeld, bool IsIntermittent, SiteSummary? Summary);

/// <summary>
/// Tells about an episode through its life: opened, changed, reminded of, closed. Every key derives from the episode, so telling again after a crash adds what is missing and nothing
/// else.
/// </summary>
public sealed class EpisodeAlerts(AlertRouter router, IncidentStore incidents)
{
    /// <param name="told">How it was told before.</param>
    /// <returns>How it is told now.</returns>
    public async Task<Told> TellAsync(EpisodeChange change, Episode episode, Told told, TellingContext context, CancellationToken cancellationToken)
    {
        switch (change)
        {
            case EpisodeChange.Closed when told is not Told.NotYet:
                await RouteAsync(EpisodeRecords.Closed(episode, context), told is Told.AtOnce, context, cancellationToken);
                return Told.NotYet;
            case EpisodeChange.Changed changed when told is not Told.NotYet:
                await RouteAsync(EpisodeRecords.Changed(episode, changed, context), told is Told.AtOnce && context is { IsHeld: false, IsIntermittent: false }, context, cancellationToken);
                return told;
            case EpisodeChange.Changed changed:
                return await OpenAsync(episode, changed.Checks, context, cancellationToken);
            case EpisodeChange.Opened opened:
                return await OpenAsync(episode, opened.Checks, context, cancellationToken);
            default:
                return Told.NotYet;
        }
    }

    /// <summary>At a check that changed nothing: tells what was held, and reminds of what was told at once.</summary>
    /// <param name="state">As it was before the check.</param>
    public async Task<(Told Told, int Reminders)> FollowAsync(Episode episode, VantageState state, TellingContext context, CancellationToken cancellationToken)
    {
        var due = Reminders.Due(context.At - episode.Opened);
        var isLate = state.Told is Told.NotYet || (state.Told is Told.Intermittent && !context.IsIntermittent);
        if (isLate && !context.IsHeld)
        {
            return (await OpenAsync(episode, state.Window.Count(outcome => outcome.Family is not null), context, cancellationToken), due);
        }

        if (state.Told is not Told.AtOnce || context.IsHeld || context.IsIntermittent || due <= state.Reminders)
        {
            return (state.Told, state.Reminders);
        }

        await RouteAsync(EpisodeRecords.Reminder(episode, due, context), atOnce: true, context, cancellationToken);
        return (Told.AtOnce, due);
    }

    /// <summary>Once, when a site begins to go to and fro.</summary>
    public Task TellIntermittentAsync(Flapping flapping, TellingContext context, CancellationToken cancellationToken) =>
        RouteAsync(EpisodeRecords.Intermittent(flapping, context), !context.IsHeld, context, cancellationToken);

    private async Task<Told> OpenAsync(Episode episode, int checks, TellingContext context, CancellationToken cancellationToken)
    {
        if (context.IsHeld)
        {
            return Told.NotYet;
        }

        var told = context.IsIntermittent ? Told.Intermittent : await JoinWaveAsync(episode, context, cancellationToken) ? Told.ByWave : Told.AtOnce;
        await RouteAsync(EpisodeRecords.Opened(episode, checks, context), told is Told.AtOnce, context, cancellationToken);
        return told;
    }

    private async Task<bool> JoinWaveAsync(Episode episode, TellingContext context, CancellationToken cancellationToken)
    {
        var member = new WaveMember(episode.SiteId, episode.Opened, episode.Grade is Blocking.Grade.Confirmed);
        var isDown = episode.Verdict.Reachability is Blocking.Reachability.Down;
        while (true)
        {
            var wave = await incidents.GetWaveAsync(SiteSummaries.NameOf(context.Vantage), episode.Verdict.Family ?? episode.Verdict.Class, isDown, cancellationToken);
            var (next, isToldByWave) = wave.Join(member, context.At);
            if (next == wave || await incidents.SaveAsync(next, cancellationToken) is SaveResult.Saved)
            {
                return isToldByWave;
            }
        }
    }

    private Task RouteAsync(AlertRecord record, bool atOnce, TellingContext context, CancellationToken cancellationToken) =>
        router.TellAsync(record with { MayBeImmediate = atOnce }, context.Recipients, cancellationToken);
}
