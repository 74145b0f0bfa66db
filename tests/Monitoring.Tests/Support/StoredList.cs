using System.Globalization;
using Monitoring.Storage;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;

namespace Monitoring.Tests.Support;

/// <summary>A stored watch list on SQLite, with the limits above it. New ids are <c>new-1</c>, <c>new-2</c> …</summary>
internal sealed class StoredList : IAsyncDisposable
{
    private readonly SqliteEngine _engine;
    private int _ids;

    public StoredList(Func<ITables, ITables>? between = null)
    {
        _engine = new SqliteEngine(Clock);
        var tables = new LimitedTables(_engine.Tables);
        Store = new WatchlistStore(between?.Invoke(tables) ?? tables, Clock);
        Import = new WatchlistImport(Store, () => string.Create(CultureInfo.InvariantCulture, $"new-{++_ids}"));
    }

    public TestClock Clock { get; } = new();

    public WatchlistStore Store { get; }

    public WatchlistImport Import { get; }

    public static async Task<StoredList> OfAsync(string yaml)
    {
        var list = new StoredList();
        await list.ImportAsync(yaml);
        return list;
    }

    /// <summary>Checks and imports, as the command does.</summary>
    public Task<ImportReport> ImportAsync(string yaml, bool dryRun = false, bool overwrite = false)
    {
        Assert.Empty(ListFile.Problems(yaml));
        return Import.RunAsync(ListFile.Read(yaml), dryRun, overwrite, onlyAdd: yaml.StartsWith('<'), CancellationToken.None);
    }

    /// <summary>What an import says it did: <c>Added person-1 Name</c>, in the order of its report, and last how many it left.</summary>
    public async Task<string[]> TellImportAsync(string yaml, bool dryRun = false, bool overwrite = false)
    {
        var report = await ImportAsync(yaml, dryRun, overwrite);
        return [.. report.Changes.Select(change => $"{change.Change} {change.Id} {change.Name}"), string.Create(CultureInfo.InvariantCulture, $"{report.Unchanged} unchanged")];
    }

    public Task<WatchlistSnapshot> LoadAsync() => Store.LoadAsync(CancellationToken.None);

    public Task<string> VersionAsync() => Store.GetVersionAsync(CancellationToken.None);

    public async Task<string> ExportAsync(bool mark = false)
    {
        var list = await LoadAsync();
        if (mark)
        {
            await Store.MarkExportedAsync(list, CancellationToken.None);
        }

        return Export(list);
    }

    public static string Export(WatchlistSnapshot list)
    {
        using var text = new StringWriter { NewLine = "\n" };
        WatchlistExport.Write(list, text);
        return text.ToString();
    }

    /// <summary>Changes an entry as an editor does on pages.</summary>
    public async Task<SaveResult> EditAsync<T>(string id, Func<T, T> change) where T : Entry
    {
        var stamp = await Store.ListStampsAsync(CancellationToken.None).FirstAsync(stamp => stamp.Id == id);
        return await Store.EditAsync(change((await LoadAsync()).Find<T>(stamp.Kind, id)!), stamp, "editor", CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
