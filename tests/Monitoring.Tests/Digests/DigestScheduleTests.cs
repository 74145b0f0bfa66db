using System.Globalization;
using Monitoring.Alerts;
using Monitoring.Digests;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Digests;

public sealed class DigestScheduleTests
{
    private static readonly DateTimeOffset LongAgo = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-22T03:59:59Z", null)]
    [InlineData("2026-11-22T04:00:00Z", "2026-11-22")] // 09:00 in Almaty, at UTC+5
    [InlineData("2026-11-22T18:59:59Z", "2026-11-22")] // late, the program was down
    [InlineData("2026-11-22T19:00:00Z", null)] // midnight in Almaty: a new day
    public void A_digest_is_due_from_its_local_time_on(string now, string? day)
    {
        Assert.Equal(day, Due(Reader("Asia/Almaty"), last: "2026-11-21", LongAgo, now));
    }

    [Theory]
    [InlineData("2026-11-21", "2026-11-22")]
    [InlineData("2026-11-22", null)] // said
    [InlineData("2026-11-10", "2026-11-22")] // one for all the days that were missed
    [InlineData("2026-11-23", null)] // the clock or the zone went back
    [InlineData(null, "2026-11-22")]
    public void There_is_one_for_each_local_day(string? last, string? day)
    {
        Assert.Equal(day, Due(Reader("Asia/Almaty"), last, LongAgo, "2026-11-22T10:00:00Z"));
    }

    [Theory]
    [InlineData("2026-11-22T03:59:59Z", "2026-11-22")]
    [InlineData("2026-11-22T04:00:00Z", null)] // from that moment on: tomorrow
    [InlineData("2026-11-22T06:00:00Z", null)]
    public void Who_is_new_waits_for_their_next_time_of_day(string since, string? day)
    {
        Assert.Equal(day, Due(Reader("Asia/Almaty"), last: null, Time(since), "2026-11-22T07:00:00Z"));
    }

    [Fact]
    public void Who_wants_no_digest_is_never_due()
    {
        Assert.Null(Due(Reader("Asia/Almaty") with { Digest = null }, last: null, LongAgo, "2026-11-22T07:00:00Z"));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00:00Z")] // jumped over: when the clocks have jumped
    [InlineData("Europe/Berlin", "2026-03-29", "03:00", "2026-03-29T01:00:00Z")]
    [InlineData("Europe/Berlin", "2026-03-29", "01:59", "2026-03-29T00:59:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30:00Z")] // twice: the first one
    [InlineData("Europe/Berlin", "2026-10-25", "03:00", "2026-10-25T02:00:00Z")]
    [InlineData("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00Z")]
    [InlineData("Asia/Almaty", "2024-02-29", "09:00", "2024-02-29T03:00:00Z")] // still UTC+6
    [InlineData("Asia/Almaty", "2024-02-29", "23:30", "2024-02-29T17:30:00Z")] // twice: at the end of this day Kazakhstan went to UTC+5
    [InlineData("Asia/Almaty", "2024-03-01", "09:00", "2024-03-01T04:00:00Z")]
    [InlineData("Africa/Cairo", "2024-04-26", "00:00", "2024-04-25T22:00:00Z")] // a day that begins at one o'clock
    [InlineData("Asia/Kathmandu", "2026-11-22", "00:00", "2026-11-21T18:15:00Z")]
    public void A_local_time_is_one_moment_also_when_clocks_change(string zone, string day, string time, string expected)
    {
        var moment = LocalTime.Instant(
            DateOnly.Parse(day, CultureInfo.InvariantCulture), TimeOnly.Parse(time, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal(Time(expected), moment.ToUniversalTime());
    }

    [Theory]
    [InlineData("Asia/Almaty", 2024)]
    [InlineData("Europe/Berlin", 2026)]
    [InlineData("America/New_York", 2026)]
    [InlineData("America/Havana", 2026)] // clocks change at midnight
    [InlineData("Africa/Cairo", 2024)]
    [InlineData("Australia/Lord_Howe", 2026)] // by half an hour
    [InlineData("Pacific/Chatham", 2026)]
    public void In_a_year_of_knocks_every_day_has_exactly_one_whatever_the_hour(string zone, int year)
    {
        foreach (var time in new[] { new TimeOnly(0, 0), new TimeOnly(0, 30), new TimeOnly(2, 15), new TimeOnly(9, 0), new TimeOnly(23, 59) })
        {
            var recipient = Reader(zone) with { Digest = time };
            var (days, last) = (new List<DateOnly>(), (string?)null);
            var begin = new DateTimeOffset(year, 1, 2, 0, 0, 0, TimeSpan.Zero);
            for (var now = begin; now < begin.AddDays(360); now += TimeSpan.FromMinutes(15).Add(TimeSpan.FromSeconds(-time.Minute / 30)))
            {
                if (DigestSchedule.Due(recipient, DigestLane.Daily, last, LongAgo, now) is { } due)
                {
                    days.Add(due.Day);
                    last = due.Name;
                }
            }

            // With the last minute of a day a knock every quarter of an hour may come after midnight; all others leave no day out.
            Assert.True(time == new TimeOnly(23, 59) || days.Zip(days.Skip(1)).All(pair => pair.Second == pair.First.AddDays(1)), $"{zone} {time}");
            Assert.Equal(days.Distinct(), days);
            Assert.True(time == new TimeOnly(23, 59) || days.Count >= 360, $"{zone} {time}: {days.Count} days");
        }
    }

    [Theory]
    [InlineData("2026-11-23T03:59:59Z", "2026-W47", null)] // a Monday, before nine in Almaty
    [InlineData("2026-11-23T04:00:00Z", "2026-W47", "2026-W48")]
    [InlineData("2026-11-23T04:00:00Z", "2026-W48", null)] // said
    [InlineData("2026-11-26T04:00:00Z", "2026-W47", "2026-W48")] // late rather than not at all
    [InlineData("2026-12-10T04:00:00Z", "2026-W47", "2026-W50")] // one for all the weeks that were missed
    [InlineData("2027-01-04T04:00:00Z", "2026-W53", "2027-W01")]
    public void The_overview_of_a_week_comes_once_on_its_day(string now, string last, string? week)
    {
        Assert.Equal(week, Due(Reader("Asia/Almaty") with { Weekly = DayOfWeek.Monday }, last, LongAgo, now, DigestLane.Weekly));
    }

    [Theory]
    [InlineData("2026-11-22T14:00:00Z", "2026-11-22T13", "2026-11-22T14")]
    [InlineData("2026-11-22T14:59:59Z", "2026-11-22T14", null)]
    [InlineData("2026-11-22T23:10:00Z", null, "2026-11-22T23")]
    public void Hourly_ones_come_as_hours_begin_to_those_with_such_a_rule(string now, string? last, string? hour)
    {
        var rule = new TellingRule { When = TellingTime.Hourly };

        Assert.Equal(hour, Due(Reader("Asia/Almaty") with { Rules = [rule] }, last, LongAgo, now, DigestLane.Hourly));
        Assert.Null(Due(Reader("Asia/Almaty"), last, LongAgo, now, DigestLane.Hourly));
    }

    private static Recipient Reader(string zone) => People.Reader(timeZone: zone);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string? Due(Recipient recipient, string? last, DateTimeOffset since, string now, DigestLane lane = DigestLane.Daily) =>
        DigestSchedule.Due(recipient, lane, last, since, Time(now))?.Name;
}
