using System.Net;
using System.Text.RegularExpressions;
using Monitoring.Items;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Web;

public sealed partial class PagesTests : IAsyncLifetime
{
    private SmallWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await SmallWorld.StartAsync();
        await _world.LiveAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData("/", "Overview")]
    [InlineData("/review", "Review")]
    [InlineData("/review?state=confirmed", "Review")]
    [InlineData("/availability", "Availability")]
    [InlineData("/availability/site-1", "Сайт &amp; Co")]
    [InlineData("/availability/site-1?span=1y", "Сайт &amp; Co")]
    [InlineData("/availability/report", "Availability report")]
    [InlineData("/sources", "Sources")]
    [InlineData("/watchlist", "Watch list")]
    [InlineData("/watchlist?q=%D0%BC%D0%B8%D1%80%D0%B0%D1%81", "Watch list")]
    [InlineData("/match", "Try a text")]
    [InlineData("/search", "Search")]
    [InlineData("/mails", "Mails")]
    [InlineData("/operations", "Operations")]
    public async Task Every_page_has_one_heading_one_lead_and_a_title(string path, string heading)
    {
        var page = await _world.PageAsync(path);

        Assert.Equal(heading, Heading().Match(page).Groups[1].Value);
        Assert.Single(Heading().Matches(page));
        Assert.Single(Lead().Matches(page));
        Assert.Matches("<title>[^<]+</title>", page);
    }

    [Fact]
    public async Task Every_link_between_pages_leads_somewhere()
    {
        var seen = new HashSet<string> { "/" };
        var left = new Queue<string>(seen);
        while (left.TryDequeue(out var path))
        {
            using var answer = await _world.Client.GetAsync(path);
            Assert.True(answer.StatusCode is HttpStatusCode.OK, $"{path} answered {answer.StatusCode}");
            if (answer.Content.Headers.ContentType?.MediaType == "text/html")
            {
                var links = InternalLink().Matches(await answer.Content.ReadAsStringAsync()).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value).Split('#')[0]);
                links.Where(link => link.Length > 0 && seen.Add(link)).ToList().ForEach(left.Enqueue);
            }
        }

        Assert.Contains(seen, link => link.StartsWith("/items/", StringComparison.Ordinal));
        Assert.Contains(seen, link => link.StartsWith("/mails/", StringComparison.Ordinal));
        Assert.Contains(seen, link => link.StartsWith("/evidence/measurement", StringComparison.Ordinal));
        Assert.Contains(seen, link => link.StartsWith("/evidence/captures/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hostile_titles_and_names_are_shown_as_text()
    {
        var pages = string.Concat(await Task.WhenAll(_world.PageAsync("/"), _world.PageAsync("/review"), _world.PageAsync("/sources"), _world.PageAsync("/mails")));

        Assert.DoesNotContain("<script", pages, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", pages, StringComparison.Ordinal);
        Assert.Contains("Лента &lt;b&gt;дня&lt;/b&gt;", pages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operations_say_when_stored_items_have_not_met_the_present_list()
    {
        var list = await _world.Station.Get<WatchlistReader>().GetAsync(CancellationToken.None);
        async Task<string> EndedAsync(string version)
        {
            await _world.Station.Get<RematchPlaceStore>().EndAsync(new RematchScope(), CompiledList.UnderstoodByOf(version), _world.Clock.GetUtcNow(), CancellationToken.None);
            return await _world.PageAsync("/operations");
        }

        Assert.Contains("until <code>rematch</code> has run", await EndedAsync("earlier"), StringComparison.Ordinal);
        Assert.DoesNotContain("<code>rematch</code>", await EndedAsync(list.Version), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cyrillic_is_written_as_letters()
    {
        Assert.Contains("Кыранбеков", await _world.PageAsync("/review"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_review_page_marks_the_words_and_explains_them()
    {
        var page = await _world.PageAsync("/review");

        Assert.Contains("<mark>Мирас Кыранбеков</mark>", page, StringComparison.Ordinal);
        Assert.Contains("<mark>задержан</mark>", page, StringComparison.Ordinal);
        Assert.Contains("<li>name and act stand in one sentence</li>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_item_page_shows_text_reasons_capture_and_history()
    {
        var item = InternalLink().Matches(await _world.PageAsync("/review")).Select(match => match.Groups[1].Value).Last(link => link.StartsWith("/items/", StringComparison.Ordinal));

        var page = await _world.PageAsync(item);

        Assert.Contains("Второй &amp; последний.", page, StringComparison.Ordinal);
        Assert.Contains("it was there before the source was first visited: not mailed at once", page, StringComparison.Ordinal);
        Assert.Matches("SHA-256 <code>[0-9a-f]{64}</code>", page);
        Assert.Contains("first seen", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_told_by_two_sources_shows_what_each_says_and_said()
    {
        await _world.RetellAsync();
        var first = ItemKey.Of("feed-1", new IncomingItem { SourceGuid = "2" });

        var page = await _world.PageAsync($"/items/{first}");

        Assert.Contains("<h2 lang=\"en\">Told by 2 sources</h2>", page, StringComparison.Ordinal);
        Assert.Contains("<h2 lang=\"en\">What Silent adds</h2>", page, StringComparison.Ordinal);
        Assert.Contains("<mark>Адвокат не допущен</mark>.", page, StringComparison.Ordinal);
        Assert.Contains("<h2 lang=\"en\">Changed once</h2>", page, StringComparison.Ordinal);
        Assert.Matches("<del>задержан .*</del>.*<ins>отпущен", page.ReplaceLineEndings(" "));
        Assert.Equal(3, ShaOfCapture().Count(page));
        Assert.Contains($"told by <a href=\"/items/{first}#sightings\">2 sources</a>", await _world.PageAsync("/review"), StringComparison.Ordinal);

        Assert.Contains("Told by 2 sources", await _world.PageAsync($"/items/{ItemKey.Of("feed-2", new IncomingItem { SourceGuid = "2" })}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_is_linked_from_its_item_and_split_and_merged_by_forms()
    {
        var items = InternalLink().Matches(await _world.PageAsync("/review")).Select(match => match.Groups[1].Value).Where(link => link.StartsWith("/items/", StringComparison.Ordinal) && !link.Contains('#', StringComparison.Ordinal)).Distinct().ToList();
        var (one, other) = (await StoryOfAsync(items[0]), await StoryOfAsync(items[1]));
        Assert.NotEqual(one, other);
        Assert.Contains("told by 1 item, 1 independent source", await _world.PageAsync(one), StringComparison.Ordinal);

        using var merged = await _world.PostAsync(one, "/stories/change", ("story", one.Split('/')[^1]), ("change", "merge"), ("other", $"https://monitoring.example{items[1]}"));
        Assert.Equal(one, merged.Headers.Location!.OriginalString);
        var page = await _world.PageAsync(one);
        Assert.Contains("told by 2 items", page, StringComparison.Ordinal);
        Assert.Contains("Split off", page, StringComparison.Ordinal);
        Assert.Contains("Undo the merging", page, StringComparison.Ordinal);

        using var back = await _world.PostAsync(one, "/stories/change", ("story", one.Split('/')[^1]), ("change", "unmerge"));
        Assert.Contains("told by 1 item", await _world.PageAsync(one), StringComparison.Ordinal);

        using var wrong = await _world.PostAsync(one, "/stories/change", ("story", one.Split('/')[^1]), ("change", "merge"), ("other", "../../etc"));
        Assert.Contains("answer=No%20such", wrong.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    private async Task<string> StoryOfAsync(string item) =>
        InternalLink().Matches(await _world.PageAsync(item)).Select(match => match.Groups[1].Value).Single(link => link.StartsWith("/stories/", StringComparison.Ordinal));

    [Fact]
    public async Task Availability_says_the_state_in_words_and_links_to_the_reasoning()
    {
        var page = await _world.PageAsync("/availability");

        Assert.Contains("Signs of blocking: block page", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/availability/site-1#vantage-proxy\"", page, StringComparison.Ordinal);
        Assert.Contains("rule bd-20, likely", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_page_draws_a_strip_with_a_table_twin()
    {
        var page = await _world.PageAsync("/availability/site-1");

        Assert.Contains("<title id=\"t-vantage-proxy\">Last 24 hours from proxy</title>", page, StringComparison.Ordinal);
        Assert.Contains("0 of 4 checks good; 92 of 96 quarter hours not measured.", page, StringComparison.Ordinal);
        Assert.Contains("The same as a table", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_say_when_the_next_visit_is_and_why()
    {
        var page = await _world.PageAsync("/sources?health=failing");

        Assert.Contains("HTTP 404", page, StringComparison.Ordinal);
        Assert.Matches("failed [0-9] times in a row: after", page);
        Assert.DoesNotContain("every 15 min", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_that_went_quiet_have_a_list_of_their_own()
    {
        Assert.Contains("None: all sources tell as much as usual.", await _world.PageAsync("/sources?health=quiet"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"/sources?health=quiet\"><strong>0</strong> gone quiet</a>", await _world.PageAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_is_shown_as_it_was_sent_in_a_frame_that_may_do_nothing()
    {
        var mail = InternalLink().Matches(await _world.PageAsync("/mails")).Select(match => match.Groups[1].Value).First(link => link.StartsWith("/mails/", StringComparison.Ordinal));

        var page = await _world.PageAsync(mail);
        using var html = await _world.Client.GetAsync(mail + "/html");

        Assert.Contains($"<iframe class=\"mail\" title=\"The mail's HTML part\" sandbox src=\"{mail}/html\">", page.Replace("&#x27;", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox", html.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/items/x.y")]
    [InlineData("/items/..%2f..%2fetc")]
    [InlineData("/availability/nobody")]
    [InlineData("/mails/a.b")]
    [InlineData("/mails/a.b/html")]
    [InlineData("/evidence/captures/feed-1/nothing")]
    [InlineData("/evidence/captures/..%2f/x")]
    [InlineData("/evidence/measurement?name=keys/x.xml")]
    [InlineData("/evidence/measurement?name=measurements/../keys/x.xml")]
    [InlineData("/evidence/measurement/document?name=measurements/../keys/x.json.gz")]
    [InlineData("/evidence/measurement/document?name=measurements/site-1/x/y.json.gz")]
    public async Task What_is_not_there_is_a_404(string path)
    {
        using var answer = await _world.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Lists_page_and_ignore_nonsense_in_the_address()
    {
        Assert.Contains("Sources", await _world.PageAsync("/sources?after=-1"), StringComparison.Ordinal);
        Assert.Contains("Mails", await _world.PageAsync("/mails?after=%00%ff"), StringComparison.Ordinal);
        Assert.Contains("Review", await _world.PageAsync("/review?state=x&after=zzz&decided=%3Cb%3E"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_carries_a_strict_policy()
    {
        foreach (var path in new[] { "/", "/review", "/healthz", "/nothing", "/monitoring.css" })
        {
            using var answer = await _world.Client.GetAsync(path);

            Assert.Equal("default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'self'", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        }
    }

    [Fact]
    public async Task The_stylesheet_is_there_and_small()
    {
        var css = await _world.Client.GetByteArrayAsync("/monitoring.css");

        Assert.InRange(css.Length, 2_000, 20_000);
    }

    [Fact]
    public async Task No_page_has_inline_styles_or_scripts()
    {
        foreach (var path in new[] { "/", "/review", "/availability", "/availability/site-1", "/availability/site-1?span=30d", "/availability/report", "/sources", "/watchlist", "/match", "/search?q=%D1%81%D1%83%D0%B4", "/mails", "/operations" })
        {
            Assert.DoesNotMatch("<script|<style| style=| on[a-z]+=", await _world.PageAsync(path));
        }
    }

    [GeneratedRegex("<h1[^>]*>(?:<[^>]+>)?([^<]+)")]
    private static partial Regex Heading();

    [GeneratedRegex("class=\"lead\"")]
    private static partial Regex Lead();

    [GeneratedRegex("SHA-256 <code>[0-9a-f]{64}</code>")]
    private static partial Regex ShaOfCapture();

    [GeneratedRegex("href=\"(/[^\"]*)\"")]
    private static partial Regex InternalLink();
}
