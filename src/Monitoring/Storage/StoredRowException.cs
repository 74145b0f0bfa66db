namespace Monitoring.Storage;

/// <summary>A stored row lacks a column that this version needs: damage, or a row of another version. Names the key and the column, never the content.</summary>
public sealed class StoredRowException(EntityKey key, string column)
    : Exception($"Row {key} has no readable column '{column}'.")
{
    public EntityKey Key { get; } = key;

    public string Column { get; } = column;
}
