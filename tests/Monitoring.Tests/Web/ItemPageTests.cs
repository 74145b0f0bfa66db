using Monitoring.Items;
using Monitoring.Tests.Support;
using Monitoring.Violations;

namespace Monitoring.Tests.Web;

/// <summary>What the page of an item says of its article.</summary>
public sealed class ItemPageTests : IAsyncLifetime
{
    private SmallWorld _world = null!;
    private Flag _flag = null!;

    private ItemStore Items => _world.Station.Get<ItemStore>();

    public async Task InitializeAsync()
    {
        _world = await SmallWorld.StartAsync();
        await _world.LiveAsync();
        _flag = (await _world.Station.Get<FlagStore>().ListAsync(FlagState.New, after: null, 1, CancellationToken.None)).Flags[0];
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task It_says_that_the_text_is_the_sources()
    {
        Assert.Contains("The text is what the source gives.", await PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_when_the_articles_page_was_read_and_who_wrote_it()
    {
        var item = (await Items.GetAsync(_flag.Item, CancellationToken.None))!;
        await Items.PutArticleAsync(item.Key, "Полный текст.", present => present with { ArticleAt = _world.Clock.GetUtcNow(), ArticleCaptureId = item.CaptureId }, CancellationToken.None);
        await SaveAsync(new ArticleState { Key = item.Key, Reading = ArticleReading.Read, Author = "Айсулу <b>" });

        var page = await PageAsync();

        Assert.Contains("The text is that of the page of the article, read <time", page, StringComparison.Ordinal);
        Assert.Contains("Полный текст.", page, StringComparison.Ordinal);
        Assert.Contains("Author, as the page says: Айсулу &lt;b&gt;.", page, StringComparison.Ordinal);
        Assert.Contains($"The page of the article: <a href=\"/evidence/captures/{item.Key.SourceId}/{item.CaptureId}\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_passage_is_marked_with_its_language()
    {
        const string Text = """
            Журналиста задержали у здания суда, когда он снимал очередь недовольных жителей города.
            Журналист сот ғимаратының жанында ұсталды, ол тұрғындардың наразылығын түсіріп жүрген еді. Адвокат об этом узнал только вечером от его коллег по редакции.
            """;
        await Items.PutArticleAsync(_flag.Item, Text, present => present with { ArticleAt = _world.Clock.GetUtcNow() }, CancellationToken.None);

        var page = await PageAsync();

        Assert.Contains("in Russian and Kazakh, published", page, StringComparison.Ordinal);
        Assert.Matches("<span lang=\"ru\">Журналиста (?:<mark>)?задержали", page);
        Assert.Contains("<span lang=\"kk\">Журналист сот", page, StringComparison.Ordinal);
        Assert.Contains("<span lang=\"ru\">Адвокат об этом", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_act_is_shown_with_who_stands_beside_it()
    {
        var store = _world.Station.Get<FindingStore>();
        var act = (await store.ListAsync(_flag.Item, CancellationToken.None)).Single(finding => finding.Kind is FindingKind.Violation);
        await store.ReplaceAsync(_flag.Item, [act with { Actor = ActorKind.Police }], "test", CancellationToken.None);

        Assert.Contains(", occurred, beside it: police or security, score", await PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_why_the_articles_page_could_not_be_read()
    {
        await SaveAsync(new ArticleState { Key = _flag.Item, Reading = ArticleReading.Failed, Outcome = "HTTP 404" });

        Assert.Contains("The page of the article could not be read: HTTP 404.", await PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_that_the_article_was_taken_away_and_shows_the_answers()
    {
        var now = _world.Clock.GetUtcNow();
        await Items.ReviseAsync(_flag.Item, present => present with { Gone = new ItemGone(now.AddDays(-1), now, "@reason.front_page", ["one", "two"], BackAt: null) }, CancellationToken.None);

        var page = await PageAsync();

        Assert.Contains($"the outlet took the article away: the front page came instead on {now.AddDays(-1):yyyy-MM-dd} and {now:yyyy-MM-dd}, while the site answered", page, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/evidence/captures/{_flag.Item.SourceId}/two\">What the site answered</a>", page, StringComparison.Ordinal);
    }

    private Task<string> PageAsync() => _world.PageAsync($"/items/{_flag.Item}");

    private Task SaveAsync(ArticleState state) => _world.Station.Get<ArticleStore>().SaveAsync(state, CancellationToken.None);
}
