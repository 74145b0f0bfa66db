using Monitoring.Storage;

namespace Monitoring.Retention;

/// <param name="CompletedAt">When the last complete pass ended; null: none yet.</param>
/// <param name="Rule">The rule at which the present pass stopped; null if none is under way.</param>
/// <param name="Part">The last part of that rule that is done.</param>
public sealed record RetentionPlace(DateTimeOffset? CompletedAt, string? Rule, string? Part);

/// <summary>Where the timer's pass over the data stands. Table <c>Retention</c>: one row.</summary>
public sealed class RetentionPlaceStore(ITables tables)
{
    private static readonly EntityKey Key = new("retention", "place");

    private readonly IEntityTable _places = tables.Open("Retention");

    public async Task<RetentionPlace> GetAsync(CancellationToken cancellationToken)
    {
        var row = await _places.GetAsync(Key, columns: null, cancellationToken);
        return new RetentionPlace(row?.GetTime("CompletedAt"), row?.GetText("Rule"), row?.GetText("Part"));
    }

    /// <summary>Two passes at once overwrite each other's place, and each takes some parts again, which is harmless.</summary>
    public Task PutAsync(RetentionPlace place, CancellationToken cancellationToken) =>
        _places.PutAsync(new Entity(Key).Set("CompletedAt", place.CompletedAt).Set("Rule", place.Rule).Set("Part", place.Part), cancellationToken);
}
