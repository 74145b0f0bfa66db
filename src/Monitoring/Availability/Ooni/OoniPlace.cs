using Monitoring.Storage;

namespace Monitoring.Availability.Ooni;

/// <summary>How far the reading of a day has come.</summary>
/// <param name="Day">UTC, at midnight.</param>
/// <param name="After">The place of the last piece that is done; null: none is.</param>
/// <param name="Tries">How often the next piece gave nothing usable.</param>
/// <param name="NotBefore">When to go on at the earliest; null: at once.</param>
public sealed record OoniPlace(DateTimeOffset Day, string? After, long Tries, DateTimeOffset? NotBefore, bool IsComplete);

/// <summary>Table <c>OoniPlace</c>: one row.</summary>
public sealed class OoniPlaceStore(ITables tables)
{
    private static readonly EntityKey Key = new("ooni", "place");

    private readonly IEntityTable _places = tables.Open("OoniPlace");

    public async Task<OoniPlace?> GetAsync(CancellationToken cancellationToken) => await _places.GetAsync(Key, columns: null, cancellationToken) is { } row
        ? new OoniPlace(row.NeedTime("Day"), row.GetText("After"), row.GetNumber("Tries") ?? 0, row.GetTime("NotBefore"), row.GetFlag("IsComplete") ?? false)
        : null;

    /// <summary>Two at once overwrite each other's place, and read a piece again, which is harmless.</summary>
    public Task PutAsync(OoniPlace place, CancellationToken cancellationToken) => _places.PutAsync(
        new Entity(Key).Set("Day", place.Day).Set("After", place.After).Set("Tries", place.Tries).Set("NotBefore", place.NotBefore).Set("IsComplete", place.IsComplete), cancellationToken);
}
