using Monitoring.Storage;

namespace Monitoring.Work;

/// <summary>How a room keeps the rows of its subjects, as <see cref="Roster"/> needs it.</summary>
/// <param name="Kind">The kind in the due index.</param>
/// <param name="ReadAsync">The rows from one id (included) to another (excluded; null: to the end), and when they say that they are due.</param>
/// <param name="AddAsync">Makes the rows that are missing, due at the given time.</param>
public sealed record RosterOf(
    string Kind,
    Func<string, string?, CancellationToken, IAsyncEnumerable<(string Id, DateTimeOffset Next)>> ReadAsync,
    Func<IReadOnlyList<string>, DateTimeOffset, CancellationToken, Task> AddAsync);

/// <summary>
/// Gives every listed subject its row and its place in the due index. Runs when the list's version differs from the one it last finished with, and
/// once a day, so that whatever lost its place finds it again. Table <c>Rosters</c>, row = kind: what it finished with, and how far a pass has come: after
/// a crash the next call goes on there. What left the list is let go by its next claim.
/// </summary>
public sealed class Roster(ITables tables, DueIndex due)
{
    /// <summary>From the beginning of one pass to the beginning of the next.</summary>
    public static readonly TimeSpan RepeatAfter = TimeSpan.FromDays(1);

    private const int AtOnce = StorageLimits.BatchOperations;

    private readonly IEntityTable _rosters = tables.Open("Rosters");

    public async Task UpdateAsync(RosterOf subjects, string listVersion, IEnumerable<string> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = new EntityKey("roster", subjects.Kind);
        var row = await _rosters.GetAsync(key, columns: null, cancellationToken) ?? new Entity(key);
        if (IsOf(row, "Version", "At", listVersion, now))
        {
            return;
        }

        if (!IsOf(row, "BegunVersion", "Begun", listVersion, now))
        {
            row.Set("BegunVersion", listVersion).Set("Begun", now).Set("Reached", (string?)null);
        }

        await due.BeginAsync(subjects.Kind, now, cancellationToken);
        var left = ids.Where(id => string.CompareOrdinal(id, row.GetText("Reached")) > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        for (var from = 0; from < left.Length; from += AtOnce)
        {
            var end = Math.Min(from + AtOnce, left.Length);
            await PlaceAsync(subjects, left[from..end], before: end < left.Length ? left[end] : null, now, cancellationToken);
            await _rosters.PutAsync(row.Set("Reached", left[end - 1]), cancellationToken);
        }

        await _rosters.PutAsync(new Entity(key).Set("Version", listVersion).Set("At", row.GetTime("Begun")), cancellationToken);
    }

    private static bool IsOf(Entity row, string version, string since, string listVersion, DateTimeOffset now) =>
        string.Equals(row.GetText(version), listVersion, StringComparison.Ordinal) && now - row.GetTime(since) < RepeatAfter;

    private async Task PlaceAsync(RosterOf subjects, string[] ids, string? before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var next = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await foreach (var (id, at) in subjects.ReadAsync(ids[0], before, cancellationToken))
        {
            next[id] = at;
        }

        // The hints first: a row without a hint would never come up. A hint too many is found stale.
        await due.PutAsync(subjects.Kind, [.. ids.Where(id => !next.TryGetValue(id, out var at) || at <= now)], now, cancellationToken);
        await subjects.AddAsync([.. ids.Where(id => !next.ContainsKey(id))], now, cancellationToken);
    }
}
