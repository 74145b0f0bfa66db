namespace Monitoring.Watchlist;

/// <summary>A time when a site's owners work on it, by the clocks of a place. An hour that summer time repeats is in it both times.</summary>
/// <param name="TimeZone">IANA name, e.g. <c>Asia/Almaty</c>.</param>
public abstract record MaintenanceWindow(string TimeZone)
{
    public bool Holds(DateTimeOffset at) => HoldsLocally(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);

    protected abstract bool HoldsLocally(DateTime local);

    /// <param name="From">Inclusive, local.</param>
    /// <param name="To">Exclusive, local, after <paramref name="From"/>.</param>
    public sealed record Once(DateTime From, DateTime To, string TimeZone) : MaintenanceWindow(TimeZone)
    {
        protected override bool HoldsLocally(DateTime local) => local >= From && local < To;
    }

    /// <param name="Day">Begins on this day of every week.</param>
    /// <param name="From">Inclusive, local.</param>
    /// <param name="To">Exclusive, local; not after <paramref name="From"/>: of the next day.</param>
    public sealed record Weekly(DayOfWeek Day, TimeOnly From, TimeOnly To, string TimeZone) : MaintenanceWindow(TimeZone)
    {
        protected override bool HoldsLocally(DateTime local)
        {
            var time = TimeOnly.FromDateTime(local);
            var isPastMidnight = To <= From;
            return local.DayOfWeek == Day
                ? time >= From && (isPastMidnight || time < To)
                : isPastMidnight && local.AddDays(-1).DayOfWeek == Day && time < To;
        }
    }
}
