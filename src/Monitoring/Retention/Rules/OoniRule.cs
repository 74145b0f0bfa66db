using Monitoring.Availability.Ooni;
using Monitoring.Watchlist;

namespace Monitoring.Retention.Rules;

/// <summary>What OONI's measurements came to, by site.</summary>
public sealed class OoniRule(OoniStore opinions) : IRetentionRule
{
    public string Name => "ooni";

    public IEnumerable<string> Parts(RetentionRun run) => run.Ids(EntryKind.Site);

    public async Task ApplyAsync(string part, RetentionRun run, CancellationToken cancellationToken)
    {
        if (run.Before(run.Options.Ooni) is { } before)
        {
            run.Report.Add(RemovedKind.OoniOpinions, await opinions.RemoveAsync(part, before, run.DryRun, cancellationToken));
        }
    }
}
