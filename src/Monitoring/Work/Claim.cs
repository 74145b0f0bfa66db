namespace Monitoring.Work;

/// <summary>What a subject's own row says to a hint of the due index.</summary>
public abstract record Claim
{
    private Claim()
    {
    }

    /// <summary>The usual rule: not before the row's time, and not while a work item is under way. Null: the subject is due.</summary>
    public static Claim? Refuse(DateTimeOffset next, DateTimeOffset? queuedUntil, DateTimeOffset now) =>
        queuedUntil > now ? new Queued() : next > now ? new Later(next) : null;

    /// <summary>The row is now marked as queued until the given time: enqueue it.</summary>
    public sealed record Claimed : Claim;

    /// <summary>Due later. A hint in another slot is stale.</summary>
    public sealed record Later(DateTimeOffset Due) : Claim;

    /// <summary>A work item is under way. The job's end may be about to make this very hint the right one, so it is left alone.</summary>
    public sealed record Queued : Claim;

    /// <summary>Another worker claimed it at the same moment; it looks after the hint.</summary>
    public sealed record Taken : Claim;

    /// <summary>The subject is retired or gone.</summary>
    public sealed record Retired : Claim;
}
