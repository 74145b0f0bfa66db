using System.Globalization;

namespace Monitoring.Storage;

/// <summary>A write that Azure would refuse, refused before any engine saw it. Names the place and the sizes, never the content.</summary>
public sealed class StorageLimitException(string table, EntityKey key, string? property, string limit, long actual)
    : Exception(string.Create(
        CultureInfo.InvariantCulture,
        $"Table {table}, row {key}{(property is null ? "" : $", property {property}")}: {limit} (actual: {actual})."))
{
    public string Table { get; } = table;

    public EntityKey Key { get; } = key;

    public string? Property { get; } = property;

    public string Limit { get; } = limit;

    public long Actual { get; } = actual;
}
