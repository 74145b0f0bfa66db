using Microsoft.Extensions.DependencyInjection;
using Monitoring.App.Hosting;
using Monitoring.Feeds;
using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Tests.Support;

/// <summary>Two feeds and a page of one host, and the program that visits them when a test says so. Chance is none.</summary>
internal sealed class VisitedFeeds : IAsyncDisposable
{
    public const string Feed = "feed-1";
    public const string Other = "feed-2";
    public const string Page = "page-1";

    private readonly TempFolder _folder = new();

    private VisitedFeeds(LoopbackWeb web)
    {
        Web = web;
        Station = TestStation.Open(_folder, Clock, Adjust);
    }

    public LoopbackWeb Web { get; }

    public TestClock Clock { get; } = new();

    public DateTimeOffset Now => Clock.GetUtcNow();

    public Station Station { get; }

    /// <summary>Runs before every call of the store.</summary>
    public Action<TableCall> Before { get; set; } = _ => { };

    public static async Task<VisitedFeeds> StartAsync(string? every = "00:15:00", string watch = "links")
    {
        var feeds = new VisitedFeeds(await LoopbackWeb.StartAsync());
        await feeds.Station.ImportAsync(feeds._folder, $$"""
            version: 1
            country: KZ
            feeds:
              - { id: {{Feed}}, name: Лента, url: "{{feeds.Web.Url("/feed")}}" {{(every is null ? "" : $", every: \"{every}\"")}} }
              - { id: {{Other}}, name: Вторая, url: "{{feeds.Web.Url("/other")}}", every: "00:15:00" }
            pages:
              - { id: {{Page}}, name: Страница, url: "{{feeds.Web.Url("/page")}}", every: "00:15:00", watch: {{watch}} }
            """);
        return feeds;
    }

    public static string Item(string id, string more = "") => $"<item><guid isPermaLink=\"false\">{id}</guid><title>Новость {id}</title>{more}</item>";

    public void Answers(string body, int status = 200, params string[] headers) => Web.On("/feed", body, status, headers);

    /// <summary>The feed holds these items.</summary>
    public void Holds(params string[] items) => Answers(FeedSample.Rss(string.Concat(items)));

    /// <summary>One knock and the job, as a message would start it.</summary>
    public async Task<JobResult> VisitAsync(string id = Feed)
    {
        await KnockAsync();
        return await RunAsync(id);
    }

    public async Task KnockAsync()
    {
        foreach (var knock in Station.Get<IEnumerable<IKnock>>().OfType<DueSourcesKnock>())
        {
            await knock.RunAsync(CancellationToken.None);
        }
    }

    public Task<JobResult> RunAsync(string id = Feed, CancellationToken cancellationToken = default) =>
        Station.Get<IEnumerable<IWorkJob>>().OfType<VisitSourceJob>().Single().RunAsync(id, cancellationToken);

    /// <summary>What the visit came to, in words; the visit must have been made.</summary>
    public async Task<string> OutcomeAsync(string id = Feed) => Assert.IsType<JobResult.Done>(await VisitAsync(id)).Summary;

    /// <summary>Lets the next visit come due, and the pause of the host end.</summary>
    public async Task<string> NextOutcomeAsync(string id = Feed)
    {
        Clock.Advance((await StateAsync(id)).NextVisit - Now + TimeSpan.FromSeconds(1));
        return await OutcomeAsync(id);
    }

    public async Task<SourceState> StateAsync(string id = Feed) =>
        (await Station.Get<SourceStateStore>().GetAsync(id == Page ? EntryKind.Page : EntryKind.Feed, id, CancellationToken.None))!;

    public async Task<Item> ItemAsync(string guid) =>
        (await Station.Get<ItemStore>().GetAsync(ItemKey.Of(Feed, new IncomingItem { SourceGuid = guid }), CancellationToken.None))!;

    public ValueTask<int> CountAsync(string table) => Station.Get<ITables>().Open(table).EnumerateAllAsync(CancellationToken.None).CountAsync();

    public async ValueTask DisposeAsync()
    {
        await Station.DisposeAsync();
        await Web.DisposeAsync();
        _folder.Dispose();
    }

    private void Adjust(IServiceCollection services)
    {
        var tables = (ITables)services.Last(service => service.ServiceType == typeof(ITables)).ImplementationInstance!;
        services.AddSingleton<ITables>(new HookedTables(tables, call =>
        {
            Before(call);
            return Task.CompletedTask;
        }));
        services.AddSingleton<Func<double>>(() => 0);
    }
}
