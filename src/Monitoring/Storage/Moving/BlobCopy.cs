namespace Monitoring.Storage.Moving;

/// <summary>Makes one blob store hold exactly the blobs of another, as <see cref="TableCopy"/> does with rows.</summary>
internal sealed class BlobCopy(IBlobStore from, IBlobStore to)
{
    /// <param name="thorough">Compare contents also where the lengths are the same.</param>
    /// <param name="count">Called for each blob that was looked at.</param>
    /// <returns>Blobs written or deleted.</returns>
    public async Task<long> RunAsync(bool thorough, Action count, CancellationToken cancellationToken)
    {
        var written = 0L;
        var pairs = OrderedPairs.PairAsync(
            from.ListAsync("", cancellationToken), to.ListAsync("", cancellationToken), (a, b) => string.CompareOrdinal(a.Name, b.Name), cancellationToken);
        await Parallel.ForEachAsync(pairs, MovableStore.Options(cancellationToken), async (pair, token) =>
        {
            if (await BringAsync(pair.Left, pair.Right, thorough, token))
            {
                Interlocked.Increment(ref written);
            }

            count();
        });
        return written;
    }

    private async Task<bool> BringAsync(BlobProperties? source, BlobProperties? present, bool thorough, CancellationToken cancellationToken)
    {
        if (source is null)
        {
            return await to.DeleteAsync(present!.Name, cancellationToken);
        }

        if (present is not null && present.Length == source.Length && (!thorough || await IsSameAsync(source.Name, cancellationToken)))
        {
            return false;
        }

        await using var content = await from.OpenAsync(source.Name, cancellationToken);

        // Gone since it was listed; and a blob that somebody else wrote here meanwhile stays: the comparison at the end judges.
        return content is not null
            && await to.PutAsync(source.Name, content, present is null ? BlobCondition.CreateOnly : BlobCondition.IfMatch(present.ETag), cancellationToken) is PutBlobResult.Stored;
    }

    private async Task<bool> IsSameAsync(string name, CancellationToken cancellationToken)
    {
        await using var source = await from.OpenAsync(name, cancellationToken);
        await using var present = await to.OpenAsync(name, cancellationToken);
        if (source is null || present is null)
        {
            return false;
        }

        var (_, sourceHash) = await StoreSums.HashAsync(source, cancellationToken);
        var (_, presentHash) = await StoreSums.HashAsync(present, cancellationToken);
        return sourceHash.AsSpan().SequenceEqual(presentHash);
    }
}
