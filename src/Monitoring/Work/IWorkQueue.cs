namespace Monitoring.Work;

/// <summary>A message on lease: nobody else receives it until <see cref="LeasedUntil"/>.</summary>
/// <param name="Kind">Its queue.</param>
/// <param name="Id">The engine's id of the message, unique among all queues.</param>
/// <param name="Receipt">Proof of this lease; a later lease has another.</param>
/// <param name="Body">The text as enqueued.</param>
/// <param name="DequeueCount">How often it was received, this time included.</param>
/// <param name="EnqueuedAt">When it was first put in the queue.</param>
/// <param name="LeasedUntil">When it becomes visible to others, unless renewed.</param>
public sealed record ReceivedWork(string Kind, string Id, string Receipt, string Body, int DequeueCount, DateTimeOffset EnqueuedAt, DateTimeOffset LeasedUntil);

/// <param name="Length">Messages waiting, leased ones included.</param>
/// <param name="OldestSince">When the oldest visible one became visible, or was enqueued if the engine knows no more; null if none is.</param>
public sealed record QueueState(string Kind, long Length, DateTimeOffset? OldestSince);

/// <param name="Reason">Why it was given up; one line without content.</param>
public sealed record PoisonedWork(string Id, string Kind, string Body, string Reason, DateTimeOffset PoisonedAt);

/// <summary>
/// Work to be done at least once, unordered, one queue per kind. A message that was received five times and never completed is
/// poisoned: it is kept as a row with its reason and no longer received. Engines: SQLite, Azure Queues.
/// </summary>
public interface IWorkQueue
{
    /// <summary>How often a message is received before it is poisoned.</summary>
    const int MaxDequeueCount = 5;

    /// <summary>Durable when it returns. <paramref name="visibleAfter"/> delays the first delivery.</summary>
    /// <exception cref="ArgumentException">The item is longer than <see cref="WorkItem.MaxBytes"/>.</exception>
    Task EnqueueAsync(WorkItem item, TimeSpan visibleAfter, CancellationToken cancellationToken);

    /// <summary>At most <paramref name="max"/> visible messages of a kind, each leased for <paramref name="lease"/>; empty if none is visible.</summary>
    Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(string kind, int max, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>A new lease from now; null if the lease was lost.</summary>
    Task<ReceivedWork?> RenewAsync(ReceivedWork work, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Removes the message; false if the lease was lost (it will be delivered again, which is harmless).</summary>
    Task<bool> CompleteAsync(ReceivedWork work, CancellationToken cancellationToken);

    /// <summary>Gives the message back, visible again after <paramref name="after"/>; the fifth time it is poisoned with <paramref name="reason"/>.</summary>
    Task ReleaseAsync(ReceivedWork work, TimeSpan after, string reason, CancellationToken cancellationToken);

    /// <summary>Poisons at once what can never succeed.</summary>
    Task PoisonAsync(ReceivedWork work, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// Puts a message that this version must not judge back, without counting the attempt. For messages of a newer program.
    /// </summary>
    Task DeferAsync(ReceivedWork work, TimeSpan after, CancellationToken cancellationToken);

    Task<IReadOnlyList<QueueState>> GetStateAsync(CancellationToken cancellationToken);

    IAsyncEnumerable<PoisonedWork> ListPoisonAsync(CancellationToken cancellationToken);

    /// <summary>Back into its queue with a fresh count; false if no poisoned message has this id.</summary>
    Task<bool> RequeuePoisonAsync(string id, CancellationToken cancellationToken);
}
