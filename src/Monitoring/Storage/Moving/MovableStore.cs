using System.Buffers;
using System.Globalization;

namespace Monitoring.Storage.Moving;

/// <summary>How far a move is.</summary>
/// <param name="Doing">For people: what is under way.</param>
/// <param name="Part">From 0.</param>
/// <param name="Parts">How many there are, tables and all blobs together as one.</param>
/// <param name="Done">Rows or blobs of this part that were read.</param>
public readonly record struct MoveStep(string Doing, int Part, int Parts, long Done);

/// <summary>
/// A store as a copy, a backup or a restore sees it: everything that is kept. Messages of the work queue are not part of it: they are only knocks, rows
/// decide what is due, and the timers of whoever works on the other side knock again.
/// </summary>
/// <param name="Name">For people and for <see cref="UnfinishedMove"/>: where it is, without secrets.</param>
public sealed record MovableStore(string Name, ITables Tables, IBlobStore Blobs)
{
    /// <summary>Reads and writes under way at once, each of one batch or one blob.</summary>
    internal const int AtOnce = 4;

    private const int NoteEvery = 1000;

    /// <summary>The tables that a move takes along, in ordinal order.</summary>
    public ValueTask<List<string>> ListTablesAsync(CancellationToken cancellationToken) =>
        Tables.ListAsync(cancellationToken).Where(name => name is not (UnfinishedMove.Table or StoreVersion.Table)).ToListAsync(cancellationToken);

    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        foreach (var table in await ListTablesAsync(cancellationToken))
        {
            if (await Tables.Open(table).EnumerateAllAsync(cancellationToken).AnyAsync(cancellationToken))
            {
                return false;
            }
        }

        return !await Blobs.ListAsync("", cancellationToken).AnyAsync(cancellationToken);
    }

    /// <summary>Deletes everything that a move brings.</summary>
    internal async Task ClearAsync(CancellationToken cancellationToken)
    {
        foreach (var name in await ListTablesAsync(cancellationToken))
        {
            var table = Tables.Open(name);
            var deletions = table.EnumerateAllAsync(cancellationToken).Select(row => TableOperation.Delete(row.Key));
            await foreach (var chunk in EntityTableBatches.ChunksAsync(name, deletions, cancellationToken))
            {
                await table.BatchAsync(chunk, cancellationToken);
            }
        }

        await foreach (var blob in Blobs.ListAsync("", cancellationToken))
        {
            await Blobs.DeleteAsync(blob.Name, cancellationToken);
        }
    }

    /// <summary>Reads everything; one row or blob is held at a time, and the names that the engine lists.</summary>
    public async Task<IReadOnlyList<PartSum>> SumAsync(Action<MoveStep> note, CancellationToken cancellationToken)
    {
        var sums = new StoreSums();
        var tables = await ListTablesAsync(cancellationToken);
        for (var part = 0; part < tables.Count; part++)
        {
            await SumTableAsync(tables[part], sums, Counter("comparing " + tables[part], part, tables.Count + 1, note), cancellationToken);
        }

        var count = Counter("comparing blobs", tables.Count, tables.Count + 1, note);
        await Parallel.ForEachAsync(Blobs.ListAsync("", cancellationToken), Options(cancellationToken), async (blob, token) =>
        {
            await using var content = await Blobs.OpenAsync(blob.Name, token);
            if (content is not null)
            {
                var (length, sha256) = await StoreSums.HashAsync(content, token);
                sums.AddBlob(blob.Name, length, sha256);
            }

            count();
        });
        return sums.Parts();
    }

    internal static ParallelOptions Options(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };

    /// <summary>Counts what passes, and says so now and then.</summary>
    internal static Action Counter(string doing, int part, int parts, Action<MoveStep> note)
    {
        var done = 0L;
        note(new MoveStep(doing, part, parts, 0));
        return () =>
        {
            var now = Interlocked.Increment(ref done);
            if (now % NoteEvery == 0)
            {
                note(new MoveStep(string.Create(CultureInfo.InvariantCulture, $"{doing}, {now}"), part, parts, now));
            }
        };
    }

    private async Task SumTableAsync(string table, StoreSums sums, Action count, CancellationToken cancellationToken)
    {
        var form = new ArrayBufferWriter<byte>(4096);
        await foreach (var row in Tables.Open(table).EnumerateAllAsync(cancellationToken))
        {
            form.ResetWrittenCount();
            EntityForm.Write(row, form);
            sums.AddRow(table, form.WrittenSpan);
            count();
        }
    }
}
