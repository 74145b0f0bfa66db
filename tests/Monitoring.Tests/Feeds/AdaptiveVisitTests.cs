using Monitoring.Digests;
using Monitoring.Feeds;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Feeds;

/// <summary>The times between visits follow what the visits bring.</summary>
public sealed class AdaptiveVisitTests : IAsyncLifetime
{
    private VisitedFeeds _feeds = null!;

    public async Task InitializeAsync() => _feeds = await VisitedFeeds.StartAsync(every: null);

    public async Task DisposeAsync() => await _feeds.DisposeAsync();

    [Fact]
    public async Task The_first_document_says_nothing_of_the_habits()
    {
        Hold(1, 10);

        await _feeds.OutcomeAsync();

        Assert.Equal((TimeSpan.FromMinutes(15), "every 15 min: to begin with", ""), await HabitsAsync());
    }

    [Fact]
    public async Task Many_new_items_bring_the_next_visit_nearer_and_none_puts_it_off()
    {
        Hold(1, 10);
        await _feeds.OutcomeAsync();
        Hold(9, 10);
        await _feeds.NextOutcomeAsync();
        Assert.Equal((TimeSpan.FromMinutes(7.5), "every 7.5 min: most of its items were new", "2026-11-22 8"), await HabitsAsync());

        await _feeds.NextOutcomeAsync();
        Assert.Equal((TimeSpan.FromMinutes(9.375), "every 9.4 min: nearly all of its items were known", "2026-11-22 8"), await HabitsAsync());
    }

    [Fact]
    public async Task An_answer_without_change_counts_as_all_known()
    {
        _feeds.Answers(FeedSample.Rss(VisitedFeeds.Item("1")), 200, "ETag: \"1\"");
        await _feeds.OutcomeAsync();
        _feeds.Answers("", 304);

        Assert.Equal("304, nothing new", await _feeds.NextOutcomeAsync());

        Assert.Equal("every 18.8 min: nearly all of its items were known", (await _feeds.StateAsync()).Why);
    }

    [Fact]
    public async Task What_the_server_calls_fresh_is_not_asked_for_again()
    {
        _feeds.Answers(FeedSample.Rss(VisitedFeeds.Item("1")), 200, "Cache-Control: public, max-age=7200");

        await _feeds.OutcomeAsync();

        Assert.Equal("the server calls its answer fresh for 2 h", (await _feeds.StateAsync()).Why);
        Assert.Equal(_feeds.Now.AddHours(2), (await _feeds.StateAsync()).NextVisit);
    }

    [Fact]
    public async Task A_page_that_is_gone_for_good_is_looked_at_once_a_day_and_heals()
    {
        _feeds.Answers("", 410);
        await _feeds.OutcomeAsync();
        Assert.Equal(_feeds.Now.AddDays(1), (await _feeds.StateAsync()).NextVisit);

        Hold(1, 3);
        await _feeds.NextOutcomeAsync();
        Assert.Equal((0, 0.0, _feeds.Now.AddMinutes(15)), ((await _feeds.StateAsync()).Failures, (await _feeds.StateAsync()).Setback, (await _feeds.StateAsync()).NextVisit));
    }

    [Fact]
    public async Task A_source_that_stops_telling_is_reported_though_it_answers()
    {
        var next = 1;
        for (var day = 0; day < 15; day++)
        {
            Hold(next += 5, 10);
            await _feeds.OutcomeAsync();
            _feeds.Clock.Advance(TimeSpan.FromDays(1));
        }

        await _feeds.OutcomeAsync();
        Assert.Empty((await HealthAsync()).Quiet);

        _feeds.Clock.Advance(TimeSpan.FromDays(2));
        await _feeds.OutcomeAsync();

        var quiet = Assert.Single((await HealthAsync()).Quiet);
        Assert.Equal(("Лента", new GoneQuiet(new DateOnly(2026, 12, 6), 5)), (quiet.Name, quiet.Quiet));
    }

    [Fact]
    public async Task A_source_that_does_not_answer_is_not_called_quiet_too()
    {
        await A_source_that_stops_telling_is_reported_though_it_answers();
        _feeds.Answers("", 500);
        await _feeds.NextOutcomeAsync();

        var health = await HealthAsync();

        Assert.Empty(health.Quiet);
        Assert.Contains("Лента", health.Silent.Select(source => source.Name));
    }

    /// <summary>Items number <paramref name="first"/> and the following.</summary>
    private void Hold(int first, int count) => _feeds.Holds([.. Enumerable.Range(first, count).Select(number => VisitedFeeds.Item($"{number}"))]);

    private async Task<(TimeSpan Wait, string? Why, string History)> HabitsAsync()
    {
        var state = await _feeds.StateAsync();
        return (state.NextVisit - _feeds.Now, state.Why, state.History.ToString());
    }

    private async Task<SourceHealth> HealthAsync() => await new SourceHealthReport(_feeds.Station.Get<SourceStateStore>(), _feeds.Clock)
        .ReadAsync(await _feeds.Station.Get<WatchlistReader>().GetAsync(CancellationToken.None), CancellationToken.None);
}
