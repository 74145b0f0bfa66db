using Monitoring.Availability;
using Monitoring.Feeds;
using Monitoring.Fetching;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Retention.Rules;

/// <summary>States of sources and sites that left the watch list long ago, and the gates of hosts that nobody visits.</summary>
public sealed class RetiredRule(SourceStateStore sources, SiteStateStore sites, HostGate hosts) : IRetentionRule
{
    public string Name => "retired";

    public IEnumerable<string> Parts(RetentionRun run) => ["all"];

    public async Task ApplyAsync(string part, RetentionRun run, CancellationToken cancellationToken)
    {
        if (run.Before(run.Options.Retired) is not { } before)
        {
            return;
        }

        foreach (var entry in run.Entries.Where(entry => entry.RetiredAt <= before))
        {
            run.Report.Add(RemovedKind.RetiredStates, await RemoveAsync(entry, run.DryRun, cancellationToken) ? 1 : 0);
        }

        run.Report.Add(RemovedKind.IdleHosts, await hosts.RemoveIdleAsync(before, run.DryRun, cancellationToken));
    }

    private async Task<bool> RemoveAsync(EntryStamp entry, bool dryRun, CancellationToken cancellationToken)
    {
        switch (entry.Kind)
        {
            case EntryKind.Feed or EntryKind.Page:
                return await sources.GetAsync(entry.Kind, entry.Id, cancellationToken) is { } source && (dryRun || await sources.RemoveAsync(source, cancellationToken) is SaveResult.Saved);
            case EntryKind.Site:
                return await sites.GetAsync(entry.Id, cancellationToken) is { } site && (dryRun || await sites.RemoveAsync(site, cancellationToken) is SaveResult.Saved);
            default:
                return false;
        }
    }
}
