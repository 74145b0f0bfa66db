namespace Monitoring.Storage.Moving;

/// <summary>What fills a store with another's content.</summary>
public enum MoveKind
{
    Copy,
    Restore,
}

/// <summary>
/// Marks a store that is being filled, from before the first row until everything was verified: half a store looks like a whole one, and a worker on it
/// would mail and measure from half of what is known. The mark is a row of a table of its own, which no copy, backup or count takes along.
/// </summary>
public sealed class UnfinishedMove(MovableStore store)
{
    public const string Table = "Moving";

    private const string Done = "done";

    private static readonly EntityKey Mark = new("move", "mark");

    private readonly IEntityTable _table = store.Tables.Open(Table);

    public async Task<(MoveKind Kind, string From)?> FindAsync(CancellationToken cancellationToken) =>
        await _table.GetAsync(Mark, columns: null, cancellationToken) is { } row
            ? (row.GetText("Kind") == nameof(MoveKind.Copy) ? MoveKind.Copy : MoveKind.Restore, row.NeedText("From"))
            : null;

    /// <exception cref="StorageUnavailableException">The store is half filled: nothing but the move that began it may use it.</exception>
    public async Task RefuseAsync(CancellationToken cancellationToken)
    {
        switch (await FindAsync(cancellationToken))
        {
            case (MoveKind.Copy, var from):
                throw Unfinished($"holds a copy from {from} that was not finished: run the same 'storage copy' again, or empty the store");
            case (MoveKind.Restore, _):
                throw Unfinished("holds what a restore that was not finished left: run 'restore' again, or empty the store");
        }
    }

    public Task BeginAsync(MoveKind kind, string from, DateTimeOffset now, CancellationToken cancellationToken) =>
        _table.PutAsync(new Entity(Mark).Set("Kind", kind.ToString()).Set("From", from).Set("Began", now), cancellationToken);

    /// <summary>Every row of the table was written: a copy that begins again need not read it.</summary>
    public Task MarkDoneAsync(string table, CancellationToken cancellationToken) => _table.PutAsync(new Entity(Done, table), cancellationToken);

    /// <summary>The table differs after all.</summary>
    public Task MarkOpenAsync(string table, CancellationToken cancellationToken) => _table.DeleteAsync(new EntityKey(Done, table), etag: null, cancellationToken);

    public ValueTask<HashSet<string>> DoneAsync(CancellationToken cancellationToken) =>
        _table.QueryAsync(new RangeQuery(Done), cancellationToken).Select(row => row.Key.Row).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);

    /// <summary>The mark goes last: until then the store counts as unfinished, and repeating the move finds nothing to do.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (var table in await DoneAsync(cancellationToken))
        {
            await MarkOpenAsync(table, cancellationToken);
        }

        await _table.DeleteAsync(Mark, etag: null, cancellationToken);
    }

    private StorageUnavailableException Unfinished(string what) => new(StorageProblem.Unfinished, $"The store {store.Name} {what}.");
}
