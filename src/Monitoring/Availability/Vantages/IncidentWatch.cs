using Monitoring.Alerts;
using Monitoring.Availability.Telling;
using Monitoring.Watchlist;

namespace Monitoring.Availability.Vantages;

/// <summary>
/// Looks, before a check's verdicts are recorded, at what is amiss beyond the site: vantages at fault, countries cut off, waves whose mail is due. Tells first and notes after: a crash between
/// tells the same with the same keys again, because all of them derive from what was noted before.
/// </summary>
public sealed class IncidentWatch(IncidentStore incidents, AlertRouter router)
{
    /// <summary>A row of a wave is of no more use after that.</summary>
    private static readonly TimeSpan WaveKept = TimeSpan.FromDays(1);

    /// <param name="apart">Checks of a vantage nearer to each other count as one.</param>
    /// <returns>The countries cut off.</returns>
    public async Task<IReadOnlySet<string>> NoteAsync(IReadOnlyList<SiteCheck> checks, WatchlistSnapshot list, TimeSpan apart, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await incidents.ListAsync(cancellationToken);
        var steps = checks.Where(check => check.Vantage.Via is not VantageKind.Direct).Select(check => new Step(check, known.Vantages.GetValueOrDefault(check.Vantage.Id), now, apart)).ToList();
        var health = known.Vantages.Values.Where(before => !steps.Exists(step => step.Vantage.Id == before.VantageId)).Concat(steps.Select(step => step.After).OfType<VantageHealth>()).ToList();
        var cutOff = await NoteOutagesAsync(known, [.. health.Where(one => one.IsFaulty)], list, now, cancellationToken);
        foreach (var step in steps)
        {
            await NoteVantageAsync(step, step.Vantage.Country is { } country && cutOff.Contains(country), list, now, cancellationToken);
        }

        foreach (var gone in known.Vantages.Values.Where(health => list.Find<Vantage>(EntryKind.Vantage, health.VantageId) is null))
        {
            await incidents.RemoveAsync(gone, cancellationToken);
        }

        foreach (var wave in known.Waves)
        {
            await NoteWaveAsync(wave, list, now, cancellationToken);
        }

        return cutOff;
    }

    private async Task<HashSet<string>> NoteOutagesAsync(Incidents known, IReadOnlyList<VantageHealth> faulty, WatchlistSnapshot list, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var cutOff = new HashSet<string>(StringComparer.Ordinal);
        var byCountry = list.Vantages.Where(vantage => vantage.Via is not VantageKind.Direct).ToLookup(vantage => vantage.Country, StringComparer.Ordinal);
        foreach (var country in known.Outages.Keys.Union(byCountry.Select(group => group.Key).OfType<string>(), StringComparer.Ordinal))
        {
            var inCountry = byCountry[country].ToList();
            var before = known.Outages.GetValueOrDefault(country);
            var after = CountryOutage.Judge(before, country, inCountry, [.. faulty.Where(health => inCountry.Exists(vantage => vantage.Id == health.VantageId))]);
            if (before is null && after is not null)
            {
                await router.TellAsync(IncidentRecords.CutOff(after), list.Recipients, cancellationToken);
                await incidents.SaveAsync(after, cancellationToken);
            }
            else if (before is not null && after is null)
            {
                await router.TellAsync(IncidentRecords.Reconnected(before, now), list.Recipients, cancellationToken);
                await incidents.RemoveAsync(before, cancellationToken);
            }

            if (after is not null)
            {
                cutOff.Add(country);
            }
        }

        return cutOff;
    }

    /// <summary>A vantage of a country that is cut off is told by the country; if it is still faulty afterwards, by itself.</summary>
    private async Task NoteVantageAsync(Step step, bool isCutOff, WatchlistSnapshot list, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (before, after) = (step.Before, step.After);
        if (after is { IsFaulty: true, IsTold: false } && !isCutOff)
        {
            await router.TellAsync(IncidentRecords.Faulty(step.Vantage, after, step.Check.Verdict), list.Recipients, cancellationToken);
            after = after with { IsTold = true };
        }

        if (after is not null && after != before)
        {
            await incidents.SaveAsync(after, cancellationToken);
        }
        else if (after is null && before is not null)
        {
            if (before.IsTold)
            {
                await router.TellAsync(IncidentRecords.Works(step.Vantage, before, now), list.Recipients, cancellationToken);
            }

            await incidents.RemoveAsync(before, cancellationToken);
        }
    }

    private async Task NoteWaveAsync(Wave wave, WatchlistSnapshot list, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (wave.TellAt <= now)
        {
            var sites = wave.Members.Select(member => list.Find<Site>(EntryKind.Site, member.SiteId)).OfType<Site>().ToList();

            // Recipients choose by country: one mail to each, whichever of the sites' countries is theirs.
            foreach (var country in sites.Select(site => site.Country).Distinct(StringComparer.Ordinal))
            {
                await router.TellAsync(IncidentRecords.Of(wave, sites, country), list.Recipients, cancellationToken);
            }

            // A site that joins meanwhile changes the row; then the next check tells again what is told already, and settles it.
            await incidents.SaveAsync(wave with { TellAt = null }, cancellationToken);
        }
        else if (wave.TellAt is null && wave.Members[^1].Opened < now - WaveKept)
        {
            await incidents.RemoveAsync(wave, cancellationToken);
        }
    }

    private sealed class Step(SiteCheck check, VantageHealth? before, DateTimeOffset at, TimeSpan apart)
    {
        public SiteCheck Check => check;

        public Vantage Vantage => check.Vantage;

        public VantageHealth? Before => before;

        public VantageHealth? After { get; } = VantageHealth.Step(before, check.Vantage.Id, check.Verdict, at, apart);
    }
}
