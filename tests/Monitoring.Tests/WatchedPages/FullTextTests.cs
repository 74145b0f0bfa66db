using Monitoring.Evidence;
using Monitoring.Items;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.WatchedPages;

/// <summary>Items whose source gives little text are read on their own pages.</summary>
public sealed class FullTextTests : IAsyncLifetime
{
    private ArticleWorld _world = null!;

    public async Task InitializeAsync() => _world = await ArticleWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_name_that_stands_only_on_the_articles_page_is_found_and_flagged()
    {
        await PublishAsync(ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body()));

        var flag = await _world.FlagAsync();
        Assert.NotNull(flag);
        Assert.Equal(["person-1", "topic-1", "DETENTION"], flag.Subjects.Select(subject => subject.Id));
        Assert.Contains(ArticleWorld.Person, flag.Passage.Text, StringComparison.Ordinal);
        Assert.Equal("Read after 1", await _world.OutcomeAsync());
    }

    [Fact]
    public async Task A_name_in_the_menu_of_the_page_is_not_found()
    {
        await PublishAsync(ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body(last: "Других новостей нет.")));

        Assert.Equal("Read after 1", await _world.OutcomeAsync());
        Assert.Null(await _world.FlagAsync());
        Assert.DoesNotContain(ArticleWorld.MenuPerson, await _world.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_source_tells_is_kept_if_the_page_does_not_contain_it()
    {
        _world.Publishes(_world.Item("1", text: "Истцу дали три дня…"), _world.Item("2"));
        _world.Web.On("/1", ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body()));
        _world.Web.On("/2", ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body()));
        await _world.LiveAsync();

        Assert.EndsWith("\nИстцу дали три дня…", await _world.TextAsync("1"), StringComparison.Ordinal);
        Assert.Equal(ArticleWorld.Body(), await _world.TextAsync("2"));
    }

    [Fact]
    public async Task Whoever_tells_of_the_address_that_the_page_calls_right_tells_of_the_same_article_and_its_page_is_not_read_again()
    {
        await PublishAsync(ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body(), "<link rel=\"canonical\" href=\"/story/1\">"));
        _world.Web.On("/other", FeedSample.Rss(_world.Item("of-other", link: _world.Web.Url("/story/1").AbsoluteUri)));
        await _world.ImportAsync($$""" }, { id: feed-2, name: Другая лента, url: "{{_world.Web.Url("/other")}}" """);
        await _world.LiveAsync(rounds: 8);

        var other = await _world.Items.GetAsync(ItemKey.Of("feed-2", new IncomingItem { SourceGuid = "of-other" }), CancellationToken.None);
        Assert.Equal(ArticleWorld.Key("1"), other?.KnownAs);
        Assert.Equal(0, _world.AskedFor("/story/1"));
        Assert.Equal(2, (await _world.FlagAsync())!.Sources);
    }

    [Fact]
    public async Task The_page_fills_what_the_source_does_not_say()
    {
        var published = _world.Clock.GetUtcNow().AddHours(-3);
        await PublishAsync(ArticleWorld.Html(
            ArticleWorld.Title,
            ArticleWorld.Body(),
            $"<meta property=\"article:published_time\" content=\"{published:O}\"><meta name=\"author\" content=\"Айсулу Бозторгаева\"><link rel=\"canonical\" href=\"/story/1\">"));

        Assert.Equal(published, (await _world.ItemAsync()).Published);
        var state = await _world.StateAsync();
        Assert.Equal(("Айсулу Бозторгаева", _world.Web.Url("/story/1")), (state.Author, state.Canonical));
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(100, 0)] // old news
    [InlineData(null, 0)] // undated
    public async Task A_date_on_the_page_counts_as_one_of_the_source(int? hours, int mails)
    {
        var date = hours is null ? "" : $"<meta property=\"article:published_time\" content=\"{_world.Clock.GetUtcNow().AddHours(-hours.Value):O}\">";
        await PublishAsync(ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body(), date));

        Assert.NotNull(await _world.FlagAsync());
        Assert.Equal(mails, await _world.CountAsync("Mails"));
    }

    [Fact]
    public async Task A_date_in_the_future_is_none()
    {
        await PublishAsync(ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body(), $"<meta property=\"article:published_time\" content=\"{_world.Clock.GetUtcNow().AddDays(2):O}\">"));

        Assert.Equal("Read after 1", await _world.OutcomeAsync());
        Assert.Null((await _world.ItemAsync()).Published);
    }

    [Fact]
    public async Task The_page_is_kept_as_evidence_beside_what_the_source_sent()
    {
        await PublishAsync(ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body()));

        var item = await _world.ItemAsync();
        Assert.NotNull(item.ArticleAt);
        var capture = await _world.Station.Get<CaptureStore>().GetAsync(ArticleWorld.Feed, item.ArticleCaptureId!, CancellationToken.None);
        Assert.Equal((_world.Web.Url("/1"), true), (capture!.FinalUrl, capture.Kept));
        Assert.NotEqual(item.CaptureId, item.ArticleCaptureId);
    }

    [Fact]
    public async Task A_later_visit_with_the_same_teaser_changes_nothing()
    {
        await PublishAsync(ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body()));
        var item = await _world.ItemAsync();

        _world.Publishes(_world.Item("1"), _world.Item("2", "Погода на завтра", "Снег.", link: _world.Web.Url("/missing").AbsoluteUri));
        await _world.LiveAsync();

        Assert.Equal((item.ContentHash, item.ArticleAt, item.ETag), ((await _world.ItemAsync()).ContentHash, (await _world.ItemAsync()).ArticleAt, (await _world.ItemAsync()).ETag));
        Assert.Equal(ArticleWorld.Body(), await _world.TextAsync());
        Assert.Equal(1, _world.AskedFor("/1"));
    }

    [Fact]
    public async Task A_changed_teaser_keeps_the_text_and_has_the_page_read_again_at_most_once_an_hour()
    {
        await PublishAsync(ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body()));

        _world.Publishes(_world.Item("1", text: "Заседание снова перенесли."));
        _world.Web.On("/1", ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body(last: ArticleWorld.MenuPerson + " задержана.")));
        await _world.LiveAsync();
        Assert.Equal(1, _world.AskedFor("/1"));
        Assert.Equal(ArticleWorld.Body() + "\nЗаседание снова перенесли.", await _world.TextAsync());

        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.LiveAsync();
        Assert.Equal(2, _world.AskedFor("/1"));
        Assert.Contains(ArticleWorld.MenuPerson + " задержана.", await _world.TextAsync(), StringComparison.Ordinal);
        Assert.Contains((await _world.FlagAsync())!.Subjects, subject => subject.Id == "person-2");
    }

    [Theory]
    [InlineData("<html><head><title>Just a moment...</title></head><body>Checking your browser before accessing the site. Суд перенёс заседание по делу редакции.</body></html>", 200, "a challenge to prove a browser")]
    [InlineData("", 200, "a page without text")]
    [InlineData("<html><body>Not here</body></html>", 404, "HTTP 404")]
    [InlineData("<html><body>Server error</body></html>", 500, "HTTP 500")]
    public async Task What_is_no_article_is_never_its_text_and_is_asked_for_three_times(string html, int status, string outcome)
    {
        await PublishAsync(html, status);
        Assert.Equal($"Due after 1: {outcome}", await _world.OutcomeAsync());

        for (var hour = 0; hour < 6; hour++)
        {
            _world.Clock.Advance(TimeSpan.FromHours(1));
            await _world.LiveAsync();
        }

        Assert.Equal($"Failed after 3: {outcome}", await _world.OutcomeAsync());
        Assert.Equal(3, _world.AskedFor("/1"));
        Assert.Equal(ArticleWorld.Teaser, await _world.TextAsync());
        Assert.NotNull((await _world.ItemAsync()).UnderstoodBy);
    }

    [Theory]
    [InlineData("Мы используем файлы cookie, чтобы сделать портал удобнее, показывать рекламу и считать посетителей. Нажмите «Принять», чтобы продолжить чтение без ограничений.", "a page that does not tell of the item")]
    [InlineData("Пятница.", "no more text than the source gives")]
    public async Task A_page_that_does_not_tell_of_the_item_is_not_its_text(string body, string outcome)
    {
        await PublishAsync(ArticleWorld.Html("Портал", body));

        Assert.EndsWith(outcome, await _world.OutcomeAsync(), StringComparison.Ordinal);
        Assert.Equal(ArticleWorld.Teaser, await _world.TextAsync());
    }

    [Fact]
    public async Task A_redirect_to_the_front_page_is_not_its_text()
    {
        _world.Web.On("/1", "", 302, "Location: /");

        await PublishAsync(html: null);

        Assert.Equal("Due after 1: the front page of the site", await _world.OutcomeAsync());
        Assert.Equal(ArticleWorld.Teaser, await _world.TextAsync());
    }

    [Fact]
    public async Task A_server_that_asks_to_come_later_is_obeyed()
    {
        _world.Web.On("/1", "", 503, "Retry-After: 14400");
        await PublishAsync(html: null);

        _world.Clock.Advance(TimeSpan.FromHours(2));
        await _world.LiveAsync();
        Assert.Equal(1, _world.AskedFor("/1"));

        _world.Clock.Advance(TimeSpan.FromHours(2));
        await _world.LiveAsync();
        Assert.Equal(2, _world.AskedFor("/1"));
    }

    private async Task PublishAsync(string? html, int status = 200)
    {
        if (html is not null)
        {
            _world.Web.On("/1", html, status, "Content-Type: text/html; charset=utf-8");
        }

        _world.Publishes(_world.Item("1"));
        await _world.LiveAsync();
    }
}
