using Monitoring.Storage;

namespace Monitoring.Items;

/// <summary>Which stored items are understood again.</summary>
/// <param name="All">Those too that the present list and rules understood.</param>
/// <param name="Since">Only those whose present text was first met then or later; null is all.</param>
/// <param name="DryRun">Say what would change, change nothing.</param>
public sealed record RematchScope(bool All = false, DateTimeOffset? Since = null, bool DryRun = false);

/// <summary>Up to where a rematch has come, both included.</summary>
public sealed record RematchPlace(string SourceId, string ItemId);

/// <summary>
/// Where a rematch goes on that was stopped, and which list and rules the last one to end had. Table <c>Rematch</c>: partition = <c>place</c>, row = one
/// for each scope, and <c>ended</c>; query served: one row. A place of another list or other rules does not count.
/// </summary>
public sealed class RematchPlaceStore(ITables tables)
{
    private static readonly EntityKey Ended = new("place", "ended");

    private readonly IEntityTable _places = tables.Open("Rematch");

    /// <summary>Null: from the beginning.</summary>
    public async Task<RematchPlace?> GetAsync(RematchScope scope, string understoodBy, CancellationToken cancellationToken) =>
        await _places.GetAsync(KeyOf(scope), columns: null, cancellationToken) is { } row && row.GetText("UnderstoodBy") == understoodBy
            ? new RematchPlace(row.NeedText("SourceId"), row.NeedText("ItemId"))
            : null;

    public Task PutAsync(RematchScope scope, string understoodBy, RematchPlace place, CancellationToken cancellationToken) => _places.PutAsync(
        new Entity(KeyOf(scope)).Set("UnderstoodBy", understoodBy).Set("SourceId", place.SourceId).Set("ItemId", place.ItemId),
        cancellationToken);

    /// <summary>The rematch came to its end. A crash before the place goes makes the next one short.</summary>
    public async Task EndAsync(RematchScope scope, string understoodBy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (scope.Since is null)
        {
            await _places.PutAsync(new Entity(Ended).Set("UnderstoodBy", understoodBy).Set("At", now), cancellationToken);
        }

        await _places.DeleteAsync(KeyOf(scope), etag: null, cancellationToken);
    }

    /// <summary>List and rules by which all stored items were last understood, and when that was; null if no rematch of all of them has ended yet.</summary>
    public async Task<(string UnderstoodBy, DateTimeOffset At)?> GetEndedAsync(CancellationToken cancellationToken) =>
        await _places.GetAsync(Ended, columns: null, cancellationToken) is { } row ? (row.NeedText("UnderstoodBy"), row.NeedTime("At")) : null;

    private static EntityKey KeyOf(RematchScope scope) => new("place", $"{(scope.All ? "all" : "outdated")}{(scope.Since is { } since ? $"-{Keys.Day(since)}" : "")}");
}
