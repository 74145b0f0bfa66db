using System.Collections.Concurrent;
using Monitoring.Storage;

namespace Monitoring.Fetching;

/// <summary>
/// Politeness per host, over all instances: at most one visit at a time, and a pause between two. Table <c>Hosts</c>: one partition, row = host;
/// the row says how long a visit may be under way and from when the next may start, and is replaced conditionally. A cache in front answers
/// "not yet" without a read.
/// </summary>
public sealed class HostGate(ITables tables)
{
    private const string Partition = "host";
    private const string NextAllowed = "NextAllowed";
    private const string BusyUntil = "BusyUntil";

    /// <summary>A visit under way may end at any moment: look again soon.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private readonly IEntityTable _hosts = tables.Open("Hosts");
    private readonly ConcurrentDictionary<string, DateTimeOffset> _nextAllowed = new(StringComparer.Ordinal);

    /// <summary>
    /// Takes the host for one visit, or says when to try again. It stays taken until <see cref="LeaveAsync"/>; a visit that died is over
    /// after <paramref name="longest"/>.
    /// </summary>
    /// <returns>Null: enter. Otherwise the earliest time for the next try.</returns>
    public async Task<DateTimeOffset?> EnterAsync(string host, DateTimeOffset now, TimeSpan longest, CancellationToken cancellationToken)
    {
        if (_nextAllowed.TryGetValue(host, out var known) && known > now)
        {
            return known;
        }

        var key = new EntityKey(Partition, Keys.Safe(host));
        var row = await _hosts.GetAsync(key, columns: null, cancellationToken);
        if (row?.GetTime(NextAllowed) is { } next && next > now)
        {
            _nextAllowed[host] = next;
            return next;
        }

        if (row?.GetTime(BusyUntil) > now)
        {
            return now + LookAgain;
        }

        var taken = new Entity(key) { ETag = row?.ETag }.Set(BusyUntil, now + longest);
        var entered = row is null
            ? await _hosts.AddAsync(taken, cancellationToken) is AddResult.Added
            : await _hosts.ReplaceAsync(taken, cancellationToken) is SaveResult.Saved;
        return entered ? null : now + LookAgain;
    }

    /// <summary>Removes the rows of hosts that could have been visited since before <paramref name="before"/> and were not; they hold nobody back.</summary>
    /// <param name="dryRun">Only count.</param>
    /// <returns>How many.</returns>
    public async Task<int> RemoveIdleAsync(DateTimeOffset before, bool dryRun, CancellationToken cancellationToken)
    {
        var idle = _hosts.QueryAsync(new RangeQuery(Partition), cancellationToken).Where(row => (row.GetTime(NextAllowed) ?? row.GetTime(BusyUntil)) < before);
        var count = 0;
        await foreach (var chunk in idle.Chunk(StorageLimits.BatchOperations).WithCancellation(cancellationToken))
        {
            count += dryRun ? chunk.Length : (await _hosts.ApplyEachAsync(chunk.Select(row => TableOperation.Delete(row.Key, row.ETag)), cancellationToken)).Count(isGone => isGone);
        }

        return count;
    }

    /// <summary>Ends the visit: the next one may start at <paramref name="next"/>.</summary>
    public async Task LeaveAsync(string host, DateTimeOffset next, CancellationToken cancellationToken)
    {
        await _hosts.PutAsync(new Entity(Partition, Keys.Safe(host)).Set(NextAllowed, next), cancellationToken);
        _nextAllowed[host] = next;
    }
}
