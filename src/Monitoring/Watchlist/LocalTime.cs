namespace Monitoring.Watchlist;

/// <summary>Times of day as the clocks of a place show them, and the moments when they do. Pure.</summary>
public static class LocalTime
{
    /// <summary>The moment of a local time: one that the clocks jump over comes when they have jumped, one that comes twice counts the first time.</summary>
    public static DateTimeOffset Instant(DateOnly day, TimeOnly timeOfDay, TimeZoneInfo zone) => Instants(day, timeOfDay, zone)[0];

    /// <summary>The moment of a local time after another moment: of one that comes twice the second, if the first is over.</summary>
    public static DateTimeOffset InstantAfter(DateTimeOffset moment, DateOnly day, TimeOnly timeOfDay, TimeZoneInfo zone) =>
        Instants(day, timeOfDay, zone) is [_, .., var last] instants && instants[0] <= moment ? last : Instant(day, timeOfDay, zone);

    private static DateTimeOffset[] Instants(DateOnly day, TimeOnly timeOfDay, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(timeOfDay);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        return zone.IsAmbiguousTime(local)
            ? [.. zone.GetAmbiguousTimeOffsets(local).OrderDescending().Select(offset => new DateTimeOffset(local, offset))]
            : [new DateTimeOffset(local, zone.GetUtcOffset(local))];
    }
}
