using Monitoring.Watchlist;

namespace Monitoring.Alerts;

/// <summary>When a recipient's quiet hours end. Pure. Hours by the clocks of a place: one that summer time repeats is quiet both times.</summary>
public static class QuietTime
{
    /// <returns>Null outside quiet hours.</returns>
    public static DateTimeOffset? End(QuietHours quiet, TimeZoneInfo zone, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var (day, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        var isPastMidnight = quiet.To <= quiet.From;
        if (isPastMidnight ? time < quiet.From && time >= quiet.To : time < quiet.From || time >= quiet.To)
        {
            return null;
        }

        return LocalTime.InstantAfter(now, isPastMidnight && time >= quiet.From ? day.AddDays(1) : day, quiet.To, zone).ToUniversalTime();
    }
}
