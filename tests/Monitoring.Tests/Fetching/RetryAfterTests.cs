using Monitoring.Fetching;

namespace Monitoring.Tests.Fetching;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("120", 120)]
    [InlineData(" 120 ", 120)]
    [InlineData("0", 0)]
    [InlineData("1.5", 1.5)]
    [InlineData("Sun, 22 Nov 2026 03:02:00 GMT", 120)]
    [InlineData("Sun, 22 Nov 2026 02:00:00 GMT", 0)] // past
    [InlineData("31536000", 604800)] // a year
    [InlineData("99999999999999999999999999", 604800)]
    [InlineData("Mon, 22 Nov 2027 03:00:00 GMT", 604800)]
    public void The_wait_is_seconds_or_a_date_and_at_most_a_week(string value, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Read(value, Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("٥")]
    [InlineData("Sun, 22 Nov 2026")]
    public void Anything_else_is_no_wish(string? value) => Assert.Null(RetryAfter.Read(value, Now));
}
