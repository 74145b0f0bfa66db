namespace Monitoring.Storage.Moving;

/// <param name="Parts">Both sides, as they were read at the end.</param>
/// <param name="Written">Rows and blobs that this run wrote or deleted.</param>
/// <param name="SourceChanged">The source is not what it was a moment before: running again brings over what is new.</param>
public sealed record CopyReport(IReadOnlyList<PartComparison> Parts, long Written, bool SourceChanged)
{
    public bool IsVerified => Parts.All(part => part.IsSame);
}

/// <summary>
/// Copies everything of one store into another, and reads both again to see that they hold the same. It can die anywhere: running again goes on where it
/// was, because each part is compared before it is written. The destination is marked (<see cref="UnfinishedMove"/>) until both are the same.
/// </summary>
public sealed class StoreCopy(MovableStore from, MovableStore to, TimeProvider time, Action<MoveStep> note)
{
    private readonly UnfinishedMove _unfinished = new(to);

    /// <exception cref="StorageUnavailableException">The destination holds something else, or one of the two is half filled.</exception>
    public async Task<CopyReport> RunAsync(CancellationToken cancellationToken)
    {
        await new UnfinishedMove(from).RefuseAsync(cancellationToken);
        await BeginAsync(cancellationToken);
        var written = await CopyAsync(thorough: false, cancellationToken);
        var parts = await CompareAsync(cancellationToken);
        var before = parts;
        if (parts.Any(part => !part.IsSame))
        {
            // Left by an earlier run before something changed at the source, or changed during this one.
            await OpenAgainAsync(parts, cancellationToken);
            written += await CopyAsync(thorough: true, cancellationToken);
            parts = await CompareAsync(cancellationToken);
        }

        if (parts.All(part => part.IsSame))
        {
            await _unfinished.EndAsync(cancellationToken);
            return new CopyReport(parts, written, SourceChanged: false);
        }

        await OpenAgainAsync(parts, cancellationToken);
        return new CopyReport(parts, written, !Sources(before).SequenceEqual(Sources(parts)));
    }

    /// <summary>Reads both and changes nothing.</summary>
    public async Task<IReadOnlyList<PartComparison>> CompareAsync(CancellationToken cancellationToken)
    {
        var sums = await Task.WhenAll(from.SumAsync(note, cancellationToken), to.SumAsync(_ => { }, cancellationToken));
        return PartComparison.Of(sums[0], sums[1]);
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (await _unfinished.FindAsync(cancellationToken) is (MoveKind.Copy, var began) && began == from.Name)
        {
            return;
        }

        await _unfinished.RefuseAsync(cancellationToken);
        if (!await to.IsEmptyAsync(cancellationToken))
        {
            throw new StorageUnavailableException(StorageProblem.NotEmpty, $"The store {to.Name} already holds data: a copy needs an empty one, or one where a copy from {from.Name} was interrupted.");
        }

        await _unfinished.BeginAsync(MoveKind.Copy, from.Name, time.GetUtcNow(), cancellationToken);
    }

    private async Task<long> CopyAsync(bool thorough, CancellationToken cancellationToken)
    {
        var names = (await from.ListTablesAsync(cancellationToken)).Union(await to.ListTablesAsync(cancellationToken), StringComparer.Ordinal).ToList();
        var done = await _unfinished.DoneAsync(cancellationToken);
        var written = 0L;
        for (var part = 0; part < names.Count; part++)
        {
            if (done.Contains(names[part]))
            {
                continue;
            }

            var count = MovableStore.Counter("copying " + names[part], part, names.Count + 1, note);
            written += await new TableCopy(from.Tables.Open(names[part]), to.Tables.Open(names[part])).RunAsync(count, cancellationToken);
            await _unfinished.MarkDoneAsync(names[part], cancellationToken);
        }

        var blobs = MovableStore.Counter("copying blobs", names.Count, names.Count + 1, note);
        return written + await new BlobCopy(from.Blobs, to.Blobs).RunAsync(thorough, blobs, cancellationToken);
    }

    private async Task OpenAgainAsync(IReadOnlyList<PartComparison> parts, CancellationToken cancellationToken)
    {
        foreach (var part in parts.Where(part => part is { Kind: PartKind.Table, IsSame: false }))
        {
            await _unfinished.MarkOpenAsync(part.Name, cancellationToken);
        }
    }

    private static IEnumerable<PartSum?> Sources(IReadOnlyList<PartComparison> parts) => parts.Select(part => part.From).Where(part => part is not null);
}
