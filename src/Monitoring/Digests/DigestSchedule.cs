using Monitoring.Watchlist;

namespace Monitoring.Digests;

/// <summary>
/// When a recipient's digest of a day is due. Pure. Exactly one for each local day, also on the days the clocks change; a day that ends before the
/// program runs again after the digest's time has none, and the next day's digest tells what was to be told.
/// </summary>
public static class DigestSchedule
{
    /// <summary>The local day whose digest is due now; null if none is.</summary>
    /// <param name="last">The day of the last digest; null if there was none.</param>
    /// <param name="since">When we first knew the recipient: a time of day that had passed then is due tomorrow.</param>
    public static DateOnly? Due(Recipient recipient, DateOnly? last, DateTimeOffset since, DateTimeOffset now)
    {
        if (recipient.Digest is not { } timeOfDay)
        {
            return null;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(recipient.TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var due = Instant(today, timeOfDay, zone);
        return due <= now && due > since && (last is null || last < today) ? today : null;
    }

    /// <summary>The moment of a local time: one that the clocks jump over comes when they have jumped, one that comes twice counts the first time.</summary>
    public static DateTimeOffset Instant(DateOnly day, TimeOnly timeOfDay, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(timeOfDay);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }
}
