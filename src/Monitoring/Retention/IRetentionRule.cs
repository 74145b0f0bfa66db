using Monitoring.Watchlist;

namespace Monitoring.Retention;

/// <summary>What is the same for all rules of one run.</summary>
/// <param name="Entries">The whole watch list, with what has left it: by its ids rows and blobs are found.</param>
/// <param name="DryRun">Count, and change nothing.</param>
public sealed record RetentionRun(DateTimeOffset Now, RetentionOptions Options, IReadOnlyList<EntryStamp> Entries, bool DryRun, RetentionReport Report)
{
    /// <summary>Before when something must have happened to be removed now; null if it is kept for ever.</summary>
    public DateTimeOffset? Before(TimeSpan keptFor) => keptFor == TimeSpan.Zero ? null : Now - keptFor;

    public IEnumerable<string> Ids(params ReadOnlySpan<EntryKind> kinds)
    {
        var wanted = kinds.ToArray();
        return Entries.Where(entry => wanted.Contains(entry.Kind)).Select(entry => entry.Id);
    }
}

/// <summary>How one kind of data is let go: part by part, so that a run can stop between two and go on later. Taking a part again finishes what a crash left.</summary>
public interface IRetentionRule
{
    /// <summary>Names the rule in the place where a run stopped.</summary>
    string Name { get; }

    /// <summary>The parts, each a key range of its own: mostly ids of the watch list.</summary>
    IEnumerable<string> Parts(RetentionRun run);

    Task ApplyAsync(string part, RetentionRun run, CancellationToken cancellationToken);
}
