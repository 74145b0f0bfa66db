using Monitoring.Watchlist;

namespace Monitoring.Retention;

/// <summary>
/// One pass over all data, rule by rule and part by part. The rules stand in the order of what refers to what: items, then the captures they named. A
/// pass may end at any moment and be taken again from the beginning or from a place.
/// </summary>
public sealed class RetentionPass(IEnumerable<IRetentionRule> rules, WatchlistStore watchlist, RetentionOptions options, TimeProvider time)
{
    /// <param name="dryRun">Count what would be removed, change nothing.</param>
    /// <param name="from">Where an earlier pass stopped; null is the beginning.</param>
    /// <param name="doneAsync">Told after each part how many of all are done, and where; false ends the pass there.</param>
    /// <returns>What was removed.</returns>
    public async Task<RetentionReport> RunAsync(
        bool dryRun, RetentionPlace? from, Func<int, int, RetentionPlace, Task<bool>> doneAsync, CancellationToken cancellationToken)
    {
        var entries = await watchlist.ListStampsAsync(cancellationToken).ToListAsync(cancellationToken);
        var run = new RetentionRun(time.GetUtcNow(), options, entries, dryRun, new RetentionReport());
        var parts = rules.SelectMany(rule => rule.Parts(run).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(part => (Rule: rule, Part: part))).ToList();
        for (var next = FirstAfter(parts, from); next < parts.Count; next++)
        {
            var (rule, part) = parts[next];
            await rule.ApplyAsync(part, run, cancellationToken);
            if (!await doneAsync(next + 1, parts.Count, new RetentionPlace(from?.CompletedAt, rule.Name, part)))
            {
                break;
            }
        }

        return run.Report;
    }

    /// <summary>Parts of the list may have come or gone since: the first that stands after the place counts.</summary>
    private static int FirstAfter(List<(IRetentionRule Rule, string Part)> parts, RetentionPlace? from)
    {
        var atRule = parts.FindIndex(part => part.Rule.Name == from?.Rule);
        var after = atRule < 0 ? 0 : parts.FindIndex(atRule, part => part.Rule.Name != from!.Rule || string.CompareOrdinal(part.Part, from.Part) > 0);
        return after < 0 ? parts.Count : after;
    }
}
