using Monitoring.Storage;

namespace Monitoring.Retention.Forgetting;

/// <summary>Rows whose columns may name the person, whoever wrote them there: the audit log, digests to come, subjects of mails, states. Keys of a recipient's own rows are another matter (<see cref="RecipientStep"/>).</summary>
public sealed class RowStep(ITables tables) : IForgetStep
{
    private static readonly string[] Tables = ["DigestQueue", "Mails", "Audit", "Articles", "Sources", "Jobs", "Episodes", "SiteStates", "Canaries", "Neighbourhoods", "StoryItems", "Stories", "Told", "MailsUnreviewed"];

    public async Task TakeAsync(ForgetRun run, CancellationToken cancellationToken)
    {
        foreach (var name in Tables)
        {
            var table = tables.Open(name);
            await foreach (var row in table.EnumerateAllAsync(cancellationToken))
            {
                if (IsChanged(row, run.Erasure))
                {
                    run.Count(name == "Mails" ? "subjects of mails" : $"rows of {name}");
                    await (run.Apply ? ReplaceAsync(table, row, run.Erasure, cancellationToken) : Task.CompletedTask);
                }
            }
        }
    }

    private static bool IsChanged(Entity row, Erasure erasure) => row.Columns.Any(column => column.Value is string text && erasure.Column(column.Key, text) is not null);

    /// <summary>A row that somebody changed meanwhile is read again.</summary>
    private static async Task ReplaceAsync(IEntityTable table, Entity row, Erasure erasure, CancellationToken cancellationToken)
    {
        for (var present = row; present is not null; present = await table.GetAsync(row.Key, columns: null, cancellationToken))
        {
            foreach (var (column, value) in present.Columns.Where(column => column.Value is string).ToList())
            {
                if (erasure.Column(column, (string)value) is { } without)
                {
                    present.Set(column, without);
                }
            }

            if (await table.ReplaceAsync(present, cancellationToken) is SaveResult.Saved)
            {
                return;
            }
        }
    }
}
