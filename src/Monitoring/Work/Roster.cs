using Monitoring.Storage;

namespace Monitoring.Work;

/// <summary>How a room keeps the rows of its subjects, as <see cref="Roster"/> needs it.</summary>
/// <param name="Kind">The kind in the due index.</param>
/// <param name="NextAsync">When a subject's row says it is due; null if it has no row.</param>
/// <param name="AddAsync">Makes the row, due at the given time.</param>
public sealed record RosterOf(
    string Kind, Func<string, CancellationToken, Task<DateTimeOffset?>> NextAsync, Func<string, DateTimeOffset, CancellationToken, Task> AddAsync);

/// <summary>
/// Gives every listed subject its row and its place in the due index. Runs when the list's version differs from the one it last finished with, and
/// once a day, so that whatever lost its place finds it again (table <c>Rosters</c>, row = kind). A crash in between repeats it; what left the list is let
/// go by its next claim.
/// </summary>
public sealed class Roster(ITables tables, DueIndex due)
{
    public static readonly TimeSpan RepeatAfter = TimeSpan.FromDays(1);

    private readonly IEntityTable _rosters = tables.Open("Rosters");

    public async Task UpdateAsync(RosterOf subjects, string listVersion, IEnumerable<string> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = new EntityKey("roster", subjects.Kind);
        var done = await _rosters.GetAsync(key, columns: null, cancellationToken);
        if (string.Equals(done?.GetText("Version"), listVersion, StringComparison.Ordinal) && now - done?.GetTime("At") < RepeatAfter)
        {
            return;
        }

        await due.BeginAsync(subjects.Kind, now, cancellationToken);
        foreach (var id in ids)
        {
            var next = await subjects.NextAsync(id, cancellationToken);

            // The hint first: a row without a hint would never come up. A hint too many is found stale.
            if (next is null || next <= now)
            {
                await due.PutAsync(subjects.Kind, id, now, cancellationToken);
            }

            if (next is null)
            {
                await subjects.AddAsync(id, now, cancellationToken);
            }
        }

        await _rosters.PutAsync(new Entity(key).Set("Version", listVersion).Set("At", now), cancellationToken);
    }
}
