using System.IO.Compression;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Monitoring.App.Hosting;
using Monitoring.Feeds;
using Monitoring.Items;
using Monitoring.Retention;
using Monitoring.Review;
using Monitoring.Storage;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Tests.Support;

/// <summary>A feed about a listed editor, the program that reads it, and years that pass when a test says so.</summary>
internal sealed class KeptNews : IAsyncDisposable
{
    public const string Feed = "feed-1";
    public const string Person = "Мирас Кыранбеков";

    private readonly TempFolder _folder = new();
    private readonly FaultInjection _faults = new(dieBefore: null);
    private readonly LoopbackWeb _web;
    private Action<IServiceCollection> _adjust;

    private KeptNews(LoopbackWeb web, Action<IServiceCollection>? adjust)
    {
        _web = web;
        _adjust = adjust ?? (_ => { });
        Station = TestStation.Open(_folder, Clock, Adjust);
    }

    public TestClock Clock { get; } = new();

    public Station Station { get; private set; }

    /// <summary>Runs before every call of the store.</summary>
    public Func<TableCall, Task> Before { get; set; } = _ => Task.CompletedTask;

    public ItemStore Items => Station.Get<ItemStore>();

    public FlagStore Flags => Station.Get<FlagStore>();

    public ITables Tables => Station.Get<ITables>();

    public IBlobStore Blobs => Station.Get<IBlobStore>();

    public static async Task<KeptNews> StartAsync(Action<IServiceCollection>? adjust = null, string more = "")
    {
        var news = new KeptNews(await LoopbackWeb.StartAsync(), adjust);
        await news.Station.ImportAsync(news._folder, news.List(more));
        return news;
    }

    public string List(string more = "") => $$"""
        version: 1
        country: KZ
        persons: [{ id: person-miras, name: {{Person}} }]
        topics: [{ id: topic-1, name: Detention, severity: critical, keywords: ["задержан*"] }]
        feeds: [{ id: {{Feed}}, name: Лента, url: "{{_web.Url("/feed")}}" }]
        recipients: [{ id: reader-1, name: Reader, address: "reader@example.org", language: en, timeZone: UTC, atOnce: high }]
        {{more}}
        """;

    public Task ImportAsync(string yaml) => Station.ImportAsync(_folder, yaml);

    /// <summary>The process is gone and another begins, with nothing between it and its engines.</summary>
    public async Task RestartAsync()
    {
        await Station.DisposeAsync();
        _faults.Arm(dieBefore: null);
        (_adjust, Before) = (_ => { }, _ => Task.CompletedTask);
        Station = TestStation.Open(_folder, Clock, Adjust);
    }

    /// <summary>The feed lists these, at their times; then it is visited and its items are understood.</summary>
    public async Task VisitAsync(params (string Guid, string Title, DateTimeOffset? At)[] items)
    {
        _web.On("/feed", FeedSample.Rss(string.Concat(items.Select(item =>
            $"<item><guid isPermaLink=\"false\">{item.Guid}</guid><title>{item.Title}</title>{(item.At is { } at ? $"<pubDate>{at.UtcDateTime:R}</pubDate>" : "")}<description>Подробности позже.</description></item>"))));
        if (await Station.Get<SourceStateStore>().GetAsync(EntryKind.Feed, Feed, CancellationToken.None) is not { } state)
        {
            await Station.CycleAsync();
            return;
        }

        // The jobs as their messages would start them: the knocks would look at every minute of the years between.
        Clock.Advance(state.NextVisit > Clock.GetUtcNow() ? state.NextVisit - Clock.GetUtcNow() + TimeSpan.FromSeconds(1) : TimeSpan.Zero);
        foreach (var kind in (string[])[VisitSourceJob.WorkKind, UnderstandJob.WorkKind])
        {
            await Station.Get<IEnumerable<IWorkJob>>().Single(job => job.Kind == kind).RunAsync(Feed, CancellationToken.None);
        }
    }

    public (string Guid, string Title, DateTimeOffset? At) Arrest(string guid = "1") => (guid, $"{Person} задержан", Clock.GetUtcNow());

    public static (string Guid, string Title, DateTimeOffset? At) Weather(string guid = "2", string title = "Погода на завтра") => (guid, title, null);

    public static ItemKey Key(string guid) => ItemKey.Of(Feed, new IncomingItem { SourceGuid = guid });

    public Task<Item?> ItemAsync(string guid) => Items.GetAsync(Key(guid), CancellationToken.None);

    public Task<Flag?> FlagAsync(string guid) => Flags.GetAsync(Key(guid), CancellationToken.None);

