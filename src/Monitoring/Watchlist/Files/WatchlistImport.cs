using Monitoring.Storage;

namespace Monitoring.Watchlist.Files;

/// <summary>What an import does, or would do, to one entry.</summary>
public enum EntryChange
{
    Added,
    Changed,
    Retired,

    /// <summary>Edited on pages since the last import or export, and different in the file: left as it is.</summary>
    Conflict,

    /// <summary>Somebody else changed it while the import ran: left as it is; import again.</summary>
    ChangedMeanwhile,
}

/// <param name="Changes">Unchanged entries are only counted.</param>
public sealed record ImportReport(IReadOnlyList<(EntryChange Change, EntryKind Kind, string Id, string Name)> Changes, int Unchanged)
{
    public int Count(EntryChange change) => Changes.Count(entry => entry.Change == change);

    public bool HasConflicts => Changes.Any(entry => entry.Change is EntryChange.Conflict or EntryChange.ChangedMeanwhile);
}

/// <summary>
/// Brings the stored list to what a checked file says. Idempotent: the same file again changes nothing, and a killed import is finished by
/// importing again. Entries go in batches as they are read; in memory are only the stamps of what is stored, the ids of the file and the report.
/// </summary>
/// <param name="newId">An opaque id for an entry without one.</param>
public sealed class WatchlistImport(WatchlistStore store, Func<string> newId)
{
    /// <param name="entries">
    /// From a file that <see cref="WatchlistCheck"/> found good. Read twice: ids first, so that no entry without id gets one the file gives to another.
    /// </param>
    /// <param name="dryRun">Report only.</param>
    /// <param name="overwrite">Take the file's side in conflicts.</param>
    /// <param name="onlyAdd">The file is not the whole list: what is listed stays as it is, and what is missing from the file is not retired.</param>
    public async Task<ImportReport> RunAsync(IEnumerable<FileEntry> entries, bool dryRun, bool overwrite, bool onlyAdd, CancellationToken cancellationToken)
    {
        var run = new Run(store, newId, dryRun, overwrite, onlyAdd, await store.IsImportUnfinishedAsync(cancellationToken));
        await foreach (var stamp in store.ListStampsAsync(cancellationToken))
        {
            run.Know(stamp);
        }

        foreach (var entry in entries)
        {
            run.Reserve(entry.Entry);
        }

        foreach (var entry in entries)
        {
            await run.TakeAsync(entry.Entry, cancellationToken);
        }

        return await run.FinishAsync(cancellationToken);
    }

    private sealed class Run(WatchlistStore store, Func<string> newId, bool dryRun, bool overwrite, bool onlyAdd, bool unfinished)
    {
        private readonly Dictionary<(EntryKind, string Id), EntryStamp> _stamps = [];
        private readonly Dictionary<(EntryKind, string Identity), EntryStamp> _byIdentity = [];
        private readonly HashSet<(EntryKind, string)> _inFile = [];
        private readonly List<(EntryChange, EntryKind, string, string)> _changes = [];
        private readonly List<(EntryChange Change, Entry Entry, string? ETag)> _batch = [];
        private bool _writing;
        private int _unchanged;

        public void Know(EntryStamp stamp)
        {
            _stamps.Add((stamp.Kind, stamp.Id), stamp);

            // An active entry is more likely meant than a retired namesake.
            if (!_byIdentity.TryGetValue((stamp.Kind, stamp.Identity), out var other) || other.IsRetired)
            {
                _byIdentity[(stamp.Kind, stamp.Identity)] = stamp;
            }
        }

        public void Reserve(Entry entry)
        {
            if (entry.Id.Length > 0)
            {
                _inFile.Add((entry.Kind, entry.Id));
            }
        }

