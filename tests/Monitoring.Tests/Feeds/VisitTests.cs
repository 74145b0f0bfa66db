using Monitoring.Items;
using Monitoring.Tests.Support;
using Monitoring.Work;
using static Monitoring.Tests.Support.VisitedFeeds;

namespace Monitoring.Tests.Feeds;

/// <summary>A visit from the job's start to the source's row.</summary>
public sealed class VisitTests : IAsyncLifetime
{
    private VisitedFeeds _feeds = null!;

    public async Task InitializeAsync() => _feeds = await StartAsync();

    public async Task DisposeAsync() => await _feeds.DisposeAsync();

    [Fact]
    public async Task What_the_first_visit_finds_was_there_before_us()
    {
        _feeds.Holds(Item("1"));
        await _feeds.OutcomeAsync();
        _feeds.Holds(Item("2"), Item("1"));

        Assert.Equal("2 items, 1 new, 0 changed", await _feeds.NextOutcomeAsync());
        Assert.Equal((true, false), ((await _feeds.ItemAsync("1")).IsBaseline, (await _feeds.ItemAsync("2")).IsBaseline));
    }

    [Fact]
    public async Task After_failures_only_the_first_readable_answer_is_the_baseline()
    {
        _feeds.Answers("", 503);
        await _feeds.OutcomeAsync();
        _feeds.Holds(Item("1"));
        await _feeds.NextOutcomeAsync();

        Assert.True((await _feeds.ItemAsync("1")).IsBaseline);
    }

    [Theory]
    [InlineData(-1, true)] // an hour before the source was listed
    [InlineData(1, false)] // after it, while no visit could be made
    [InlineData(100, true)] // a mistake of the source
    public async Task What_was_published_since_the_source_is_listed_is_news_although_its_first_visits_failed(int hours, bool isBaseline)
    {
        _feeds.Answers("", 503);
        await _feeds.OutcomeAsync();
        _feeds.Clock.Advance(TimeSpan.FromHours(2));
        _feeds.Holds(Item("1", $"<pubDate>{(await _feeds.StateAsync()).ListedAt!.Value.AddHours(hours):R}</pubDate>"));

        await _feeds.OutcomeAsync();

        Assert.Equal(isBaseline, (await _feeds.ItemAsync("1")).IsBaseline);
    }

    [Fact]
    public async Task A_changed_item_stays_the_same_item()
    {
        _feeds.Holds(Item("1"));
        await _feeds.OutcomeAsync();
        _feeds.Holds(Item("1", "<description>Дополнено</description>"));

        Assert.Equal("1 items, 0 new, 1 changed", await _feeds.NextOutcomeAsync());
        var item = await _feeds.ItemAsync("1");
        Assert.Equal(("Дополнено", true, 1), (item.Summary, item.IsBaseline, await _feeds.CountAsync("Items")));
    }

    [Fact]
    public async Task The_row_tells_how_the_source_fares()
    {
        _feeds.Holds(Item("1", "<pubDate>Sun, 22 Nov 2026 01:00:00 GMT</pubDate>"), "<item><title>A & B</title></item>");

        await _feeds.OutcomeAsync();

        var state = await _feeds.StateAsync();
        Assert.Equal(("2 items, 2 new, 0 changed", 2L, 0, "1 bare ampersands were taken as text (first in line 1)"), (state.LastOutcome, state.Items, state.Failures, state.Repairs));
        Assert.Equal((_feeds.Now, _feeds.Now, _feeds.Now.AddHours(-2), null), (state.LastVisit, state.LastSuccess, state.NewestItem, state.QueuedUntil));
        Assert.Equal((_feeds.Now.AddMinutes(15), "every 15 min, as its entry says"), (state.NextVisit, state.Why));
    }

    [Fact]
    public async Task A_date_in_the_future_is_now()
    {
        _feeds.Holds(Item("1", "<pubDate>Wed, 22 Nov 2028 01:00:00 GMT</pubDate>"));

        await _feeds.OutcomeAsync();

        Assert.Equal((_feeds.Now, _feeds.Now), ((await _feeds.StateAsync()).NewestItem, (await _feeds.ItemAsync("1")).Published));
    }

