using System.Globalization;
using System.Text;
using Monitoring.Availability.Reports;
using Monitoring.Watchlist;

namespace Monitoring.App.Web.Reports;

/// <summary>A report as CSV (RFC 4180, UTF-8): a record for each site and vantage, times in UTC, shares from 0 to 1, percentiles in milliseconds.</summary>
internal static class ReportCsv
{
    private static readonly double[] Shares = [0.5, 0.95, 0.99];

    private static readonly string[] Head =
    [
        "site_id", "site", "url", "vantage_id", "vantage", "network", "country", "from", "to", "as_of", "good_share", "coverage", "checks_good", "checks_bad", "checks_different",
        "checks_undecided", "checks_expected", "trouble_minutes", "trouble_by_mechanism", "episodes", "longest_outage_minutes",
        .. PhaseHistograms.Phases.SelectMany(phase => Shares.Select(share => string.Create(CultureInfo.InvariantCulture, $"{NameOf(phase)}_p{100 * share:0}_ms"))), "source",
    ];

    public static async Task WriteAsync(Stream to, IAsyncEnumerable<SiteReport> sites, ReportPeriod period, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The mark tells spreadsheets that it is UTF-8.
        await using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteAsync(CsvLine.Of(Head));
        await foreach (var (site, vantages) in sites.WithCancellation(cancellationToken))
        {
            foreach (var (vantage, report) in vantages)
            {
                await writer.WriteAsync(CsvLine.Of(Cells(site, vantage, report, period, now)));
            }

            await writer.FlushAsync(cancellationToken);
        }
    }

    private static IEnumerable<string?> Cells(Site site, Vantage vantage, VantageReport report, ReportPeriod period, DateTimeOffset now)
    {
        var totals = report.Totals;
        return
        [
            site.Id, site.Name, site.Url.AbsoluteUri, vantage.Id, vantage.Name, vantage.Network, vantage.Country, ReportPeriod.Say(period.From), ReportPeriod.Say(period.To),
            Time(ReportText.AsOf(period, now)), Number(report.Share, "0.######"), Number(report.Coverage, "0.######"), Number(totals.Good.Checks), Number(totals.Bad.Checks),
            Number(totals.Different.Checks), Number(totals.Undecided.Checks), Number(report.Expected), Number(totals.Bad.Stood.TotalMinutes, "0.##"),
            string.Join("; ", totals.Trouble.Select(pair => $"{pair.Key} {Number(pair.Value.TotalMinutes, "0.##")}")), Number(report.Episodes.Count),
            Number(report.Longest?.Length.TotalMinutes ?? 0, "0.##"), .. PhaseHistograms.Phases.SelectMany(phase => Percentiles(totals.Phases[phase])), ReportText.Source,
        ];
    }

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string NameOf(Phase phase) => phase is Phase.FirstByte ? "first_byte" : phase.ToString().ToLowerInvariant();

    private static IEnumerable<string?> Percentiles(DurationHistogram times) => Shares.Select(share => Number(times.Percentile(share), "0"));

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string? Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture);
}
