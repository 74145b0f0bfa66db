using System.Net;
using System.Text.RegularExpressions;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Web;

public sealed class SearchPageTests : IAsyncLifetime
{
    private SmallWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await SmallWorld.StartAsync();
        await _world.LiveAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Items_are_counted_and_shown_with_their_hits_marked()
    {
        var page = await SearchAsync("задержан* -вавилон");

        Assert.Contains("<code>задержан* AND NOT вавилон</code>", page, StringComparison.Ordinal);
        Assert.Matches("[1-9][0-9]* of [1-9][0-9]* items found", page);
        Assert.Matches("<mark>(?i:задержан)[а-я]*</mark>", page);
        Assert.Matches("href=\"/items/[^\"]+\"", page);
    }

    [Fact]
    public async Task Nothing_found_is_said()
    {
        Assert.Contains("0 of ", await SearchAsync("вавилон"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_shown_under_the_query_which_stays_in_the_form()
    {
        var page = await SearchAsync("<b> langg:ru");

        Assert.Contains("did you mean lang:? The fields are", page, StringComparison.Ordinal);
        Assert.Contains("<pre class=\"mail\">&lt;b&gt; langg:ru\n    ^^^^^^</pre>", page, StringComparison.Ordinal);
        Assert.Contains("value=\"&lt;b&gt; langg:ru\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_leads_to_what_it_counts()
    {
        var page = await SearchAsync("задержан*");
        var sources = Regex.Matches(page, "<td>([^<]+)</td><td data-label=\"Items\"><a href=\"(/search[^\"]+source=[^\"]+)\">([0-9]+)</a>").ToList();
        var days = Regex.Matches(page, "<td>([0-9-]{10})</td><td data-label=\"Items\"><a href=\"(/search[^\"]+day=[^\"]+)\">([0-9]+)</a>").ToList();

        Assert.NotEmpty(sources);
        Assert.NotEmpty(days);
        foreach (var row in sources.Concat(days))
        {
            var narrowed = await _world.PageAsync(WebUtility.HtmlDecode(row.Groups[2].Value));
            Assert.Contains($">{row.Groups[3].Value} of ", narrowed, StringComparison.Ordinal);
            Assert.Contains(row.Groups[1].Value, Regex.Match(narrowed, "Only items of ([^.]+)\\.").Groups[1].Value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_topic_says_what_it_asks_for_and_can_be_tried_on_what_is_stored()
    {
        var list = await _world.PageAsync("/watchlist");
        var address = Regex.Match(list, "href=\"(/watchlist/topic/[^\"]+)\"").Groups[1].Value;
        var topic = await _world.PageAsync(address);
        var whole = WebUtility.HtmlDecode(Regex.Match(topic, "name=\"q\" value=\"([^\"]+)\"").Groups[1].Value);

        Assert.Contains("<code>задержан*</code>", topic, StringComparison.Ordinal);
        Assert.Matches("[1-9][0-9]* of [1-9][0-9]* items found", await SearchAsync(whole));
    }

    private Task<string> SearchAsync(string query) => _world.PageAsync($"/search?q={Uri.EscapeDataString(query)}");
}
