using System.Runtime.CompilerServices;
using Monitoring.Watchlist;

namespace Monitoring.Availability.Reports;

/// <param name="Vantages">The listed ones, the direct one first.</param>
public sealed record SiteReport(Site Site, IReadOnlyList<(Vantage Vantage, VantageReport Report)> Vantages);

/// <param name="Sha256">Of the document as it is stored; null if it is kept no more, or was not asked for.</param>
public sealed record EvidencePiece(string Name, string? Sha256);

/// <summary>Reads what availability reports are made of: the sums of days, episodes, kept measurements.</summary>
public sealed class AvailabilityReports(CheckDays days, EpisodeStore episodes, MeasurementStore measurements, AvailabilityOptions options)
{
    public async Task<SiteReport> GetAsync(Site site, IReadOnlyList<Vantage> vantages, ReportPeriod period, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var interval = site.Every ?? options.Interval;
        var seen = await episodes.ListAsync(site.Id, after: null, int.MaxValue, cancellationToken).Where(episode => episode.Closed is null || episode.Closed > period.Start).ToListAsync(cancellationToken);
        var reports = new List<(Vantage, VantageReport)>();
        foreach (var vantage in vantages.OrderBy(vantage => vantage.Via))
        {
            var totals = new CheckTotals();
            foreach (var day in await days.ListAsync(site.Id, vantage.Id, period, now, interval, cancellationToken))
            {
                totals.Add(day.Totals);
            }

            reports.Add((vantage, VantageReport.Of((site.Id, vantage.Id), period, now, totals, seen, interval)));
        }

        return new SiteReport(site, reports);
    }

    /// <summary>The measurements kept for an episode, each with the hash of its document.</summary>
    public async IAsyncEnumerable<EvidencePiece> EvidenceAsync(Episode episode, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var name in episode.Evidence)
        {
            yield return new EvidencePiece(name, await measurements.HashAsync(name, cancellationToken));
        }
    }
}
