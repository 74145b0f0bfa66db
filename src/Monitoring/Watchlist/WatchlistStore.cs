using System.Globalization;
using System.Runtime.CompilerServices;
using Monitoring.Storage;
using Monitoring.Watchlist.Files;

namespace Monitoring.Watchlist;

/// <param name="Hash">Of the entry as it stands.</param>
/// <param name="FileHash">Of the entry as it stood in the last imported or exported file; null if it never was in one.</param>
public sealed record EntryStamp(EntryKind Kind, string Id, string Name, string ETag, string Hash, string? FileHash, string Identity, DateTimeOffset? RetiredAt)
{
    public bool IsRetired => RetiredAt is not null;

    /// <summary>Changed on pages since the last import or export.</summary>
    public bool IsEdited => !string.Equals(Hash, FileHash, StringComparison.Ordinal);
}

/// <summary>The watch list in its table, and the row that names its version. Entries are retired, never deleted.</summary>
public sealed class WatchlistStore(ITables tables, TimeProvider time)
{
    private static readonly EntityKey VersionKey = new("version", "current");

    private readonly IEntityTable _list = tables.Open("WatchList");

    /// <summary>The version of the list: a number that every change raises; 0 while it is empty.</summary>
    public async Task<string> GetVersionAsync(CancellationToken cancellationToken) =>
        ((await ReadVersionAsync(cancellationToken)).GetNumber("Version") ?? 0).ToString(CultureInfo.InvariantCulture);

    /// <summary>All active entries of one version. If the list changes while it is read, it is read again.</summary>
    public async Task<WatchlistSnapshot> LoadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var version = await GetVersionAsync(cancellationToken);
            var entries = new List<Entry>();
            foreach (var kind in Enum.GetValues<EntryKind>())
            {
                await foreach (var entry in ListAsync(kind, cancellationToken))
                {
                    entries.Add(entry);
                }
            }

