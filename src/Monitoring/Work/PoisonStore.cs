using System.Text;
using Monitoring.Storage;

namespace Monitoring.Work;

/// <summary>
/// Messages that were given up, each with its reason. Table <c>Poison</c>: one partition, row = hash of the message's kind, id and time, so that writing it
/// again changes nothing; query served: all of them. The row is written before the message is removed: a crash between leaves both, and the next receiver
/// writes the same row.
/// </summary>
public sealed class PoisonStore(ITables tables)
{
    private const string Partition = "work";

    private readonly IEntityTable _poison = tables.Open("Poison");

    public Task PutAsync(ReceivedWork work, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Bytes: a body may be longer than a text column. What is no text may have grown beyond any column when it was read as text.
        var body = Encoding.UTF8.GetBytes(work.Body);
        var row = new Entity(Partition, Keys.Hash(work.Kind, work.Id, Keys.Time(work.EnqueuedAt)))
            .Set("Kind", work.Kind).Set("Body", body[..Math.Min(body.Length, WorkItem.MaxBytes)]).Set("Reason", reason).Set("PoisonedAt", now);
        return _poison.PutAsync(row, cancellationToken);
    }

    public IAsyncEnumerable<PoisonedWork> ListAsync(CancellationToken cancellationToken) =>
        _poison.QueryAsync(new RangeQuery(Partition), cancellationToken).Select(Read);

    /// <summary>Null if no message with this id was given up.</summary>
    public async Task<PoisonedWork?> GetAsync(string id, CancellationToken cancellationToken) =>
        string.Equals(id, Keys.Safe(id), StringComparison.Ordinal) && await _poison.GetAsync(new EntityKey(Partition, id), columns: null, cancellationToken) is { } row ? Read(row) : null;

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => _poison.DeleteAsync(new EntityKey(Partition, id), etag: null, cancellationToken);

    private static PoisonedWork Read(Entity row) => new(
        row.Key.Row, row.NeedText("Kind"), Encoding.UTF8.GetString(row.GetBytes("Body") ?? []), row.NeedText("Reason"), row.NeedTime("PoisonedAt"));
}
