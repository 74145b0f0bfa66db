using System.Globalization;
using Monitoring.Storage;

namespace Monitoring.Availability.Reports;

/// <summary>A UTC day of a site from one vantage.</summary>
/// <param name="CountedUntil">The hours before it are in the totals; a check that comes later than that is in its hour only.</param>
public sealed record CheckDay(DateOnly Day, CheckTotals Totals, DateTimeOffset CountedUntil)
{
    public static DateOnly Of(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    public static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}

/// <summary>
/// The sums of days, kept for ever. Table <c>CheckDays</c>: partition = site and vantage, row = UTC day; query served: the days of a period. The first check
/// of an hour rolls all hours that are not counted, back to the day before that of the last check. Up to where a day is counted stands in its row, which is
/// saved only if nobody changed it: rolling again adds nothing, and what a crash cut off the next roll makes up for. Days are written oldest first, so
/// nothing before the last row is left.
/// </summary>
public sealed class CheckDays(ITables tables, CheckHistory history)
{
    private static readonly IReadOnlyList<string> Names = [.. PhaseHistograms.Phases.Select(phase => phase.ToString())];

    private readonly IEntityTable _days = tables.Open("CheckDays");

    /// <summary>Rolls the hours that ended before <paramref name="now"/>. Three requests.</summary>
    /// <param name="last">When the check before the present one began.</param>
    /// <param name="now">When the present check began, which is the end of what the one before stands for.</param>
    public async Task RollAsync(string siteId, string vantageId, DateTimeOffset last, DateTimeOffset now, TimeSpan interval, CancellationToken cancellationToken)
    {
        var end = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
        var stored = await ReadAsync(siteId, vantageId, CheckDay.Of(last).AddDays(-1), CheckDay.Of(now), cancellationToken);
        var newest = stored is [.., var row] ? Read(row) : null;
        var from = newest?.CountedUntil ?? CheckDay.Start(CheckDay.Of(last).AddDays(-1));
        if (from >= end)
        {
            return;
        }

        var facts = await history.ListAsync(siteId, vantageId, from, end.AddTicks(-1), cancellationToken).ToListAsync(cancellationToken);
        foreach (var day in Sum(facts, now, interval))
        {
            var known = newest?.Day == day.Day ? newest : null;
            known?.Totals.Add(day.Totals);
            var dayEnd = CheckDay.Start(day.Day.AddDays(1));
            var changed = Write(siteId, vantageId, (known ?? day) with { CountedUntil = end < dayEnd ? end : dayEnd });
            changed.ETag = known is null ? null : stored[^1].ETag;
            var isSaved = known is null ? await _days.AddAsync(changed, cancellationToken) is AddResult.Added : await _days.ReplaceAsync(changed, cancellationToken) is SaveResult.Saved;
            if (!isSaved)
            {
                // Somebody else rolls the same hours.
                return;
            }
        }
    }

    /// <summary>The days of a period that have any check, oldest first; what is not rolled yet is read from the facts.</summary>
    /// <param name="now">What the last check stands for ends here.</param>
    public async Task<IReadOnlyList<CheckDay>> ListAsync(
        string siteId, string vantageId, ReportPeriod period, DateTimeOffset now, TimeSpan interval, CancellationToken cancellationToken)
    {
        var days = (await ReadAsync(siteId, vantageId, period.From, period.To, cancellationToken)).ConvertAll(Read);
        var rolled = days is [.., var last] ? last.CountedUntil : period.Start;
        var end = period.End < now ? period.End : now;
        if (rolled >= end)
        {
            return days;
        }

        var facts = await history.ListAsync(siteId, vantageId, rolled, end.AddTicks(-1), cancellationToken).ToListAsync(cancellationToken);
        foreach (var day in Sum(facts, now, interval))
        {
            if (days is [.., var known] && known.Day == day.Day)
            {
                known.Totals.Add(day.Totals);
            }
            else
            {
                days.Add(day);
            }
        }

        return days;
    }

    private static IEnumerable<CheckDay> Sum(IReadOnlyList<CheckFact> facts, DateTimeOffset now, TimeSpan interval) =>
        facts.Zip(facts.Skip(1).Select(fact => fact.At).Append(now)).GroupBy(pair => CheckDay.Of(pair.First.At)).Select(day =>
        {
            var totals = new CheckTotals();
            foreach (var (fact, next) in day)
            {
                totals.Add(fact, next, interval);
            }

            return new CheckDay(day.Key, totals, CheckDay.Start(day.Key));
        });

    private ValueTask<List<Entity>> ReadAsync(string siteId, string vantageId, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        _days.QueryAsync(new RangeQuery(Partition(siteId, vantageId)) { From = Row(from), Before = Row(to.AddDays(1)) }, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>Classes are lines: <c>reachable 270 86100</c>, the class, its checks, the seconds it stood.</summary>
    internal static Entity Write(string siteId, string vantageId, CheckDay day)
    {
        var classes = day.Totals.Classes.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value.Checks} {pair.Value.Stood.TotalSeconds:0.###}"));
        var row = new Entity(Partition(siteId, vantageId), Row(day.Day)).Set("CountedUntil", day.CountedUntil).Set("Classes", string.Join('\n', classes));
        foreach (var phase in PhaseHistograms.Phases.Where(phase => day.Totals.Phases[phase].Count > 0))
        {
            row.Set(NameOf(phase), day.Totals.Phases[phase].ToString());
        }

        return row;
    }

    private static CheckDay Read(Entity row)
    {
        var totals = new CheckTotals();
        foreach (var line in row.NeedText("Classes").Split('\n'))
        {
            if (line.Split(' ') is [var verdictClass, var checks, var seconds])
            {
                totals.Add(verdictClass, new ClassTotal(long.Parse(checks, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))));
            }
        }

        foreach (var phase in PhaseHistograms.Phases)
        {
            totals.Phases[phase].Add(row.GetText(NameOf(phase)));
        }

        return new CheckDay(DateOnly.ParseExact(row.Key.Row, "yyyyMMdd", CultureInfo.InvariantCulture), totals, row.NeedTime("CountedUntil"));
    }

    private static string NameOf(Phase phase) => Names[(int)phase];

    private static string Partition(string siteId, string vantageId) => $"{siteId}.{vantageId}";

    private static string Row(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
