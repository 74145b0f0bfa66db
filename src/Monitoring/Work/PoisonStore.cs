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

    /// <summary>How long a message stays hidden while it is given up.</summary>
    private static readonly TimeSpan WhileGivenUp = TimeSpan.FromMinutes(1);

    private readonly IEntityTable _poison = tables.Open("Poison");

    public Task PutAsync(ReceivedWork work, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Bytes: a body may be longer than a text column. What is no text may have grown beyond any column when it was read as text.
        var body = Encoding.UTF8.GetBytes(work.Body);
        var row = new Entity(Partition, Keys.Hash(work.Kind, work.Id, Keys.Time(work.EnqueuedAt)))
            .Set("Kind", work.Kind).Set("Body", body[..Math.Min(body.Length, WorkItem.MaxBytes)]).Set("Reason", reason).Set("PoisonedAt", now);
        return _poison.PutAsync(row, cancellationToken);
    }

    /// <summary>Receives up to so many messages, and gives up those whose workers died too often; their places go to the next ones.</summary>
    /// <param name="leaseAsync">Leases at most so many visible messages; an empty answer means that none is visible.</param>
    public static async Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(
        IWorkQueue queue, int max, Func<int, Task<IReadOnlyList<ReceivedWork>>> leaseAsync, CancellationToken cancellationToken)
    {
        var received = new List<ReceivedWork>();
        while (received.Count < max && await leaseAsync(max - received.Count) is { Count: > 0 } leased)
        {
            foreach (var work in leased)
            {
                if (work.DequeueCount > IWorkQueue.MaxDequeueCount)
                {
                    await queue.PoisonAsync(work, "its worker died five times", cancellationToken);
                }
                else
                {
                    received.Add(work);
                }
            }
        }

        return received;
    }

    /// <summary>Gives a message up, if it is still the caller's: a renewal proves it.</summary>
    public async Task GiveUpAsync(IWorkQueue queue, ReceivedWork work, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await queue.RenewAsync(work, WhileGivenUp, cancellationToken) is { } held)
        {
            await PutAsync(held, reason, now, cancellationToken);
            await queue.CompleteAsync(held, cancellationToken);
        }
    }

    /// <summary>Enqueues a message that was given up again. A crash between the two writes leaves it in both places: it is worked on once more, which is harmless.</summary>
    /// <returns>False if there is none with this id.</returns>
    public async Task<bool> RequeueAsync(string id, Func<PoisonedWork, Task> enqueueAsync, CancellationToken cancellationToken)
    {
        if (await GetAsync(id, cancellationToken) is not { } poisoned)
        {
            return false;
        }

        await enqueueAsync(poisoned);
        await RemoveAsync(id, cancellationToken);
        return true;
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