            if (string.Equals(version, await GetVersionAsync(cancellationToken), StringComparison.Ordinal))
            {
                return new WatchlistSnapshot(version, entries);
            }
        }
    }

    /// <summary>The active entries of a kind, by id.</summary>
    public async IAsyncEnumerable<Entry> ListAsync(EntryKind kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _list.QueryAsync(new RangeQuery(EntryRow.Partition(kind)), cancellationToken))
        {
            if (row.GetTime(EntryRow.RetiredAt) is null)
            {
                yield return EntryRow.Read(row);
            }
        }
    }

    /// <summary>What an import compares with: the stamps of all entries, retired ones too.</summary>
    public async IAsyncEnumerable<EntryStamp> ListStampsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] columns = ["Name", EntryRow.Hash, EntryRow.FileHash, EntryRow.Identity, EntryRow.RetiredAt];
        foreach (var kind in Enum.GetValues<EntryKind>())
        {
            await foreach (var row in _list.QueryAsync(new RangeQuery(EntryRow.Partition(kind)) { Columns = columns }, cancellationToken))
            {
                yield return StampOf(kind, row);
            }
        }
    }

    /// <summary>Saves an entry that was edited on pages: the next import of a file that differs from it is a conflict.</summary>
    /// <param name="stamp">What the editor saw; null adds a new entry.</param>
    public async Task<SaveResult> EditAsync(Entry entry, EntryStamp? stamp, string editor, CancellationToken cancellationToken)
    {
        var row = EntryRow.Write(entry).Set(EntryRow.FileHash, stamp?.FileHash).Set(EntryRow.ChangedAt, time.GetUtcNow()).Set(EntryRow.ChangedBy, editor);
        row.ETag = stamp?.ETag;
        var saved = stamp is not null
            ? await _list.ReplaceAsync(row, cancellationToken)
            : await _list.AddAsync(row, cancellationToken) is AddResult.Added ? SaveResult.Saved : SaveResult.ChangedMeanwhile;
        if (saved is SaveResult.Saved)
        {
            await RaiseVersionAsync(importing: false, cancellationToken);
        }

        return saved;
    }

    /// <summary>One entry, retired ones too, with the stamp that changes it.</summary>
    public async Task<(Entry Entry, EntryStamp Stamp)?> FindAsync(EntryKind kind, string id, CancellationToken cancellationToken) =>
        await _list.GetAsync(EntryRow.Key(kind, id), columns: null, cancellationToken) is { } row ? (EntryRow.Read(row), StampOf(kind, row)) : null;

    /// <summary>Retires an entry, whoever edited it, and lets every worker know.</summary>
    public async Task RetireNowAsync(Entry entry, CancellationToken cancellationToken)
    {
        while (await FindAsync(entry.Kind, entry.Id, cancellationToken) is { Stamp: { IsRetired: false } stamp } && await RetireAsync(stamp, cancellationToken) is not SaveResult.Saved)
        {
            // Somebody edited it at the same moment.
        }

        await RaiseVersionAsync(importing: false, cancellationToken);
    }

    /// <summary>Removes an entry wholly, as if it had never been listed: for people who asked to be forgotten.</summary>
    public async Task RemoveAsync(Entry entry, CancellationToken cancellationToken)
    {
        await _list.DeleteAsync(EntryRow.Key(entry.Kind, entry.Id), etag: null, cancellationToken);
        await RaiseVersionAsync(importing: false, cancellationToken);
    }

    /// <summary>True if an import began and never ended: its entries may be stored without a version that tells of them.</summary>
    public async Task<bool> IsImportUnfinishedAsync(CancellationToken cancellationToken) =>
        (await ReadVersionAsync(cancellationToken)).GetFlag("Importing") ?? false;

    /// <summary>A new version, so that every worker reads the list again. Before the first write of an import, and after its last.</summary>
    public async Task RaiseVersionAsync(bool importing, CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = await ReadVersionAsync(cancellationToken);
            row.Set("Version", (row.GetNumber("Version") ?? 0) + 1).Set("Importing", importing);
            var isRaised = row.ETag is null
                ? await _list.AddAsync(row, cancellationToken) is AddResult.Added
                : await _list.ReplaceAsync(row, cancellationToken) is SaveResult.Saved;
            if (isRaised)
            {
                return;
            }
        }
    }

    private async Task<Entity> ReadVersionAsync(CancellationToken cancellationToken) =>
        await _list.GetAsync(VersionKey, columns: null, cancellationToken) ?? new Entity(VersionKey);

    /// <summary>Writes entries of one kind, as they stand in a file, in batches. False for those that somebody else changed meanwhile.</summary>
    internal Task<IReadOnlyList<bool>> WriteFromFileAsync(IReadOnlyList<(Entry Entry, string? ETag)> entries, CancellationToken cancellationToken) =>
        _list.ApplyEachAsync(entries.Select(pair => Operation(pair.Entry, pair.ETag)), cancellationToken);

    internal Task<SaveResult> RetireAsync(EntryStamp stamp, CancellationToken cancellationToken)
    {
        var row = new Entity(EntryRow.Key(stamp.Kind, stamp.Id)) { ETag = stamp.ETag };
        return _list.MergeAsync(row.Set(EntryRow.RetiredAt, time.GetUtcNow()), cancellationToken);
    }

    /// <summary>
    /// Notes that the list now stands in a file as <paramref name="exported"/>. An entry that was edited since it was read stays edited: its file hash
    /// is that of the exported text.
    /// </summary>
    public async Task MarkExportedAsync(WatchlistSnapshot exported, CancellationToken cancellationToken)
    {
        await foreach (var stamp in ListStampsAsync(cancellationToken))
        {
            if (exported.Find<Entry>(stamp.Kind, stamp.Id) is { } entry)
            {
                await MarkInFileAsync(stamp, EntryRow.HashOf(entry), cancellationToken);
            }
        }
    }

    /// <summary>A lost race is no harm: the entry counts as edited until the next import or export.</summary>
    internal async Task MarkInFileAsync(EntryStamp stamp, string fileHash, CancellationToken cancellationToken)
    {
        if (!string.Equals(stamp.FileHash, fileHash, StringComparison.Ordinal))
        {
            await _list.MergeAsync(new Entity(EntryRow.Key(stamp.Kind, stamp.Id)) { ETag = stamp.ETag }.Set(EntryRow.FileHash, fileHash), cancellationToken);
        }
    }

    private static EntryStamp StampOf(EntryKind kind, Entity row) => new(
        kind,
        row.Key.Row,
        row.NeedText("Name"),
        row.ETag!,
        row.NeedText(EntryRow.Hash),
        row.GetText(EntryRow.FileHash),
        row.NeedText(EntryRow.Identity),
        row.GetTime(EntryRow.RetiredAt));

    private TableOperation Operation(Entry entry, string? etag)
    {
        var row = EntryRow.Write(entry).Set(EntryRow.ChangedAt, time.GetUtcNow()).Set(EntryRow.ChangedBy, "import");
        row.Set(EntryRow.FileHash, row.GetText(EntryRow.Hash)).ETag = etag;
        return etag is null ? TableOperation.Add(row) : TableOperation.Replace(row);
    }
}
