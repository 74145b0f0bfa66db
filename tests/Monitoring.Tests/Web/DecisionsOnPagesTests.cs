using System.Net;
using System.Text.RegularExpressions;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Web;

public sealed partial class DecisionsOnPagesTests : IAsyncLifetime
{
    private SmallWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await SmallWorld.StartAsync();
        await _world.LiveAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Confirming_moves_the_item_notes_it_and_offers_undo()
    {
        var item = await FirstAsync();

        using var answer = await _world.PostAsync("/review", "/review/decide", ("item", item), ("decision", "confirm"), ("note", "seen in two sources"));

        Assert.Equal((HttpStatusCode.Found, $"/review?decided={item}"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        var review = await _world.PageAsync(answer.Headers.Location.OriginalString);
        Assert.Contains("value=\"undo\">Undo</button>", review, StringComparison.Ordinal);
        Assert.Contains("<span class=\"count\">1</span>", review, StringComparison.Ordinal);
        Assert.Contains("confirmed by an editor", await _world.PageAsync($"/items/{item}"), StringComparison.Ordinal);
        Assert.Contains("seen in two sources", await _world.PageAsync($"/items/{item}"), StringComparison.Ordinal);
        Assert.Contains(item, await _world.PageAsync("/review?state=confirmed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_brings_the_item_back_and_keeps_the_history()
    {
        var item = await FirstAsync();
        await _world.PostAsync("/review", "/review/decide", ("item", item), ("decision", "dismiss"));

        using var answer = await _world.PostAsync("/review?state=dismissed", "/review/decide", ("item", item), ("decision", "undo"));

        Assert.Contains("<span class=\"count\">2</span>", await _world.PageAsync("/review"), StringComparison.Ordinal);
        var page = await _world.PageAsync($"/items/{item}");
        Assert.Contains("undone by an editor", page, StringComparison.Ordinal);
        Assert.Contains("dismissed by an editor", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deciding_on_the_item_page_stays_there()
    {
        var item = await FirstAsync();

        using var answer = await _world.PostAsync($"/items/{item}", "/review/decide", ("item", item), ("decision", "confirm"), ("from", $"/items/{item}"));

        Assert.Equal($"/items/{item}", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_same_decision_twice_is_said_and_changes_nothing()
    {
        var item = await FirstAsync();
        await _world.PostAsync("/review", "/review/decide", ("item", item), ("decision", "confirm"));

        using var answer = await _world.PostAsync("/review", "/review/decide", ("item", item), ("decision", "confirm"));

        Assert.Contains("Somebody decided the same already.", await _world.PageAsync(answer.Headers.Location!.OriginalString), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/review/decide")]
    [InlineData("/operations/requeue")]
    [InlineData("/access")]
    public async Task A_form_without_its_token_is_refused(string action)
    {
        using var form = new FormUrlEncodedContent([new("item", await FirstAsync()), new("decision", "confirm"), new("id", "1"), new("token", "x")]);

        using var answer = await _world.Client.PostAsync(action, form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("<span class=\"count\">2</span>", await _world.PageAsync("/review"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "confirm")]
    [InlineData("a.b", "confirm")]
    public async Task An_unknown_item_is_a_404(string item, string decision)
    {
        using var answer = await _world.PostAsync("/review", "/review/decide", ("item", item), ("decision", decision));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task An_empty_queue_says_how_the_sources_are()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await _world.PostAsync("/review", "/review/decide", ("item", await FirstAsync()), ("decision", "dismiss"));
        }

        Assert.Contains("Nothing waits. 1 of 2 sources answered at their last visit.", await _world.PageAsync("/review"), StringComparison.Ordinal);
    }

    private async Task<string> FirstAsync() => Item().Match(await _world.PageAsync("/review")).Groups[1].Value;

    [GeneratedRegex("name=\"item\" value=\"([^\"]+)\"")]
    private static partial Regex Item();
}
