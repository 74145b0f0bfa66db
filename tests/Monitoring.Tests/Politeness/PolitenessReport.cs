using System.Globalization;

namespace Monitoring.Tests.Politeness;

/// <summary>What servers saw, for people.</summary>
internal static class PolitenessReport
{
    public static string Of(IReadOnlyList<PoliteRecord> records)
    {
        var rows = records.Select(record => string.Create(
            CultureInfo.InvariantCulture,
            $"{record.Host,-26} {record.Visits.Count,6} {Say(record.ShortestPause),8} {record.MostAtOnce,7} {Share(record.Conditional, record.Owed),12} {Pauses(record),12}  {record.Statuses}"));
        var worst = records.Where(record => record.ShortestPause is not null).MinBy(record => record.ShortestPause)!;
        var busiest = records.MaxBy(record => record.Visits.Count)!;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {"host",-26} {"visits",6} {"closest",8} {"at once",7} {"conditional",12} {"Retry-After",12}  answers
            {string.Join('\n', rows)}
            {records.Count} hosts, {records.Sum(record => record.Requests.Count)} requests, {Share(records.Sum(record => record.Conditional), records.Sum(record => record.Owed))} conditional of those that could be,
            Retry-After disregarded {records.Sum(record => record.TooEarly)} times in {records.Sum(record => record.Pauses)}; the closest visits {Say(worst.ShortestPause)} ({worst.Host}), at most {records.Max(record => record.MostAtOnce)} at once,
            the most visits {busiest.Visits.Count} ({busiest.Host}).
            """);
    }

    private static string Say(TimeSpan? pause) => pause is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.TotalSeconds:0.#} s") : "-";

    private static string Share(int some, int all) => all == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{some} of {all}");

    private static string Pauses(PoliteRecord record) => record.Pauses == 0 ? "-" : record.TooEarly == 0 ? "obeyed" : "DISREGARDED";
}