        public async Task TakeAsync(Entry entry, CancellationToken cancellationToken)
        {
            if (entry.Id.Length == 0)
            {
                entry = entry with { Id = StoredId(entry) ?? newId() };
            }

            var stamp = _stamps.GetValueOrDefault((entry.Kind, entry.Id));
            var hash = EntryRow.HashOf(entry);
            switch (stamp)
            {
                case null:
                    await WriteAsync(EntryChange.Added, entry, etag: null, cancellationToken);
                    break;
                case { IsRetired: true }:
                    await WriteAsync(EntryChange.Added, entry, stamp.ETag, cancellationToken);
                    break;
                case not null when onlyAdd:
                    _unchanged++;
                    break;
                case var same when string.Equals(same.Hash, hash, StringComparison.Ordinal):
                    await KeepAsync(same, cancellationToken);
                    break;
                case { IsEdited: true } when !overwrite:
                    Note(EntryChange.Conflict, stamp.Kind, stamp.Id, stamp.Name);
                    break;
                default:
                    await WriteAsync(EntryChange.Changed, entry, stamp.ETag, cancellationToken);
                    break;
            }
        }

        public async Task<ImportReport> FinishAsync(CancellationToken cancellationToken)
        {
            await FlushAsync(cancellationToken);
            foreach (var stamp in _stamps.Values.Where(stamp => !onlyAdd && !stamp.IsRetired && !_inFile.Contains((stamp.Kind, stamp.Id))))
            {
                await RetireAsync(stamp, cancellationToken);
            }

            if (_writing || (unfinished && !dryRun))
            {
                await store.RaiseVersionAsync(importing: false, cancellationToken);
            }

            return new ImportReport(_changes, _unchanged);
        }

        /// <summary>The id of the stored entry that is meant; null if there is none, or if the file gives its id to another entry, which was renamed.</summary>
        private string? StoredId(Entry entry) =>
            _byIdentity.TryGetValue((entry.Kind, EntryRow.IdentityOf(entry)), out var stamp) && _inFile.Add((stamp.Kind, stamp.Id)) ? stamp.Id : null;

        private async Task KeepAsync(EntryStamp stamp, CancellationToken cancellationToken)
        {
            _unchanged++;
            if (stamp.IsEdited && !dryRun)
            {
                // The file has caught up with the edit; if this write loses a race, the next import repeats it.
                await store.MarkInFileAsync(stamp, stamp.Hash, cancellationToken);
            }
        }

        private async Task RetireAsync(EntryStamp stamp, CancellationToken cancellationToken)
        {
            if (stamp.IsEdited && !overwrite)
            {
                Note(EntryChange.Conflict, stamp.Kind, stamp.Id, stamp.Name);
                return;
            }

            var change = EntryChange.Retired;
            if (!dryRun)
            {
                await BeginWritingAsync(cancellationToken);
                change = await store.RetireAsync(stamp, cancellationToken) is SaveResult.Saved ? EntryChange.Retired : EntryChange.ChangedMeanwhile;
            }

            Note(change, stamp.Kind, stamp.Id, stamp.Name);
        }

        private async Task WriteAsync(EntryChange change, Entry entry, string? etag, CancellationToken cancellationToken)
        {
            if (dryRun)
            {
                Note(change, entry.Kind, entry.Id, entry.Name);
                return;
            }

            if (_batch.Count == StorageLimits.BatchOperations || (_batch.Count > 0 && _batch[0].Entry.Kind != entry.Kind))
            {
                await FlushAsync(cancellationToken);
            }

            _batch.Add((change, entry, etag));
        }

        private async Task FlushAsync(CancellationToken cancellationToken)
        {
            if (_batch.Count == 0)
            {
                return;
            }

            await BeginWritingAsync(cancellationToken);
            var saved = await store.WriteFromFileAsync([.. _batch.Select(write => (write.Entry, write.ETag))], cancellationToken);
            foreach (var ((change, entry, _), isSaved) in _batch.Zip(saved))
            {
                Note(isSaved ? change : EntryChange.ChangedMeanwhile, entry.Kind, entry.Id, entry.Name);
            }

            _batch.Clear();
        }

        private async Task BeginWritingAsync(CancellationToken cancellationToken)
        {
            if (!_writing)
            {
                _writing = true;
                await store.RaiseVersionAsync(importing: true, cancellationToken);
            }
        }

        private void Note(EntryChange change, EntryKind kind, string id, string name) => _changes.Add((change, kind, id, name));
    }
}
