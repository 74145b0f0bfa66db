using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Monitoring.App.Hosting;
using Monitoring.Items;
using Monitoring.Storage;

namespace Monitoring.Tests.Support;

/// <summary>A feed of teasers, the pages its items link to, and the program that reads both when a test says so.</summary>
internal sealed class ArticleWorld : IAsyncDisposable
{
    public const string Feed = "feed-1";
    public const string Person = "Мирас Кыранбеков";
    public const string MenuPerson = "Элеонора Штернке";
    public const string Title = "Суд перенёс заседание по делу редакции";
    public const string Teaser = "Заседание назначено на пятницу.";

    private readonly TempFolder _folder = new();
    private readonly (string, string)[] _settings;

    private ArticleWorld(LoopbackWeb web, (string, string)[] settings)
    {
        (Web, _settings) = (web, settings);
        Station = TestStation.Open(_folder, Clock, Adjust, settings);
    }

    public LoopbackWeb Web { get; }

    public TestClock Clock { get; } = new();

    public FaultInjection Faults { get; } = new(dieBefore: null);

    public Station Station { get; private set; }

    public ItemStore Items => Station.Get<ItemStore>();

    /// <summary>How often a page was asked for.</summary>
    public int AskedFor(string path) => Web.Requests.Count(request => request.Path == path);

    /// <summary>The feed was visited once, with one old item that links nowhere.</summary>
    public static async Task<ArticleWorld> StartAsync(string feed = "", params (string, string)[] settings)
    {
        var world = new ArticleWorld(await LoopbackWeb.StartAsync(), settings);
        await world.ImportAsync(feed);
        world.Publishes();
        world.Web.On("/", Html("Новости дня", string.Join("<br>", Enumerable.Repeat("Главные новости города и области за неделю.", 60))));
        await world.LiveAsync();
        return world;
    }

    /// <param name="feed">More fields of the feed.</param>
    public Task ImportAsync(string feed = "") => Station.ImportAsync(_folder, $$"""
        version: 1
        country: KZ
        persons: [{ id: person-1, name: {{Person}} }, { id: person-2, name: {{MenuPerson}} }]
        topics: [{ id: topic-1, name: Detention, severity: critical, keywords: ["задержан*"] }]
        feeds: [{ id: {{Feed}}, name: Лента, url: "{{Web.Url("/feed")}}", every: "00:15:00"{{feed}} }]
        recipients: [{ id: reader-1, name: Reader, address: reader@example.org, language: en, timeZone: UTC, digest: "08:00", atOnce: high }]
        """, overwrite: true);

    public void Publishes(params string[] items) =>
        Web.On("/feed", FeedSample.Rss(string.Concat(items) + "<item><guid isPermaLink=\"false\">old</guid><title>Погода вчера</title></item>"));

    public string Item(string guid, string title = Title, string text = Teaser, DateTimeOffset? at = null, string? link = null) =>
        $"<item><guid isPermaLink=\"false\">{guid}</guid><link>{link ?? Web.Url($"/{guid}").AbsoluteUri}</link><title>{title}</title>"
        + (at is null ? "" : $"<pubDate>{at.Value.ToString("R", CultureInfo.InvariantCulture)}</pubDate>") + $"<description>{WebUtility.HtmlEncode(text)}</description></item>";

    /// <summary>An article's page as sites make them, with a menu that names somebody.</summary>
    public static string Html(string title, string body, string head = "") =>
        $"<html><head><title>{title}</title>{head}</head><body><nav><ul><li><a href=\"/1\">{MenuPerson} о себе</a><li><a href=\"/2\">Спорт</a></ul></nav>"
        + $"<main><article><h1>{title}</h1><p>{body}</p></article></main><footer><a href=\"/3\">{MenuPerson}: контакты</a></footer></body></html>";

    /// <summary>A body with a name in its third sentence.</summary>
    public static string Body(string last = Person + " задержан у здания суда.") =>
        "Суд в Алматы перенёс заседание по делу редакции, потому что заболел судья. Заседание назначено на пятницу, сообщили в канцелярии. " + last
        + " Судья объявил, что стороны узнают новый день до конца недели, и ушёл через десять минут.";

    /// <summary>The feed's next visit, its articles, and what they say; messages come when their time has come.</summary>
    public async Task LiveAsync(int rounds = 4)
    {
        for (var round = 0; round < rounds; round++)
        {
            await Station.CycleAsync();
            Clock.Advance(TimeSpan.FromSeconds(40));
        }

        Clock.Advance(TimeSpan.FromMinutes(15));
    }

    public static ItemKey Key(string guid) => ItemKey.Of(Feed, new IncomingItem { SourceGuid = guid });

    public async Task<Item> ItemAsync(string guid = "1") => (await Items.GetAsync(Key(guid), CancellationToken.None))!;

    public async Task<string> TextAsync(string guid = "1") => await Items.GetWholeTextAsync(await ItemAsync(guid), CancellationToken.None);

    public Task<Flag?> FlagAsync(string guid = "1") => Station.Get<FlagStore>().GetAsync(Key(guid), CancellationToken.None);

    public async Task<ArticleState> StateAsync(string guid = "1") => (await Station.Get<ArticleStore>().GetAsync(Key(guid), CancellationToken.None))!;

    /// <summary>How reading came out: <c>Failed after 3: HTTP 404</c>.</summary>
    public async Task<string> OutcomeAsync(string guid = "1") =>
        await StateAsync(guid) is var state ? string.Create(CultureInfo.InvariantCulture, $"{state.Reading} after {state.Attempts}{(state.Outcome is null ? "" : ": " + state.Outcome)}") : "";

    public ValueTask<int> CountAsync(string table) => Station.Get<ITables>().Open(table).EnumerateAllAsync(CancellationToken.None).CountAsync();

    /// <summary>The process is gone and another begins.</summary>
    public async Task RestartAsync()
    {
        await Station.DisposeAsync();
        Faults.Arm(dieBefore: null);
        Station = TestStation.Open(_folder, Clock, Adjust, _settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Station.DisposeAsync();
        await Web.DisposeAsync();
        _folder.Dispose();
    }

    private void Adjust(IServiceCollection services)
    {
        services.AddSingleton<Func<double>>(() => 0);
        Faults.AddTo(services);
    }
}
