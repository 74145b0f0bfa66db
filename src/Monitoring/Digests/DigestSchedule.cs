using System.Globalization;
using Monitoring.Alerts;
using Monitoring.Watchlist;

namespace Monitoring.Digests;

/// <summary>A digest that is due.</summary>
/// <param name="Name">Of a daily one its local day, <c>2026-11-22</c>; of an hourly one the hour in UTC, <c>2026-11-22T14</c>; of a weekly one the week (ISO 8601), <c>2026-W47</c>. Sorts by time.</param>
/// <param name="Day">The recipient's local day.</param>
public sealed record DigestOccasion(DigestLane Lane, string Name, DateOnly Day);

/// <summary>
/// When a recipient's digests are due. Pure. Exactly one for each local day, also on the days the clocks change; a day that ends before the
/// program runs again after the digest's time has none, and the next day's digest tells what was to be told. The weekly one comes once a week, late rather than not at all; the
/// hourly ones as hours begin.
/// </summary>
public static class DigestSchedule
{
    private const int DaysOfWeek = 7;

    public static bool HasAny(Recipient recipient) => recipient.Digest is not null || HasHourly(recipient);

    /// <param name="last">The name of the last occasion of the kind; null if there was none.</param>
    /// <param name="since">When we first knew the recipient: a time of day that had passed then is due tomorrow.</param>
    /// <returns>Null if none is due.</returns>
    public static DigestOccasion? Due(Recipient recipient, DigestLane lane, string? last, DateTimeOffset since, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(recipient.TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var (occasion, at) = lane switch
        {
            DigestLane.Hourly when HasHourly(recipient) => Hourly(now, today),
            DigestLane.Daily when recipient.Digest is { } time => (new DigestOccasion(lane, DigestStore.Text(today), today), LocalTime.Instant(today, time, zone)),
            DigestLane.Weekly when recipient is { Digest: { } time, Weekly: { } day } => Weekly(today, day, time, zone, now),
            _ => (null, default),
        };
        return occasion is not null && at <= now && at > since && string.CompareOrdinal(last, occasion.Name) < 0 ? occasion : null;
    }

    private static bool HasHourly(Recipient recipient) => recipient.Rules.Any(rule => rule.When is TellingTime.Hourly);

    private static (DigestOccasion?, DateTimeOffset) Hourly(DateTimeOffset now, DateOnly today)
    {
        var hour = now.UtcDateTime.Date.AddHours(now.UtcDateTime.Hour);
        return (new DigestOccasion(DigestLane.Hourly, hour.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture), today), new DateTimeOffset(hour, TimeSpan.Zero));
    }

    private static (DigestOccasion?, DateTimeOffset) Weekly(DateOnly today, DayOfWeek day, TimeOnly time, TimeZoneInfo zone, DateTimeOffset now)
    {
        var latest = today.AddDays(-((today.DayOfWeek - day + DaysOfWeek) % DaysOfWeek));
        latest = LocalTime.Instant(latest, time, zone) > now ? latest.AddDays(-DaysOfWeek) : latest;
        var moment = latest.ToDateTime(TimeOnly.MinValue);
        var name = string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(moment):D4}-W{ISOWeek.GetWeekOfYear(moment):D2}");
        return (new DigestOccasion(DigestLane.Weekly, name, latest), LocalTime.Instant(latest, time, zone));
    }
}
