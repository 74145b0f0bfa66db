using System.Globalization;
using Monitoring.Alerts;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Alerts;

public sealed class QuietTimeTests
{
    [Theory]
    [InlineData("Asia/Almaty", "22:00-07:00", "2026-11-22T16:59:59Z", null)] // 21:59 in Almaty
    [InlineData("Asia/Almaty", "22:00-07:00", "2026-11-22T17:00:00Z", "2026-11-23T02:00:00Z")]
    [InlineData("Asia/Almaty", "22:00-07:00", "2026-11-23T01:59:59Z", "2026-11-23T02:00:00Z")] // past midnight
    [InlineData("Asia/Almaty", "22:00-07:00", "2026-11-23T02:00:00Z", null)]
    [InlineData("Asia/Almaty", "13:00-14:00", "2026-11-22T08:30:00Z", "2026-11-22T09:00:00Z")]
    [InlineData("Asia/Almaty", "13:00-14:00", "2026-11-22T07:30:00Z", null)]
    [InlineData("Asia/Almaty", "13:00-14:00", "2026-11-22T09:00:00Z", null)]
    [InlineData("Europe/Berlin", "22:00-02:30", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z")] // the end is jumped over: when the clocks have jumped
    [InlineData("Europe/Berlin", "22:00-02:30", "2026-10-25T00:15:00Z", "2026-10-25T00:30:00Z")] // the end comes twice
    [InlineData("Europe/Berlin", "22:00-02:30", "2026-10-25T01:15:00Z", "2026-10-25T01:30:00Z")] // the repeated hour is quiet again
    [InlineData("Europe/Berlin", "02:00-02:45", "2026-10-25T01:00:00Z", "2026-10-25T01:45:00Z")]
    public void Quiet_hours_end_by_the_clocks_of_the_place(string zone, string hours, string now, string? end)
    {
        var quiet = new QuietHours(TimeOnly.Parse(hours.Split('-')[0], CultureInfo.InvariantCulture), TimeOnly.Parse(hours.Split('-')[1], CultureInfo.InvariantCulture));

        var ends = QuietTime.End(quiet, TimeZoneInfo.FindSystemTimeZoneById(zone), DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));

        Assert.Equal(end, ends?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }
}
