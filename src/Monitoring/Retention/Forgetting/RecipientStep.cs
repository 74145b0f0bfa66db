using Monitoring.Alerts.Delivery;
using Monitoring.Storage;

namespace Monitoring.Retention.Forgetting;

/// <summary>
/// What is kept by a recipient's id. That mails were sent stays a fact under the pseudonym; what they said, what the next digest would say and what was
/// told goes. A mail that still waits is given up.
/// </summary>
public sealed class RecipientStep(ITables tables, IBlobStore blobs) : IForgetStep
{
    public async Task TakeAsync(ForgetRun run, CancellationToken cancellationToken)
    {
        if (!run.IsRecipient)
        {
            return;
        }

        var id = run.Erasure.Id;
        await DeleteAsync("MailsPending", RangeQuery.StartingWith("pending", id + "."), _ => true, "mails waiting", run, cancellationToken);
        await RenameMailsAsync(run, cancellationToken);
        await DeleteAsync("MailList", new RangeQuery("all"), row => row.Split('.') is [_, var recipient, _] && recipient == id, "places in the list of mails", run, cancellationToken);
        await DeleteAsync("DigestQueue", new RangeQuery(id), _ => true, "records of the next digest", run, cancellationToken);
        await DeleteAsync("DigestTold", new RangeQuery(id), _ => true, "records of told alerts", run, cancellationToken);
        await DeleteAsync("DigestStates", new RangeQuery("recipient") { From = id, Before = id + "-" }, _ => true, "states of digests", run, cancellationToken);
        await DeleteAsync("RecipientStates", new RangeQuery("recipient") { From = id, Before = id + "-" }, _ => true, "states of the recipient", run, cancellationToken);
        await DeleteAsync("MailLanes", new RangeQuery("lane") { From = id, Before = id + "-" }, _ => true, "states of the recipient", run, cancellationToken);
        await DeleteAsync("Mutes", new RangeQuery(id), _ => true, "mutes", run, cancellationToken);
        await DeleteAsync("MailsUnreviewed", new RangeQuery("mailed"), row => row.EndsWith("~" + id, StringComparison.Ordinal), "mails waiting for review", run, cancellationToken);
        await DeleteToldAsync(run, cancellationToken);
        foreach (var folder in (string[])["mails", "digests"])
        {
            await foreach (var blob in blobs.ListAsync($"{folder}/{id}/", cancellationToken))
            {
                run.Count($"{folder} to the recipient");
                await (run.Apply ? blobs.DeleteAsync(blob.Name, cancellationToken) : Task.CompletedTask);
            }
        }
    }

    /// <summary>What the recipient was told stands by matter, and the recipient's tokens by token: all of them are looked through.</summary>
    private async Task DeleteToldAsync(ForgetRun run, CancellationToken cancellationToken)
    {
        var id = run.Erasure.Id;
        await DeleteWhereAsync("Told", row => row.Key.Row.StartsWith(id + ".", StringComparison.Ordinal), "records of told alerts", run, cancellationToken);
        await DeleteWhereAsync("RecipientStates", row => row.GetText("Recipient") == id, "states of the recipient", run, cancellationToken);
    }

    private async Task DeleteWhereAsync(string table, Func<Entity, bool> isOwn, string what, ForgetRun run, CancellationToken cancellationToken)
    {
        await foreach (var row in tables.Open(table).EnumerateAllAsync(cancellationToken).Where(isOwn))
        {
            run.Count(what);
            await (run.Apply ? tables.Open(table).DeleteAsync(row.Key, row.ETag, cancellationToken) : Task.CompletedTask);
        }
    }

    /// <summary>First the row under the pseudonym, then the old one goes: a crash in between repeats the first with the same key.</summary>
    private async Task RenameMailsAsync(ForgetRun run, CancellationToken cancellationToken)
    {
        var mails = tables.Open("Mails");
        await foreach (var row in mails.QueryAsync(new RangeQuery(run.Erasure.Id), cancellationToken))
        {
            run.Count("mails under a pseudonym");
            run.NoteMail(row.Key.Row);
            if (run.Apply)
            {
                var isOver = row.GetText("State") is not (nameof(MailState.Pending) or nameof(MailState.Sending));
                var renamed = new Entity(run.Erasure.Pseudonym, row.Key.Row).Overlay(row).Set("Subject", "");
                await mails.PutAsync(isOver ? renamed : renamed.Set("State", nameof(MailState.Failed)).Set("Reason", "the recipient asked to be forgotten"), cancellationToken);
                await mails.DeleteAsync(row.Key, etag: null, cancellationToken);
            }
        }
    }

    private async Task DeleteAsync(string table, RangeQuery range, Func<string, bool> isOwn, string what, ForgetRun run, CancellationToken cancellationToken)
    {
        var rows = tables.Open(table).QueryAsync(range with { Columns = [] }, cancellationToken).Where(row => isOwn(row.Key.Row));
        await foreach (var chunk in rows.Chunk(StorageLimits.BatchOperations).WithCancellation(cancellationToken))
        {
            run.Count(what, chunk.Length);
            await (run.Apply ? tables.Open(table).ApplyEachAsync(chunk.Select(row => TableOperation.Delete(row.Key)), cancellationToken) : Task.CompletedTask);
        }
    }
}
