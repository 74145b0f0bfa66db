using Monitoring.Fetching;

namespace Monitoring.Tests.Politeness;

/// <summary>A day of sixty servers, lived once.</summary>
public sealed class PoliteDayTests(PoliteDayTests.Day day) : IClassFixture<PoliteDayTests.Day>
{
    [Fact]
    public void Every_feed_of_every_server_is_visited() =>
        Assert.Empty(Told(record => record.Visits.DistinctBy(visit => visit.Path).Count() != record.Kind.Feeds, record => $"{record.Visits.Count} visits"));

    [Fact]
    public void No_server_sees_two_connections_at_once() => Assert.Empty(Told(record => record.MostAtOnce != 1, record => $"{record.MostAtOnce}"));

    [Fact]
    public void No_two_visits_of_a_server_are_closer_than_the_pause() =>
        Assert.Empty(Told(record => record.ShortestPause < new FetchingOptions().HostInterval, record => $"{record.ShortestPause}"));

    [Fact]
    public void A_server_that_asks_for_a_pause_gets_it()
    {
        Assert.Empty(Told(record => record.TooEarly > 0, record => $"{record.TooEarly} visits too early"));
        Assert.Empty(Told(record => record.Kind.Name is "429, seconds" or "503, date" && record.Pauses < 3, record => $"asked {record.Pauses} times only"));
    }

    [Fact]
    public void Validators_go_back_byte_for_byte_whenever_there_are_any()
    {
        Assert.Empty(Told(record => record.Conditional != record.Owed, record => $"{record.Conditional} of {record.Owed}"));
        Assert.Empty(Told(record => record.Kind.Name is "ETag" or "Last-Modified" && record.Requests.Count(request => request.Status == 304) * 2 < record.Requests.Count, record => record.Statuses));
    }

    [Fact]
    public void No_feed_is_visited_more_or_less_often_than_the_schedule_says() => Assert.Empty(day.Records.SelectMany(record => record.Visits.CountBy(visit => visit.Path)
        .Where(feed => feed.Value < record.Kind.Visits.Least || feed.Value > record.Kind.Visits.Most)
        .Select(feed => $"{record.Host}{feed.Key}: {feed.Value} visits")));

    private IEnumerable<string> Told(Func<PoliteRecord, bool> isWrong, Func<PoliteRecord, string> what) => day.Records.Where(isWrong).Select(record => $"{record.Host}: {what(record)}");

    public sealed class Day : IAsyncLifetime
    {
        internal IReadOnlyList<PoliteRecord> Records { get; private set; } = [];

        public async Task InitializeAsync() => Records = await PoliteDay.LiveAsync(TimeSpan.FromDays(1));

        public Task DisposeAsync() => Task.CompletedTask;
    }
}
