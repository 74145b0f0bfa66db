using Monitoring.Items.Stories;

namespace Monitoring.Retention.Rules;

/// <summary>What finds copies of items, once nothing new can be a copy of them. The stories stay as long as their items.</summary>
public sealed class StoryRule(StoryWindow window) : IRetentionRule
{
    public string Name => "stories";

    public IEnumerable<string> Parts(RetentionRun run) => ["all"];

    public async Task ApplyAsync(string part, RetentionRun run, CancellationToken cancellationToken) =>
        run.Report.Add(RemovedKind.StoryBands, await window.RemoveExpiredAsync(run.Now, run.DryRun, cancellationToken));
}