    [Fact]
    public async Task Of_Atom_the_date_of_the_update_counts_where_there_is_no_other()
    {
        _feeds.Answers("<feed><entry><id>1</id><title>A</title><updated>2026-11-22T01:00:00Z</updated></entry></feed>");

        await _feeds.OutcomeAsync();

        Assert.Equal(_feeds.Now.AddHours(-2), (await _feeds.ItemAsync("1")).Published);
    }

    [Fact]
    public async Task A_link_that_cannot_be_costs_the_link_and_not_the_feed()
    {
        _feeds.Holds("<item><title>Новость</title><link>http://xn--й.kz/1</link></item>", Item("1"));

        Assert.Equal("2 items, 2 new, 0 changed", await _feeds.OutcomeAsync());
    }

    [Fact]
    public async Task Failures_double_the_wait_and_a_success_ends_them()
    {
        _feeds.Answers("", 500);
        await _feeds.OutcomeAsync();
        await _feeds.NextOutcomeAsync();
        Assert.Equal((2, _feeds.Now.AddMinutes(30), "HTTP 500"), ((await _feeds.StateAsync()).Failures, (await _feeds.StateAsync()).NextVisit, (await _feeds.StateAsync()).LastOutcome));
        _feeds.Holds(Item("1"));

        await _feeds.NextOutcomeAsync();

        Assert.Equal((0, _feeds.Now.AddMinutes(15)), ((await _feeds.StateAsync()).Failures, (await _feeds.StateAsync()).NextVisit));
    }

    [Fact]
    public async Task The_wish_of_the_feed_is_kept()
    {
        _feeds.Answers(FeedSample.Rss("<ttl>60</ttl>" + Item("1")));

        await _feeds.OutcomeAsync();

        Assert.Equal((_feeds.Now.AddHours(1), "the feed asks for at least 1 h"), ((await _feeds.StateAsync()).NextVisit, (await _feeds.StateAsync()).Why));
    }

    [Fact]
    public async Task Understanding_is_asked_for_only_when_something_waits()
    {
        _feeds.Holds();
        await _feeds.OutcomeAsync();
        Assert.Equal(0, await WaitingAsync());
        _feeds.Holds(Item("1"));

        await _feeds.NextOutcomeAsync();

        Assert.Equal(1, await WaitingAsync());
    }

    [Fact]
    public async Task A_second_message_for_the_same_visit_finds_nothing_due()
    {
        _feeds.Holds(Item("1"));
        await _feeds.OutcomeAsync();
        _feeds.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.IsType<JobResult.NothingDue>(await _feeds.RunAsync());
        Assert.Single(_feeds.Web.Requests);
    }

    [Fact]
    public async Task A_source_that_is_not_on_the_list_is_not_visited() => Assert.IsType<JobResult.NothingDue>(await _feeds.RunAsync("nobody"));

    [Fact]
    public async Task A_visit_repeated_after_a_crash_stores_nothing_twice()
    {
        _feeds.Holds(Item("1"), Item("2"));
        _feeds.Before = call => Assert.False(call is { Table: "Sources", Method: "ReplaceAsync" } && _feeds.Web.Requests.IsEmpty is false, "crash");
        await Assert.ThrowsAnyAsync<Exception>(() => _feeds.VisitAsync());
        _feeds.Before = _ => { };
        _feeds.Clock.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal("2 items, 0 new, 0 changed", await _feeds.OutcomeAsync());
        Assert.Equal((2, 1), (await _feeds.CountAsync("Items"), await _feeds.CountAsync("Captures")));
        Assert.True((await _feeds.ItemAsync("1")).IsBaseline);
        Assert.NotEqual(0, await WaitingAsync());
    }

    [Fact]
    public async Task A_page_is_visited_like_a_feed()
    {
        _feeds.Web.On("/page", "<a href=\"/1\">Мирас Кыранбеков задержан в Алматы</a>", 200, "Content-Type: text/html");

        Assert.Equal("1 items, 1 new, 0 changed", await _feeds.OutcomeAsync(Page));
        Assert.Contains("text/html", _feeds.Web.Requests.Single().Headers["Accept"], StringComparison.Ordinal);
    }

    private async Task<long> WaitingAsync() =>
        (await _feeds.Station.Get<IWorkQueue>().GetStateAsync(CancellationToken.None)).Where(state => state.Kind == UnderstandJob.WorkKind).Sum(state => state.Length);
}
