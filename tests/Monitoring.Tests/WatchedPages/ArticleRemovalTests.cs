using Monitoring.Retention;
using Monitoring.Retention.Forgetting;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.WatchedPages;

/// <summary>What was read on articles' pages goes with their items, and is evidence as long as those are.</summary>
public sealed class ArticleRemovalTests : IAsyncLifetime
{
    private ArticleWorld _world = null!;

    public async Task InitializeAsync() => _world = await ArticleWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task The_text_and_state_of_an_old_item_that_was_never_flagged_go_with_it()
    {
        await PublishAsync("Других новостей нет.");
        Assert.Equal((1, 1), await RowsAsync());
        _world.Clock.Advance(TimeSpan.FromDays(181));

        await RetainAsync();

        Assert.Null(await _world.Items.GetAsync(ArticleWorld.Key("1"), CancellationToken.None));
        Assert.Equal((0, 0), await RowsAsync());
    }

    [Fact]
    public async Task The_page_of_a_flagged_article_is_kept_for_ever()
    {
        await PublishAsync(ArticleWorld.Person + " задержан.");
        for (var pass = 0; pass < 5; pass++)
        {
            _world.Clock.Advance(TimeSpan.FromDays(400));
            await RetainAsync();
        }

        var item = await _world.ItemAsync();
        var captures = _world.Station.Get<Monitoring.Evidence.CaptureStore>();
        var capture = await captures.GetAsync(ArticleWorld.Feed, item.ArticleCaptureId!, CancellationToken.None);
        await using var body = await captures.OpenBodyAsync(capture!, CancellationToken.None);
        Assert.NotNull(body);
        Assert.Equal((1, 1), await RowsAsync());
    }

    [Theory]
    [InlineData(ArticleWorld.Person + " задержан.", 0)] // about nobody else: the item goes
    [InlineData(ArticleWorld.Person + " и " + ArticleWorld.MenuPerson + " задержаны.", 1)] // the name goes
    public async Task Who_is_forgotten_stands_in_no_articles_text(string sentence, int left)
    {
        await PublishAsync(sentence, head: $"<meta name=\"author\" content=\"{ArticleWorld.Person}\">");
        var forgetting = _world.Station.Get<PersonForgetting>();
        var person = Assert.Single(await forgetting.FindAsync("person-1", CancellationToken.None));

        await forgetting.ForgetAsync(person, new ForgetScope(Texts: true, Captures: true), "editor-1", _ => { }, CancellationToken.None);

        Assert.Equal((left, left), await RowsAsync());
        var rows = new List<string>();
        foreach (var table in (string[])["Articles", "ArticleTexts", "ArticlesDue", "Items", "ItemTexts", "Flags"])
        {
            rows.AddRange(await _world.Station.Get<ITables>().Open(table).EnumerateAllAsync(CancellationToken.None).Select(row => string.Join(' ', row.Columns.Values)).ToListAsync());
        }

        Assert.DoesNotContain(rows, row => row.Contains("Кыранбеков", StringComparison.Ordinal) || row.Contains("person-1", StringComparison.Ordinal));
    }

    private async Task PublishAsync(string last, string head = "")
    {
        _world.Web.On("/1", ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body(last), head), 200, "Content-Type: text/html; charset=utf-8");
        _world.Publishes(_world.Item("1"));
        await _world.LiveAsync();
        Assert.Equal("Read after 1", await _world.OutcomeAsync());
    }

    private async Task<(int, int)> RowsAsync() => (await _world.CountAsync("Articles"), await _world.CountAsync("ArticleTexts"));

    private Task<RetentionReport> RetainAsync() =>
        _world.Station.Get<RetentionPass>().RunAsync(dryRun: false, from: null, (_, _, _) => Task.FromResult(true), CancellationToken.None);
}
