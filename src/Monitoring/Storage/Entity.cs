using System.Diagnostics.CodeAnalysis;

namespace Monitoring.Storage;

/// <summary>
/// A row: two keys, an opaque ETag and typed columns. The types are those that Azure Tables and SQLite both keep exactly:
/// string, long, double, bool, <see cref="DateTimeOffset"/> (UTC, 100 ns) and bytes. A null is not stored.
/// </summary>
public sealed class Entity(EntityKey key)
{
    private readonly Dictionary<string, object> _columns = new(StringComparer.Ordinal);

    public Entity(string partition, string row) : this(new EntityKey(partition, row))
    {
    }

    public EntityKey Key { get; } = key;

    /// <summary>What the engine gave with the last read or write of this object; sent back byte for byte as the condition of a replace, merge or delete.</summary>
    public string? ETag { get; set; }

    public IReadOnlyDictionary<string, object> Columns => _columns;

    public string? GetText(string column) => _columns.GetValueOrDefault(column) as string;

    public long? GetNumber(string column) => _columns.GetValueOrDefault(column) as long?;

    public double? GetReal(string column) => _columns.GetValueOrDefault(column) as double?;

    public bool? GetFlag(string column) => _columns.GetValueOrDefault(column) as bool?;

    public DateTimeOffset? GetTime(string column) => _columns.GetValueOrDefault(column) as DateTimeOffset?;

    [SuppressMessage("Performance", "CA1819", Justification = "The caller owns the row.")]
    public byte[]? GetBytes(string column) => _columns.GetValueOrDefault(column) as byte[];

    /// <exception cref="StoredRowException">The column is absent: the row was not written by a version that this one can read.</exception>
    public string NeedText(string column) => GetText(column) ?? throw new StoredRowException(Key, column);

    /// <inheritdoc cref="NeedText"/>
    public DateTimeOffset NeedTime(string column) => GetTime(column) ?? throw new StoredRowException(Key, column);

    public Entity Set(string column, string? value) => SetValue(column, value);

    public Entity Set(string column, long? value) => SetValue(column, value);

    /// <summary>A negative zero becomes zero: not every engine tells them apart.</summary>
    public Entity Set(string column, double? value) => SetValue(column, value == 0 ? 0.0 : value);

    public Entity Set(string column, bool? value) => SetValue(column, value);

    /// <summary>Times are kept in UTC, whatever offset they come with.</summary>
    public Entity Set(string column, DateTimeOffset? value) => SetValue(column, value?.ToUniversalTime());

    public Entity Set(string column, byte[]? value) => SetValue(column, value);

    /// <summary>Takes over every column that <paramref name="changes"/> has and leaves the others: what a merge does.</summary>
    public Entity Overlay(Entity changes)
    {
        foreach (var (column, value) in changes._columns)
        {
            _columns[column] = value;
        }

        return this;
    }

    private Entity SetValue(string column, object? value)
    {
        if (value is null)
        {
            _columns.Remove(column);
        }
        else
        {
            _columns[column] = value;
        }

        return this;
    }
}
