using System.Globalization;

namespace Monitoring.Storage;

/// <summary>
/// The version of what the rooms store. Readers accept the present one and the one before; a newer store stops the start. A database file keeps it in a
/// place of its own, a storage account in the table <see cref="Table"/>, which belongs to the engine and does not move.
/// </summary>
public sealed class StoreVersion(ITables tables)
{
    public const int Current = 1;

    public const string Table = "Meta";

    private const string Column = "Version";

    private static readonly EntityKey Key = new("meta", "schema");

    private readonly IEntityTable _meta = tables.Open(Table);

    /// <exception cref="StorageUnavailableException">A newer version wrote the store.</exception>
    public async Task CheckAsync(string place, CancellationToken cancellationToken)
    {
        if (await _meta.GetAsync(Key, columns: null, cancellationToken) is { } row && row.GetNumber(Column) is var stored and not <= Current)
        {
            throw TooNew($"The store {place}", stored ?? 0);
        }
    }

    /// <summary>Writes it; which also shows whether the tables can be written.</summary>
    public Task WriteAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        _meta.PutAsync(new Entity(Key).Set(Column, Current).Set("StartedAt", now), cancellationToken);

    public static StorageUnavailableException TooNew(string what, long stored) => new(
        StorageProblem.TooNew, string.Create(CultureInfo.InvariantCulture, $"{what} was written by a newer version (schema {stored}); this one reads up to {Current}."));
}
