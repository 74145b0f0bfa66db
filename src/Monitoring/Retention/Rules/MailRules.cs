using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Digests;
using Monitoring.Watchlist;

namespace Monitoring.Retention.Rules;

/// <summary>What mails said, and that nobody reviewed them. The mails' rows stay, so that nothing is told twice; one that still waits to be sent is not touched.</summary>
public sealed class MailRule(Outbox outbox, UnreviewedMails unreviewed) : IRetentionRule
{
    public string Name => "mails";

    public IEnumerable<string> Parts(RetentionRun run) => ["all"];

    public async Task ApplyAsync(string part, RetentionRun run, CancellationToken cancellationToken)
    {
        if (run.Before(run.Options.Mails) is not { } before)
        {
            return;
        }

        await foreach (var mail in outbox.ListOverAsync(before, cancellationToken))
        {
            var bytes = run.DryRun ? await outbox.GetContentLengthAsync(mail, cancellationToken) : await outbox.EmptyAsync(mail, cancellationToken);
            run.Report.Add(RemovedKind.Mails, 1, bytes);
        }

        await (run.DryRun ? Task.CompletedTask : unreviewed.RemoveOlderAsync(before, cancellationToken));
    }
}

/// <summary>The plans of digests, by recipient: drafts of mails that went out long ago.</summary>
public sealed class DigestRule(DigestStore digests) : IRetentionRule
{
    public string Name => "digests";

    public IEnumerable<string> Parts(RetentionRun run) => run.Ids(EntryKind.Recipient);

    public async Task ApplyAsync(string part, RetentionRun run, CancellationToken cancellationToken)
    {
        if (run.Before(run.Options.Mails) is not { } before)
        {
            return;
        }

        await foreach (var plan in digests.ListPlansAsync(part, DateOnly.FromDateTime(before.UtcDateTime), cancellationToken))
        {
            if (run.DryRun || await digests.RemovePlanAsync(plan, cancellationToken))
            {
                run.Report.Add(RemovedKind.Digests, 1, plan.Length);
            }
        }
    }
}
