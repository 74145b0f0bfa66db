using Monitoring.Storage.Moving;

namespace Monitoring.Storage.Backups;

/// <summary>
/// Writes everything of a store into one encrypted stream, the same for every engine, and checks such a stream. Rows first, then blobs: a row may then name a
/// blob that was deleted meanwhile, and such blobs are counted; a blob that no row names yet does no harm.
/// </summary>
public static class StoreBackup
{
    /// <exception cref="StorageUnavailableException">The store is half filled, or fails.</exception>
    public static async Task<BackupContents> WriteAsync(
        MovableStore store, int schema, DateTimeOffset now, Stream output, string passphrase, Action<MoveStep> note, CancellationToken cancellationToken)
    {
        await new UnfinishedMove(store).RefuseAsync(cancellationToken);
        var tables = await store.ListTablesAsync(cancellationToken);
        using var writer = await BackupWriter.BeginAsync(output, passphrase, schema, now, cancellationToken);
        for (var part = 0; part < tables.Count; part++)
        {
            var count = MovableStore.Counter("saving " + tables[part], part, tables.Count + 1, note);
            await foreach (var row in store.Tables.Open(tables[part]).EnumerateAllAsync(cancellationToken))
            {
                await writer.RowAsync(tables[part], row, cancellationToken);
                count();
            }
        }

        var blobs = MovableStore.Counter("saving blobs", tables.Count, tables.Count + 1, note);
        var skipped = await WriteBlobsAsync(store.Blobs, writer, blobs, cancellationToken);
        return await writer.FinishAsync(skipped, cancellationToken);
    }

    /// <summary>Reads a backup whole and believes nothing of it.</summary>
    /// <param name="schema">The newest version of what the rooms store that this program can read.</param>
    /// <exception cref="BackupException">It cannot be used.</exception>
    public static async Task<BackupContents> VerifyAsync(Stream input, string passphrase, int schema, Action<MoveStep> note, CancellationToken cancellationToken)
    {
        using var reader = await BackupReader.OpenAsync(input, passphrase, schema, cancellationToken);
        var count = MovableStore.Counter("checking the backup", part: 0, parts: 1, note);
        await foreach (var _ in reader.ReadAsync(cancellationToken))
        {
            count();
        }

        return reader.Contents;
    }

    private static async Task<long> WriteBlobsAsync(IBlobStore blobs, BackupWriter writer, Action count, CancellationToken cancellationToken)
    {
        var skipped = 0L;
        await foreach (var blob in blobs.ListAsync("", cancellationToken))
        {
            await using var content = await blobs.OpenAsync(blob.Name, cancellationToken);
            if (content is null)
            {
                skipped++;
                continue;
            }

            await writer.BlobAsync(blob.Name, content, cancellationToken);
            count();
        }

        return skipped;
    }
}
