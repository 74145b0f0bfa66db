using Monitoring.Storage;

namespace Monitoring.Alerts;

/// <summary>
/// How many mails of their own a recipient had in the last hour: what comes beyond the most is told in one mail, minutes later. Table <c>MailLanes</c>: one
/// partition, row = recipient; query served: one recipient.
/// </summary>
public sealed class MailLane(ITables tables)
{
    /// <summary>A storm is summed up so long after it began, and the next part of one not before an hour after that.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private const string Partition = "lane";

    private readonly IEntityTable _lanes = tables.Open("MailLanes");

    /// <summary>Takes a place for one more mail.</summary>
    /// <param name="ask">Asks for a summary that becomes due; called before it is noted as due, so that a crash in between asks once more than needed.</param>
    /// <returns>Whether there was a place; otherwise a summary tells it.</returns>
    public async Task<bool> TakeAsync(string recipientId, int mostPerHour, DateTimeOffset now, Func<DateTimeOffset, Task> ask, CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = await _lanes.GetAsync(new EntityKey(Partition, recipientId), columns: null, cancellationToken);
            var lane = row is null ? new Lane([], Due: null, Told: null) : Read(row);
            var (after, due) = Step(lane, mostPerHour, now);
            if (after == lane)
            {
                return false;
            }

            await (due is null ? Task.CompletedTask : ask(due.Value));
            var saved = Write(recipientId, after, row?.ETag);
            if (row is null ? await _lanes.AddAsync(saved, cancellationToken) is AddResult.Added : await _lanes.ReplaceAsync(saved, cancellationToken) is SaveResult.Saved)
            {
                return due is null;
            }
        }
    }

    /// <summary>When the next summary is due; null if none is.</summary>
    public async Task<DateTimeOffset?> GetDueAsync(string recipientId, CancellationToken cancellationToken) =>
        await _lanes.GetAsync(new EntityKey(Partition, recipientId), columns: null, cancellationToken) is { } row ? Read(row).Due : null;

    /// <summary>After the summary that was due then is written down.</summary>
    public async Task EndAsync(string recipientId, DateTimeOffset due, CancellationToken cancellationToken)
    {
        while (await _lanes.GetAsync(new EntityKey(Partition, recipientId), columns: null, cancellationToken) is { } row && Read(row) is { } lane && lane.Due == due)
        {
            if (await _lanes.ReplaceAsync(Write(recipientId, lane with { Due = null, Told = due }, row.ETag), cancellationToken) is SaveResult.Saved)
            {
                return;
            }
        }
    }

    private static (Lane After, DateTimeOffset? Due) Step(Lane lane, int mostPerHour, DateTimeOffset now)
    {
        if (lane.Due is not null)
        {
            return (lane, lane.Due);
        }

        var recent = lane.Taken.Where(taken => now - taken < Hour).ToList();
        if (recent.Count < mostPerHour)
        {
            return (lane with { Taken = [.. recent, now] }, null);
        }

        var due = lane.Told is { } told && told + Hour > now + First ? told + Hour : now + First;
        return (lane with { Due = due }, due);
    }

    private static Lane Read(Entity row) => new(
        [.. row.NeedText("Taken").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => Keys.ParseTime(text))], row.GetTime("Due"), row.GetTime("Told"));

    private static Entity Write(string recipientId, Lane lane, string? etag) => new Entity(Partition, recipientId)
    {
        ETag = etag,
    }
        .Set("Taken", string.Join(' ', lane.Taken.Select(Keys.Time)))
        .Set("Due", lane.Due)
        .Set("Told", lane.Told);

    /// <param name="Taken">Of the last hour.</param>
    /// <param name="Due">When what is held back now is told.</param>
    /// <param name="Told">When the last summary was due.</param>
    private sealed record Lane(IReadOnlyList<DateTimeOffset> Taken, DateTimeOffset? Due, DateTimeOffset? Told);
}
