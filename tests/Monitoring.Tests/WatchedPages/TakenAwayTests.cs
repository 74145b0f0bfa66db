using Monitoring.Alerts.Delivery;
using Monitoring.Items;
using Monitoring.Review;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.WatchedPages;

/// <summary>An outlet takes a flagged article away: an event, if it is sure.</summary>
public sealed class TakenAwayTests : IAsyncLifetime
{
    private ArticleWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await ArticleWorld.StartAsync();
        Stands();
        _world.Publishes(_world.Item("1"));
        await _world.LiveAsync();
        Assert.NotNull(await _world.FlagAsync());
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData(404, "", "HTTP 404")]
    [InlineData(410, "", "HTTP 410")]
    [InlineData(302, "Location: /", "@reason.front_page")]
    public async Task Missing_twice_a_day_apart_while_the_site_answers_is_an_event(int status, string header, string how)
    {
        Answers(status, header);
        var since = _world.Clock.GetUtcNow();
        await DaysAsync(4);

        var gone = (await _world.ItemAsync()).Gone;
        Assert.NotNull(gone);
        Assert.Equal((how, null), (gone.How, gone.BackAt));
        Assert.InRange(gone.Since, since, since.AddDays(2));
        Assert.True(gone.Confirmed - gone.Since >= TimeSpan.FromDays(1));
        Assert.Equal(2, gone.Captures.Distinct().Count());
        Assert.Contains((await _world.FlagAsync())!.Reasons, reason => reason.Text == "reason.gone");
        Assert.Contains("Taken away by the outlet: Мирас Кыранбеков", await DigestsAsync(), StringComparison.Ordinal);
        Assert.Equal(ArticleWorld.Body(), await _world.TextAsync());
    }

    [Fact]
    public async Task Missing_once_is_none()
    {
        Answers(404);
        await DaysAsync(1);
        Stands();
        await DaysAsync(40);

        Assert.Null((await _world.ItemAsync()).Gone);
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(503, "")]
    [InlineData(403, "")]
    [InlineData(404, "cf-mitigated: challenge")]
    [InlineData(200, "cf-mitigated: challenge")]
    public async Task Any_other_trouble_says_nothing(int status, string header)
    {
        Answers(status, header);
        await DaysAsync(40);

        Assert.Null((await _world.ItemAsync()).Gone);
        Assert.Null((await _world.StateAsync()).First);
    }

    [Fact]
    public async Task A_failure_in_between_does_not_count_and_the_next_look_does()
    {
        Answers(404);
        await DaysAsync(1);
        Answers(503);
        await DaysAsync(1);
        Assert.Null((await _world.ItemAsync()).Gone);

        Answers(404);
        await DaysAsync(2);

        Assert.NotNull((await _world.ItemAsync()).Gone);
    }

    [Fact]
    public async Task A_site_that_answers_nothing_else_has_not_taken_it_away()
    {
        Answers(404);
        _world.Web.On("/", "", 404);
        await DaysAsync(6);
        Assert.Null((await _world.ItemAsync()).Gone);

        _world.Web.On("/", ArticleWorld.Html("Новости дня", ArticleWorld.Body()));
        await DaysAsync(2);

        Assert.NotNull((await _world.ItemAsync()).Gone);
    }

    [Fact]
    public async Task An_article_that_comes_back_is_noted_too()
    {
        Answers(404);
        await DaysAsync(3);
        Stands();
        await DaysAsync(4);

        var gone = (await _world.ItemAsync()).Gone;
        Assert.NotNull(gone?.BackAt);
        Assert.Contains((await _world.FlagAsync())!.Reasons, reason => reason.Text == "reason.back");
        Assert.DoesNotContain((await _world.FlagAsync())!.Reasons, reason => reason.Text == "reason.gone");
    }

    [Fact]
    public async Task A_good_status_with_another_page_is_neither_gone_nor_back()
    {
        var other = ArticleWorld.Html("Портал", string.Join(' ', Enumerable.Repeat("Такой страницы больше нет, посмотрите другие новости.", 40)));
        _world.Web.On("/1", other);
        await DaysAsync(8);
        Assert.Null((await _world.ItemAsync()).Gone);

        Answers(404);
        await DaysAsync(30);
        _world.Web.On("/1", other);
        await DaysAsync(8);

        Assert.Equal((true, null), ((await _world.ItemAsync()).Gone is not null, (await _world.ItemAsync()).Gone?.BackAt));
    }

    [Fact]
    public async Task Nobody_looks_after_a_dismissed_one()
    {
        await _world.Station.Get<Decisions>().DismissAsync(ArticleWorld.Key("1"), "editor-1", "a namesake", CancellationToken.None);
        var asked = _world.AskedFor("/1");
        Answers(404);
        await DaysAsync(10);

        Assert.Equal(asked, _world.AskedFor("/1"));
        Assert.Null((await _world.ItemAsync()).Gone);
    }

    [Fact]
    public async Task A_confirmed_one_stays_confirmed_and_says_that_it_is_gone()
    {
        await _world.Station.Get<Decisions>().ConfirmAsync(ArticleWorld.Key("1"), "editor-1", note: null, CancellationToken.None);
        Answers(404);
        await DaysAsync(3);

        var flag = await _world.FlagAsync();
        Assert.Equal(FlagState.Confirmed, flag!.State);
        Assert.Contains(flag.Reasons, reason => reason.Text == "reason.gone");
    }

    [Fact]
    public async Task The_looks_come_to_an_end()
    {
        var asked = _world.AskedFor("/1");
        await DaysAsync(100);

        Assert.Equal(4, _world.AskedFor("/1") - asked); // after 1, 3, 7 and 30 days
        Assert.Null((await _world.StateAsync()).Due);
    }

    private void Stands() => _world.Web.On("/1", ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body()), 200, "Content-Type: text/html; charset=utf-8");

    private void Answers(int status, string header = "") => _world.Web.On("/1", "<html><body>Страница не найдена</body></html>", status, header.Length == 0 ? [] : [header]);

    private async Task DaysAsync(int days)
    {
        for (var hours = 0; hours < 24 * days; hours += 6)
        {
            _world.Clock.Advance(TimeSpan.FromHours(6) - TimeSpan.FromMinutes(18));
            await _world.LiveAsync();
        }
    }

    private async Task<string> DigestsAsync()
    {
        var outbox = _world.Station.Get<Outbox>();
        var mails = (await outbox.ListAsync(after: null, take: 100, CancellationToken.None)).Mails;
        Assert.DoesNotContain(mails, mail => mail.Kind is MailKind.Alert && mail.Subject.Contains("Taken away", StringComparison.Ordinal));
        var contents = await Task.WhenAll(mails.Where(mail => mail.Kind is MailKind.Digest).Select(mail => outbox.GetContentAsync(mail, CancellationToken.None)));
        return string.Concat(contents.Select(content => content!.Text));
    }
}
