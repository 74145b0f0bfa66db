namespace Monitoring.Availability.Reports;

/// <param name="From">Its beginning, or the period's.</param>
/// <param name="To">Its end, the period's, or now.</param>
public sealed record EpisodeSpan(Episode Episode, DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;
}

/// <summary>What a site was like from one vantage in a period, as of a moment. Pure.</summary>
/// <param name="Totals">Of all checks of the period.</param>
/// <param name="Expected">Checks there were, and those that the time without any would have had room for.</param>
/// <param name="Episodes">Those that overlap the period, newest first, cut to it.</param>
public sealed record VantageReport(string SiteId, string VantageId, CheckTotals Totals, long Expected, IReadOnlyList<EpisodeSpan> Episodes)
{
    /// <param name="totals">Of the days of the period.</param>
    /// <param name="episodes">Of the site, from whatever vantage, newest first.</param>
    /// <param name="interval">Time between two checks.</param>
    public static VantageReport Of(
        (string SiteId, string VantageId) about, ReportPeriod period, DateTimeOffset asOf, CheckTotals totals, IEnumerable<Episode> episodes, TimeSpan interval)
    {
        var end = period.End < asOf ? period.End : asOf;
        var unmeasured = end - period.Start - totals.Measured;
        var missing = unmeasured > TimeSpan.Zero ? (long)(unmeasured / interval) : 0;
        var spans = from episode in episodes
                    where episode.VantageId == about.VantageId
                    let span = new EpisodeSpan(episode, Later(episode.Opened, period.Start), episode.Closed is { } closed && closed < end ? closed : end)
                    where span.To > span.From
                    select span;
        return new VantageReport(about.SiteId, about.VantageId, totals, totals.Checks + missing, [.. spans]);
    }

    /// <summary>Good checks of the decided ones, 0 to 1; null if none was decided.</summary>
    public double? Share => Decided == 0 ? null : (double)Totals.Good.Checks / Decided;

    /// <summary>Decided checks of the expected ones, 0 to 1; null if none was expected.</summary>
    public double? Coverage => Expected == 0 ? null : (double)Decided / Expected;

    /// <summary>Checks that were good or bad.</summary>
    public long Decided => Totals.Good.Checks + Totals.Bad.Checks;

    public EpisodeSpan? Longest => Episodes.MaxBy(span => span.Length);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
