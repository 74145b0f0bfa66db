using Monitoring.Evidence;
using Monitoring.Fetching;

namespace Monitoring.Tests.Fetching;

public sealed class FreshnessTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("max-age=600", null, null, 600)]
    [InlineData("public, MAX-AGE = \"600\"", null, null, 600)]
    [InlineData("max-age=600", "100", null, 500)]
    [InlineData("max-age=600", "600", null, null)]
    [InlineData("max-age=0", null, "Sun, 22 Nov 2026 04:00:00 GMT", null)]
    [InlineData("max-age=soon", null, "Sun, 22 Nov 2026 04:00:00 GMT", null)]
    [InlineData("no-cache, max-age=600", null, null, null)]
    [InlineData("no-store", null, "Sun, 22 Nov 2026 04:00:00 GMT", null)]
    [InlineData(null, null, "Sun, 22 Nov 2026 04:00:00 GMT", 3600)]
    [InlineData("public", null, "Sun, 22 Nov 2026 04:00:00 GMT", 3600)]
    [InlineData(null, null, "Sun, 22 Nov 2026 02:00:00 GMT", null)]
    [InlineData(null, null, "0", null)]
    [InlineData(null, null, "-1", null)]
    [InlineData(null, null, null, null)]
    [InlineData("max-age=99999999999999999999", null, null, null)]
    [InlineData("max-age=31536000", null, null, 86400)] // a year, cut to a day
    public void The_time_that_is_left(string? cacheControl, string? age, string? expires, int? seconds) =>
        Assert.Equal(seconds, Freshness.Of(Exchange(("Cache-Control", cacheControl), ("Age", age), ("Expires", expires)))?.TotalSeconds);

    [Fact]
    public void Expires_counts_from_the_server_s_own_clock() => Assert.Equal(
        TimeSpan.FromMinutes(5), Freshness.Of(Exchange(("Date", "Sun, 22 Nov 2026 04:00:00 GMT"), ("Expires", "Sun, 22 Nov 2026 04:05:00 GMT"))));

    private static HttpExchange Exchange(params (string Name, string? Value)[] headers) => new()
    {
        RequestUrl = new Uri("https://feed.example.org/"),
        FinalUrl = new Uri("https://feed.example.org/"),
        Redirects = [],
        Status = 200,
        RequestHeaders = [],
        ResponseHeaders = [.. headers.Where(header => header.Value is not null).Select(header => KeyValuePair.Create(header.Name, header.Value!))],
        Body = default,
        At = Now,
        Duration = TimeSpan.Zero,
    };
}
