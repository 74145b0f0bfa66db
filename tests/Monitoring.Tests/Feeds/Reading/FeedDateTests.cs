using System.Globalization;
using Monitoring.Feeds;
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
    [InlineData("Sun, 22 Nov 2026 03:30:15 ALMT", "2026-11-21T22:30:15Z")]
    [InlineData("Wed, 22 Nov 2023 03:30:15 ALMT", "2023-11-21T21:30:15Z")] // until March 2024
    [InlineData("Sun, 22 Nov 2026 03:30:15 GMT+06:00", "2026-11-21T21:30:15Z")]
    [InlineData("Sun, 22 Nov 2026 03:30:15 +0600 (Almaty)", "2026-11-21T21:30:15Z")]
    [InlineData("Sun, 22 Nov 2026", "2026-11-22T00:00:00Z")] // no time
    [InlineData("Sun, 22 Nov 2026 03:30:15", "2026-11-22T03:30:15Z")] // no zone
    [InlineData("Sunday, 22-Nov-26 03:30:15 GMT", "2026-11-22T03:30:15Z")] // RFC 850
    [InlineData(" \n Sun,  22  Nov  2026  03:30:15  GMT \n", "2026-11-22T03:30:15Z")]
    [InlineData("Thu, 31 Dec 2026 23:59:60 GMT", "2027-01-01T00:00:00Z")] // a leap second
    [InlineData("Sun, 22 Nov 2026 03:30:15 AT", "2026-11-22T07:30:15Z")] // the Atlantic, no preposition
    [InlineData("Sun, 22 Nov 2026 at 03:30 GMT", "2026-11-22T03:30:00Z")]
    [InlineData("Sun, 22 Nov 2026 03:30:15 +0300 MSK", "2026-11-22T00:30:15Z")] // said twice
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
    [InlineData("2026-11-22T09+06:00", "2026-11-22T03:00:00Z")] // the hour only
    [InlineData("2026-W47-7", "2026-11-22T00:00:00Z")] // week and weekday
    [InlineData("2020-W53", "2020-12-28T00:00:00Z")]
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
    [InlineData("Sun, 22 Abc 2026 03:30:15 GMT")]
    [InlineData("Sun, 32 Nov 2026 03:30:15 GMT")]
    [InlineData("0001-01-01T00:00:00Z")] // "no date" of some programs
    [InlineData("1969-12-31")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("٢٠٢٦-١١-٢٢")] // digits of another script
    [InlineData("Sun, २२ Nov 2026")]
    [InlineData("22013")]
    [InlineData("2013-01-27-01")]
    [InlineData("2026-W54-1")]
    [InlineData("2021-W53")] // that year has 52
    [InlineData("2026-11-22 09")] // a number alone is no hour
    [InlineData("2013-01-28T09:00:00+00:xx")]
    [InlineData("9999-12-31T23:59:59-99:99")]
    [InlineData("Sun, 16 Dec 2012 1:2:3:4 GMT")]
    [InlineData("Sun, Dec x 2012 11:47:32 GMT")]
    [InlineData("Sun, 16 Dec 2012 11:47:32 +zz:00")]
    [InlineData("Sun, 16 Dec 2012 11:47:32 +00:zz")]
    [InlineData("қараша 2026")]
    [InlineData("сенбі, 22")]
    [InlineData("Invalid Date")]
    [InlineData("\ud83d 22 Nov 2026")]
    public void What_is_no_date_is_null(string? text) => Assert.Null(FeedDate.Read(text));

    [Theory]
    [InlineData("Sun, 22 Nov 2026 03:30:15 XYZ", "2026-11-22T03:30:15Z")] // a zone that nobody knows
    [InlineData("Wed, 19 Feb 2012 22:40:00 GMT-01:01", "2012-02-19T23:41:00Z")]
    [InlineData("Wed, 19 Feb 2012 22:40:00 Etc/GMT", "2012-02-19T22:40:00Z")]
    [InlineData("Thu Aug 30 2012 17:26:16 +0200", "2012-08-30T15:26:16Z")] // parts swapped
    [InlineData("Sun Jul 15 01:16:00 +0000 2012", "2012-07-15T01:16:00Z")] // asctime
    [InlineData("Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06Z")]
    [InlineData("Mon, 13 Feb, 2012 06:28:00 UTC", "2012-02-13T06:28:00Z")]
    [InlineData("Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z")]
    [InlineData("Thur, 22nd Nov 2026 03:30", "2026-11-22T03:30:00Z")]
    [InlineData("11/22/2026 3:30:15 PM", "2026-11-22T15:30:15Z")]
    [InlineData("22/11/2026 03:30", "2026-11-22T03:30:00Z")]
    [InlineData("22.11.2026, 03:30", "2026-11-22T03:30:00Z")]
    [InlineData("031231", "2003-12-31T00:00:00Z")]
    [InlineData("-03-12", "2003-12-01T00:00:00Z")]
    [InlineData("2003-335", "2003-12-01T00:00:00Z")]
    [InlineData("20261122T033015Z", "2026-11-22T03:30:15Z")]
    [InlineData("2026-11-22T24:00:00Z", "2026-11-23T00:00:00Z")]
    [InlineData("1795314615", "2026-11-22T02:30:15Z")]
    [InlineData("1795314615000", "2026-11-22T02:30:15Z")]
    public void Other_forms_found_in_the_wild_are_read(string text, string expected) => Assert.Equal(Time(expected), FeedDate.Read(text));

    [Theory]
    [InlineData("Воскресенье, 22 ноября 2026 г., 09:30", "2026-11-22T09:30:00Z")]
    [InlineData("Пятница, 04 Июл 2025, 12:00", "2025-07-04T12:00:00Z")]
    [InlineData("19 сентября 2026 года", "2026-09-19T00:00:00Z")]
    [InlineData("1 мая 2026 09:30 +0500", "2026-05-01T04:30:00Z")]
    [InlineData("Суббота, 22 Ноя 2026 09:30:15 МСК", "2026-11-22T06:30:15Z")]
    [InlineData("22 қараша 2026, 14:30", "2026-11-22T14:30:00Z")]
    [InlineData("2026 жылғы 22 қарашада", "2026-11-22T00:00:00Z")]
    [InlineData("2026 ж. 1 желтоқсан, сағат 14:30", "2026-12-01T14:30:00Z")]
    [InlineData("Сенбі, 3 мамыр 2026", "2026-05-03T00:00:00Z")] // begins like September
    [InlineData("3 naýryz 2026", "2026-03-03T00:00:00Z")]
    [InlineData("22 листопада 2026", "2026-11-22T00:00:00Z")]
    [InlineData("22-noyabr, 2026", "2026-11-22T00:00:00Z")]
    [InlineData("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z")]
    [InlineData("2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z")]
    [InlineData("2004년 05월 28일 01:31:15", "2004-05-27T16:31:15Z")]
    [InlineData("2004-05-25 오후 11:23:17", "2004-05-25T14:23:17Z")]
    public void Months_have_names_in_many_languages(string text, string expected) => Assert.Equal(Time(expected), FeedDate.Read(text));

    [Fact]
    public void Every_month_is_known_in_Russian_and_Kazakh()
    {
        var names = new[]
        {
            "января қаңтар", "февраля ақпан", "марта наурыз", "апреля сәуір", "мая мамыр", "июня маусым", "июля шілде", "августа тамыз", "сентября қыркүйек", "октября қазан",
            "ноября қараша", "декабря желтоқсан",
        };

        Assert.All(names.Index(), month => Assert.All(month.Item.Split(' '), name => Assert.Equal(month.Index + 1, FeedDate.Read($"5 {name} 2026")?.Month)));
    }

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
