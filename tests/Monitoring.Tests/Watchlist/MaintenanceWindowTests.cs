using System.Globalization;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Watchlist;

public sealed class MaintenanceWindowTests
{
    [Theory]
    [InlineData("2026-11-21 20:59", false)]
    [InlineData("2026-11-21 21:00", true)] // 02:00 on Sunday in Almaty
    [InlineData("2026-11-21 22:59", true)]
    [InlineData("2026-11-21 23:00", false)]
    [InlineData("2026-11-28 21:30", true)] // a week later
    [InlineData("2026-11-22 21:30", false)] // Monday there
    public void A_weekly_window_is_by_the_clocks_of_its_place(string utc, bool holds) =>
        Assert.Equal(holds, new MaintenanceWindow.Weekly(DayOfWeek.Sunday, new TimeOnly(2, 0), new TimeOnly(4, 0), "Asia/Almaty").Holds(Utc(utc)));

    [Theory]
    [InlineData("2026-11-22 22:59", false)]
    [InlineData("2026-11-22 23:00", true)]
    [InlineData("2026-11-23 00:59", true)]
    [InlineData("2026-11-23 01:00", false)]
    [InlineData("2026-11-22 00:30", false)] // the morning of the day it begins on
    public void One_that_ends_before_it_begins_goes_past_midnight(string utc, bool holds) =>
        Assert.Equal(holds, new MaintenanceWindow.Weekly(DayOfWeek.Sunday, new TimeOnly(23, 0), new TimeOnly(1, 0), "UTC").Holds(Utc(utc)));

    [Theory]
    [InlineData("2026-10-25 00:59", true)] // 02:59 of summer time in Berlin
    [InlineData("2026-10-25 01:30", true)] // 02:30 again
    [InlineData("2026-10-25 02:00", false)]
    public void An_hour_that_comes_twice_is_in_it_twice(string utc, bool holds) =>
        Assert.Equal(holds, new MaintenanceWindow.Once(new DateTime(2026, 10, 25, 2, 0, 0), new DateTime(2026, 10, 25, 3, 0, 0), "Europe/Berlin").Holds(Utc(utc)));

    private static DateTimeOffset Utc(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