    public async Task DismissAsync(string guid)
    {
        await Station.Get<Decisions>().DismissAsync(Key(guid), "editor-1", "a namesake", CancellationToken.None);
        await Station.Get<IEnumerable<IWorkJob>>().Single(job => job.Kind == UnderstandJob.WorkKind).RunAsync(Feed, CancellationToken.None);
    }

    public Task<DecisionResult> ConfirmAsync(string guid) => Station.Get<Decisions>().ConfirmAsync(Key(guid), "editor-1", note: null, CancellationToken.None);

    public Task<DecisionResult> UndoAsync(string guid) => Station.Get<Decisions>().UndoAsync(Key(guid), "editor-2", note: null, CancellationToken.None);

    public void Days(int days) => Clock.Advance(TimeSpan.FromDays(days));

    /// <summary>What a whole pass says it removed.</summary>
    public async Task<string> RetainAsync(bool dryRun = false) => (await PassAsync(dryRun)).ToString();

    /// <summary>The same of items and their traces only.</summary>
    public async Task<string> RetainItemsAsync(bool dryRun = false)
    {
        var report = new RetentionReport();
        foreach (var (kind, (count, bytes)) in (await PassAsync(dryRun)).Removed.Where(kind => kind.Key <= RemovedKind.Tombstones))
        {
            report.Add(kind, count, bytes);
        }

        return report.ToString();
    }

    public ValueTask<int> CountAsync(string table) => Tables.Open(table).EnumerateAllAsync(CancellationToken.None).CountAsync();

    /// <summary>Every row of every table named, and the bodies of captures, as text, without what differs between two worlds: ports.</summary>
    public async Task<string> DumpAsync(params string[] tables)
    {
        var lines = new List<string>();
        foreach (var table in tables)
        {
            await foreach (var row in Tables.Open(table).EnumerateAllAsync(CancellationToken.None))
            {
                lines.Add($"{table} {row.Key} {string.Join(' ', row.Columns.Where(column => !column.Key.EndsWith("Url", StringComparison.Ordinal) && !column.Key.EndsWith("Headers", StringComparison.Ordinal)).OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => $"{column.Key}={column.Value}"))}");
            }
        }

        lines.AddRange(await Blobs.ListAsync("captures/", CancellationToken.None).Select(blob => blob.Name).ToListAsync());
        return string.Join('\n', lines);
    }

    /// <summary>Every row of every table in the database file, and every blob, unpacked, as one line each.</summary>
    public async Task<IReadOnlyList<string>> EverythingAsync()
    {
        var lines = new List<string>();
        foreach (var table in TableNames())
        {
            await foreach (var row in Tables.Open(table).EnumerateAllAsync(CancellationToken.None))
            {
                lines.Add($"{table} {row.Key} {string.Join(' ', row.Columns.Select(column => $"{column.Key}={column.Value}"))}");
            }
        }

        await foreach (var blob in Blobs.ListAsync("", CancellationToken.None))
        {
            await using var stored = (await Blobs.OpenAsync(blob.Name, CancellationToken.None))!;
            await using var plain = blob.Name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stored, CompressionMode.Decompress) : stored;
            using var reader = new StreamReader(plain);
            lines.Add($"{blob.Name} {await reader.ReadToEndAsync()}");
        }

        return lines;
    }

    /// <summary>From now on writes to tables and blobs are counted.</summary>
    public void CountWrites(out Func<int> count)
    {
        _faults.Arm(dieBefore: null);
        count = () => _faults.Writes;
    }

    public void DieBefore(int write) => _faults.Arm(write);

    public Task<string> TextAsync(string guid) => Items.GetTextAsync(Key(guid), CancellationToken.None);

    /// <summary>As the database file has them, whatever the program knows.</summary>
    private List<string> TableNames()
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(Station.Data.Place, "monitoring.db")};Mode=ReadOnly;Pooling=False");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 't\\_%' ESCAPE '\\'";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0)[2..]);
        }

        return names;
    }

    public async ValueTask DisposeAsync()
    {
        await Station.DisposeAsync();
        await _web.DisposeAsync();
        _folder.Dispose();
    }

    private Task<RetentionReport> PassAsync(bool dryRun) =>
        Station.Get<RetentionPass>().RunAsync(dryRun, from: null, (_, _, _) => Task.FromResult(true), CancellationToken.None);

    private void Adjust(IServiceCollection services)
    {
        var tables = (ITables)services.Last(service => service.ServiceType == typeof(ITables)).ImplementationInstance!;
        services.AddSingleton<ITables>(new HookedTables(tables, call => Before(call)));
        services.AddSingleton<Func<double>>(() => 0);
        _adjust(services);
        _faults.AddTo(services);
    }
}
