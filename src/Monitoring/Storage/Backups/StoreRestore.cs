using Monitoring.Storage.Moving;

namespace Monitoring.Storage.Backups;

/// <summary>
/// Fills an empty store from a backup. The backup is read whole and checked before the first row is written; the store is marked
/// (<see cref="UnfinishedMove"/>) until it was read again and holds what the backup says. After an interruption the next restore begins anew.
/// </summary>
public sealed class StoreRestore(MovableStore to, TimeProvider time, Action<MoveStep> note)
{
    private readonly UnfinishedMove _unfinished = new(to);
    private readonly List<TableOperation> _batch = [];
    private string _table = "";
    private int _bytes;

    /// <param name="open">Opens the backup from its beginning; called twice.</param>
    /// <param name="schema">The newest version of what the rooms store that this program can read.</param>
    /// <returns>What the backup holds, and the comparison of backup (from) and store (to).</returns>
    /// <exception cref="BackupException">The backup cannot be used; the store is as it was.</exception>
    /// <exception cref="StorageUnavailableException">The store holds something.</exception>
    public async Task<(BackupContents Backup, IReadOnlyList<PartComparison> Parts)> RunAsync(
        Func<Stream> open, string passphrase, int schema, CancellationToken cancellationToken)
    {
        await NeedEmptyAsync(cancellationToken);
        await using (var first = open())
        {
            await StoreBackup.VerifyAsync(first, passphrase, schema, note, cancellationToken);
        }

        await _unfinished.BeginAsync(MoveKind.Restore, "a backup", time.GetUtcNow(), cancellationToken);
        await to.ClearAsync(cancellationToken);
        await using var second = open();
        using var reader = await BackupReader.OpenAsync(second, passphrase, schema, cancellationToken);
        await WriteAsync(reader, cancellationToken);
        var parts = PartComparison.Of(reader.Contents.Parts, await to.SumAsync(note, cancellationToken));
        if (parts.All(part => part.IsSame))
        {
            await _unfinished.EndAsync(cancellationToken);
        }

        return (reader.Contents, parts);
    }

    /// <summary>What an interrupted restore left may go; everything else is somebody's.</summary>
    private async Task NeedEmptyAsync(CancellationToken cancellationToken)
    {
        if (await _unfinished.FindAsync(cancellationToken) is (MoveKind.Restore, _))
        {
            return;
        }

        await _unfinished.RefuseAsync(cancellationToken);
        if (!await to.IsEmptyAsync(cancellationToken))
        {
            throw new StorageUnavailableException(StorageProblem.NotEmpty, $"The store {to.Name} already holds data: a backup is restored into an empty one.");
        }
    }

    private async Task WriteAsync(BackupReader reader, CancellationToken cancellationToken)
    {
        var count = MovableStore.Counter("restoring", part: 0, parts: 1, note);
        await foreach (var record in reader.ReadAsync(cancellationToken))
        {
            if (record is BackupRecord.Row row)
            {
                await GatherAsync(row, cancellationToken);
            }
            else if (record is BackupRecord.Blob blob)
            {
                await to.Blobs.PutAsync(blob.Name, blob.Content, BlobCondition.CreateOnly, cancellationToken);
            }

            count();
        }

        await FlushAsync(cancellationToken);
    }

    private async Task GatherAsync(BackupRecord.Row row, CancellationToken cancellationToken)
    {
        var goesWith = _batch.Count == 0
            || (_batch.Count < StorageLimits.BatchOperations && _bytes + row.Bytes <= StorageLimits.BatchBytes
                && _table == row.Table && _batch[0].Entity.Key.Partition == row.Entity.Key.Partition);
        if (!goesWith)
        {
            await FlushAsync(cancellationToken);
        }

        _table = row.Table;
        _bytes += row.Bytes;
        _batch.Add(TableOperation.Put(row.Entity));
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var chunk in EntityTableBatches.Chunks(_table, _batch))
        {
            await to.Tables.Open(_table).BatchAsync(chunk, cancellationToken);
        }

        _batch.Clear();
        _bytes = 0;
    }
}
