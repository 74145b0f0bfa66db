using Monitoring.Tests.Support;
using static Monitoring.Tests.Support.VisitedFeeds;

namespace Monitoring.Tests.Feeds;

/// <summary>A feed that redirects for good.</summary>
public sealed class MovedSourceTests : IAsyncLifetime
{
    private VisitedFeeds _feeds = null!;

    public async Task InitializeAsync()
    {
        _feeds = await StartAsync(every: "1.00:00:00");
        _feeds.Answers("", 301, "Location: /new");
        _feeds.Web.On("/new", FeedSample.Rss(Item("1")), 200, "ETag: \"1\"");
    }

    public async Task DisposeAsync() => await _feeds.DisposeAsync();

    [Fact]
    public async Task After_three_days_of_agreement_it_is_asked_at_its_new_address()
    {
        Assert.Equal(["/feed", "/new"], await VisitAsync());
        Assert.Equal(["/feed", "/new"], await VisitAsync());
        Assert.Equal(["/feed", "/new"], await VisitAsync());
        Assert.Equal(["/new"], await VisitAsync());
        Assert.Equal(["/new"], await VisitAsync());
    }

    [Fact]
    public async Task What_fails_there_is_asked_at_its_old_address_again()
    {
        for (var day = 0; day < 4; day++)
        {
            await VisitAsync();
        }

        _feeds.Web.On("/new", "", 404);
        _feeds.Holds(Item("2"));

        Assert.Equal(["/new"], await VisitAsync());
        Assert.Equal(["/feed"], await VisitAsync());
        Assert.Null((await _feeds.StateAsync()).Moved);
    }

    [Fact]
    public async Task A_redirect_of_a_day_is_forgotten()
    {
        await VisitAsync();
        _feeds.Holds(Item("1"));

        Assert.Equal(["/feed"], await VisitAsync());
        Assert.Null((await _feeds.StateAsync()).Moved);
    }

    /// <summary>The paths that the next visit asks for.</summary>
    private async Task<IEnumerable<string>> VisitAsync()
    {
        var before = _feeds.Web.Requests.Count;
        await (before == 0 ? _feeds.OutcomeAsync() : _feeds.NextOutcomeAsync());
        return _feeds.Web.Requests.Skip(before).Select(request => request.Path);
    }
}
