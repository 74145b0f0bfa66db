using Monitoring.Feeds;

namespace Monitoring.Tests.Feeds;

public sealed class ItemHistoryTests
{
    /// <summary>A Monday.</summary>
    private static readonly DateTimeOffset Monday = new(2026, 10, 26, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Counts_stand_by_their_days()
    {
        var history = ItemHistory.None.Add(Monday, 3).Add(Monday.AddHours(17), 2).Add(Monday.AddDays(3), 4).Add(Monday.AddDays(5), 0);

        Assert.Equal("2026-10-26 5 0 0 4", history.ToString());
        Assert.Equal(history.ToString(), ItemHistory.Parse(history.ToString()).ToString());
    }

    [Fact]
    public void Four_weeks_are_kept()
    {
        var history = Days(40, _ => 1);

        Assert.Equal("2026-11-07 " + string.Join(' ', Enumerable.Repeat(1, 28)), history.ToString());
        Assert.Equal("2027-11-07" + string.Concat(Enumerable.Repeat(" 0", 27)) + " 1", history.Add(new DateTimeOffset(2027, 12, 4, 0, 0, 0, TimeSpan.Zero), 1).ToString());
    }

    [Fact]
    public void A_clock_that_went_back_changes_no_earlier_day() => Assert.Equal("2026-10-26 5", ItemHistory.None.Add(Monday, 3).Add(Monday.AddDays(-3), 2).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-10-26")]
    [InlineData("yesterday 3 4")]
    public void What_is_no_history_is_none(string? text) => Assert.Equal("", ItemHistory.Parse(text).ToString());

    [Fact]
    public void The_usual_gap_is_known_after_a_week()
    {
        var history = Days(7, _ => 12);

        Assert.Null(history.UsualGap(Monday.AddDays(6)));
        Assert.Equal(TimeSpan.FromHours(2), history.UsualGap(Monday.AddDays(7)));
        Assert.Equal(TimeSpan.FromHours(4), history.UsualGap(Monday.AddDays(14)));
        Assert.Null(ItemHistory.None.UsualGap(Monday));
    }

    [Fact]
    public void A_busy_source_is_missed_after_a_day_without_anything()
    {
        var history = Days(21, _ => 12);

        Assert.Null(history.Quiet(Monday.AddDays(21)));
        Assert.Equal(new GoneQuiet(new DateOnly(2026, 11, 15), 12), history.Quiet(Monday.AddDays(22)));
    }

    [Fact]
    public void A_source_that_rests_on_weekends_is_not_missed_on_a_weekend()
    {
        // Through Friday of the third week.
        var history = Days(19, day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 9);

        Assert.Null(history.Quiet(Monday.AddDays(21)));
        Assert.Null(history.Quiet(Monday.AddDays(21).AddHours(17)));
        Assert.NotNull(history.Quiet(Monday.AddDays(22)));
    }

    [Fact]
    public void A_source_that_brings_little_is_missed_when_enough_is_missing()
    {
        var history = Days(28, _ => 1);

        Assert.Null(history.Quiet(Monday.AddDays(35)));
        Assert.Equal(new GoneQuiet(new DateOnly(2026, 11, 22), 1), history.Quiet(Monday.AddDays(36)));
    }

    [Fact]
    public void A_silence_like_an_earlier_one_is_no_news()
    {
        // Twenty items at once, and then nothing for eight days.
        var history = Days(28, day => (day.DayNumber - DateOnly.FromDateTime(Monday.UtcDateTime).DayNumber) % 9 == 0 ? 20 : 0);

        Assert.Null(history.Quiet(Monday.AddDays(28 + 11)));
        Assert.NotNull(history.Quiet(Monday.AddDays(28 + 12)));
    }

    [Fact]
    public void Nobody_is_missed_before_two_weeks_are_known()
    {
        Assert.Null(ItemHistory.None.Quiet(Monday));
        Assert.Null(Days(13, _ => 50).Quiet(Monday.AddDays(20)));
    }

    private static ItemHistory Days(int count, Func<DateOnly, int> items) => Enumerable.Range(0, count)
        .Aggregate(ItemHistory.None, (history, day) => history.Add(Monday.AddDays(day), items(DateOnly.FromDateTime(Monday.AddDays(day).UtcDateTime))));
}
