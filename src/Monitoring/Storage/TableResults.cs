namespace Monitoring.Storage;

/// <summary>The answer of an insert. Contention is an answer, not an exception.</summary>
public enum AddResult
{
    /// <summary>The row is stored; the entity carries its ETag.</summary>
    Added,

    /// <summary>A row with this key exists and was left untouched.</summary>
    AlreadyThere,
}

/// <summary>The answer of a conditional replace, merge or delete.</summary>
public enum SaveResult
{
    /// <summary>Done; the entity carries its new ETag (not after a delete).</summary>
    Saved,

    /// <summary>The stored row has another ETag: somebody else wrote since this one was read. Nothing was changed.</summary>
    ChangedMeanwhile,

    /// <summary>No row has this key. Nothing was changed.</summary>
    Gone,
}

/// <summary>The answer of a batch, which is stored as a whole or not at all.</summary>
public abstract record BatchResult
{
    private BatchResult()
    {
    }

    /// <summary>All operations took effect; the entities carry their ETags.</summary>
    public sealed record Saved : BatchResult;

    /// <summary>Nothing took effect, because the operation at <paramref name="Index"/> (from 0) could not: an add met a row, or a condition failed.</summary>
    public sealed record Refused(int Index) : BatchResult;
}
