using System.Globalization;
using Monitoring.Feeds.Reading;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Feeds.Reading;

public sealed class FeedDateTests
{
    [Theory]
    [InlineData("Sun, 22 Nov 2026 09:30:15 +0600", "2026-11-22T03:30:15Z")]
    [InlineData("22 Nov 2026 09:30:15 +0600", "2026-11-22T03:30:15Z")] // no weekday
    [InlineData("Mon, 22 Nov 2026 09:30:15 +0600", "2026-11-22T03:30:15Z")] // the wrong weekday
    [InlineData("Sun, 22 November 2026 9:30 GMT", "2026-11-22T09:30:00Z")] // long month, short hour, no seconds
    [InlineData("Sun, 2 Nov 26 03:30:15 Z", "2026-11-02T03:30:15Z")] // RFC 822
    [InlineData("Sun, 22 Nov 99 03:30:15 UT", "1999-11-22T03:30:15Z")]
    [InlineData("Sun, 22 Nov 2026 03:30:15 EST", "2026-11-22T08:30:15Z")]
    [InlineData("Sun, 22 Nov 2026 03:30:15 MSK", "2026-11-22T00:30:15Z")]
    [InlineData("Sun, 22 Nov 2026 03:30:15 ALMT", "2026-11-21T21:30:15Z")]
    [InlineData("Sun, 22 Nov 2026 03:30:15 GMT+06:00", "2026-11-21T21:30:15Z")]
    [InlineData("Sun, 22 Nov 2026 03:30:15 +0600 (Almaty)", "2026-11-21T21:30:15Z")]
    [InlineData("Sun, 22 Nov 2026", "2026-11-22T00:00:00Z")] // no time
    [InlineData("Sun, 22 Nov 2026 03:30:15", "2026-11-22T03:30:15Z")] // no zone
    [InlineData("Sunday, 22-Nov-26 03:30:15 GMT", "2026-11-22T03:30:15Z")] // RFC 850
    [InlineData(" \n Sun,  22  Nov  2026  03:30:15  GMT \n", "2026-11-22T03:30:15Z")]
    [InlineData("Thu, 31 Dec 2026 23:59:60 GMT", "2027-01-01T00:00:00Z")] // a leap second
    public void Dates_of_mail_are_read_with_their_usual_deviations(string text, string expected) => Assert.Equal(Time(expected), FeedDate.Read(text));

    [Theory]
    [InlineData("2026-11-22T09:30:15+06:00", "2026-11-22T03:30:15Z")]
    [InlineData("2026-11-22T09:30:15.123456789+06:00", "2026-11-22T03:30:15Z")]
    [InlineData("2026-11-22T09:30:15,5+0600", "2026-11-22T03:30:15Z")]
    [InlineData("2026-11-22T09:30+06", "2026-11-22T03:30:00Z")]
    [InlineData("2026-11-22T03:30:15Z", "2026-11-22T03:30:15Z")]
    [InlineData("2026-11-22t03:30:15z", "2026-11-22T03:30:15Z")]
    [InlineData("2026-11-22 03:30:15", "2026-11-22T03:30:15Z")] // as databases write it
    [InlineData("2026-11-22 03:30:15 UTC", "2026-11-22T03:30:15Z")]
    [InlineData("2026-11-21T20:30:15-07:00", "2026-11-22T03:30:15Z")]
    [InlineData("20261122", "2026-11-22T00:00:00Z")]
    [InlineData("2026-11", "2026-11-01T00:00:00Z")]
    [InlineData("2026", "2026-01-01T00:00:00Z")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00Z")]
    public void Dates_of_Atom_are_read_in_all_profiles(string text, string expected) => Assert.Equal(Time(expected), FeedDate.Read(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("yesterday")]
    [InlineData("2026-02-30")]
    [InlineData("2025-02-29")]
    [InlineData("2026-13-01")]
    [InlineData("2026-00-01")]
    [InlineData("2026-11-22T25:00:00Z")]
    [InlineData("2026-11-22T03:60:00Z")]
    [InlineData("2026-11-22T03:30:15+15:00")] // no such zone
    [InlineData("Sun, 22 Nov 2026 03:30:15 XYZ")]
    [InlineData("Sun, 22 Abc 2026 03:30:15 GMT")]
    [InlineData("Sun, 32 Nov 2026 03:30:15 GMT")]
    [InlineData("0001-01-01T00:00:00Z")] // "no date" of some programs
    [InlineData("1969-12-31")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("٢٠٢٦-١١-٢٢")] // digits of another script
    [InlineData("Sun, २२ Nov 2026")]
    [InlineData("1700000000")]
    public void What_is_no_date_is_null(string? text) => Assert.Null(FeedDate.Read(text));

    [Fact]
    public void Dates_longer_than_any_are_not_looked_at() => Assert.Null(FeedDate.Read("Sun, 22 Nov 2026" + new string(' ', 100) + "03:30:15 GMT"));

    [Fact]
    public void Nothing_throws()
    {
        var random = new RandomText(20261122);
        for (var i = 0; i < 20_000; i++)
        {
            var text = random.Next(40, "0123456789 :-+.,TZtzGMTSunNovabc()٣");
            Assert.True(FeedDate.Read(text) is null or { Offset.Ticks: 0, Year: >= 1969 }, $"seed {random.Seed}, round {i}: {text}");
        }
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
