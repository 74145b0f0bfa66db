using Microsoft.Extensions.DependencyInjection;
using Monitoring.App.Hosting;
using Monitoring.Evidence;
using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Tests.Support;

/// <summary>The program on a folder, with one source whose visits a test invents: no network, no schedule.</summary>
internal sealed class NewsDesk : IAsyncDisposable
{
    public const string Source = "feed-1";

    private const string Persons = "persons: [{ id: person-1, name: Мирас Кыранбеков }]";

    private readonly TempFolder _folder = new();

    public NewsDesk(Func<TableCall, Task>? before = null)
    {
        Station = TestStation.Open(_folder, Clock, services =>
        {
            var tables = (ITables)services.Last(service => service.ServiceType == typeof(ITables)).ImplementationInstance!;
            services.AddSingleton<ITables>(new HookedTables(tables, before ?? (_ => Task.CompletedTask)));
        });
    }

    public TestClock Clock { get; } = new();

    public Station Station { get; }

    public ItemStore Items => Station.Get<ItemStore>();

    public FlagStore Flags => Station.Get<FlagStore>();

    /// <summary>What the last visit left.</summary>
    public SeenMarks Seen { get; set; } = SeenMarks.None;

    public static async Task<NewsDesk> OpenAsync(Func<TableCall, Task>? before = null, string more = "")
    {
        var desk = new NewsDesk(before);
        await desk.ImportAsync(more);
        return desk;
    }

    public Task ImportAsync(string more = "", string moreFeeds = "") => ImportAsync(Persons, more, moreFeeds);

    /// <summary>The same list with other persons.</summary>
    public Task ReplacePersonsAsync(string persons) => ImportAsync(persons.Length > 0 ? persons : Persons, more: "", moreFeeds: "");

    private Task ImportAsync(string persons, string more, string moreFeeds) => Station.ImportAsync(_folder, $$"""
        country: KZ
        {{persons}}
        topics: [{ id: topic-1, name: Detention, severity: critical, keywords: ["задержан*"] }]
        outlets: [{ id: outlet-1, name: Жаңалық }]
        feeds: [{ id: {{Source}}, name: Лента, url: "https://example.org/feed", outlet: outlet-1, fullText: false }{{moreFeeds}}]
        recipients: [{ id: reader-1, name: Reader, address: "reader@example.org", atOnce: high }]
        {{more}}
        """);

    public static IncomingItem Item(string guid, string title, string text = "") => new() { SourceGuid = guid, Title = title, Text = text, Link = new Uri($"https://example.org/{guid}") };

    public static ItemKey Key(string guid) => Key(Source, guid);

    public static ItemKey Key(string source, string guid) => ItemKey.Of(source, new IncomingItem { SourceGuid = guid });

    public async Task<IntakeResult> VisitAsync(bool isBaseline, params IncomingItem[] items)
    {
        var result = await VisitAsync(Source, isBaseline, Seen, items);
        Seen = result.Seen;
        return result;
    }

    /// <summary>A visit of another source on the list, which remembers none before.</summary>
    public Task<IntakeResult> VisitAsync(string source, bool isBaseline, params IncomingItem[] items) => VisitAsync(source, isBaseline, SeenMarks.None, items);

    private async Task<IntakeResult> VisitAsync(string source, bool isBaseline, SeenMarks seen, IncomingItem[] items)
    {
        var list = await Station.Get<WatchlistReader>().GetAsync(CancellationToken.None);
        var now = Clock.GetUtcNow();
        var exchange = new HttpExchange
        {
            RequestUrl = new Uri("https://example.org/feed"),
            FinalUrl = new Uri("https://example.org/feed"),
            Status = 200,
            RequestHeaders = [],
            ResponseHeaders = [],
            Body = "body"u8.ToArray(),
            At = now,
            Duration = TimeSpan.Zero,
        };
        return await Station.Get<Intake>().AcceptAsync(new Delivery(list.FindSource(source)!, items, Language: null, exchange, isBaseline, seen), now, CancellationToken.None);
    }

    public Task<IntakeResult> VisitAsync(params IncomingItem[] items) => VisitAsync(isBaseline: false, items);

    /// <summary>New, changed and whether anything waits: <c>1 new, 0 changed, waiting</c>.</summary>
    public async Task<string> TellVisitAsync(params IncomingItem[] items)
    {
        var result = await VisitAsync(items);
        return FormattableString.Invariant($"{result.New} new, {result.Changed} changed{(result.HasWaiting ? ", waiting" : "")}");
    }

    public Task<JobResult> UnderstandAsync(string source = Source) =>
        Station.Services.GetServices<IWorkJob>().OfType<UnderstandJob>().Single().RunAsync(source, CancellationToken.None);

    public Task<Item?> GetAsync(string guid) => Items.GetAsync(Key(guid), CancellationToken.None);

    public Task<string> TextAsync(string guid) => Items.GetTextAsync(Key(guid), CancellationToken.None);

    public async Task<IReadOnlyList<ItemVersion>> VersionsAsync(string guid) =>
        await Station.Get<ItemVersions>().ListAsync(Key(guid), CancellationToken.None).ToListAsync();

    public Task<Flag?> FlagAsync(string guid) => Flags.GetAsync(Key(guid), CancellationToken.None);

    public async Task<IReadOnlyList<ItemKey>> PendingAsync() => await Items.ListPendingAsync(Source, CancellationToken.None).ToListAsync();

    public async ValueTask DisposeAsync()
    {
        await Station.DisposeAsync();
        _folder.Dispose();
    }
}
