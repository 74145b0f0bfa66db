using System.Net;
using System.Text.Json;
using Monitoring.Alerts.Delivery;
using Monitoring.Digests;
using Monitoring.Storage;

namespace Monitoring.Retention.Forgetting;

/// <summary>What mails and drafts of digests say. The content of an alert that names the person goes, so that one still waiting is not sent; a digest concerns others too and is renamed. The mails' keys stay.</summary>
public sealed class MailStep(IBlobStore blobs, Outbox outbox) : IForgetStep
{
    public async Task TakeAsync(ForgetRun run, CancellationToken cancellationToken)
    {
        await foreach (var blob in blobs.ListAsync("mails/", cancellationToken))
        {
            if (IsOwn(blob, run) || await ReadAsync<MailContent>(blob.Name, cancellationToken) is not { } content || !run.Erasure.IsIn(Whole(content)))
            {
                continue;
            }

            run.Count("contents of mails");
            run.NoteMail(Path.GetFileNameWithoutExtension(blob.Name));
            await (run.Apply ? ReplaceAsync(blob, content, run.Erasure, cancellationToken) : Task.CompletedTask);
        }

        await foreach (var blob in blobs.ListAsync("digests/", cancellationToken))
        {
            if (!IsOwn(blob, run) && await ReadAsync<DigestPlan>(blob.Name, cancellationToken) is { } plan && run.Erasure.IsIn($"{plan.Subject}\n{Whole(plan.Content)}"))
            {
                run.Count("drafts of digests");
                await (run.Apply ? ReplaceAsync(blob, plan with { Subject = run.Erasure.Rename(plan.Subject), Content = Renamed(plan.Content, run.Erasure) }, cancellationToken) : Task.CompletedTask);
            }
        }
    }

    /// <summary>What went to the person goes as a whole.</summary>
    private static bool IsOwn(BlobProperties blob, ForgetRun run) => run.IsRecipient && blob.Name.Split('/')[1] == run.Erasure.Id;

    private static string Whole(MailContent content) => $"{content.Text}\n{WebUtility.HtmlDecode(content.Html)}";

    /// <summary>The HTML is made anew from the text: a name may be cut by tags there.</summary>
    private static MailContent Renamed(MailContent content, Erasure erasure)
    {
        var text = erasure.Rename(content.Text);
        return content with { Text = text, Html = $"<!doctype html><html><body><pre>{WebUtility.HtmlEncode(text)}</pre></body></html>" };
    }

    private async Task<T?> ReadAsync<T>(string name, CancellationToken cancellationToken) where T : class
    {
        await using var stored = await blobs.OpenAsync(name, cancellationToken);
        return stored is null ? null : await JsonSerializer.DeserializeAsync<T>(stored, cancellationToken: cancellationToken);
    }

    private async Task ReplaceAsync(BlobProperties blob, MailContent content, Erasure erasure, CancellationToken cancellationToken)
    {
        var isDigest = blob.Name.Split('/', '.') is [_, var recipientId, var mailId, ..] && await outbox.GetAsync(recipientId, mailId, cancellationToken) is { Kind: MailKind.Digest };
        if (isDigest)
        {
            await ReplaceAsync(blob, Renamed(content, erasure), cancellationToken);
        }
        else
        {
            await blobs.DeleteAsync(blob.Name, cancellationToken);
        }
    }

    private async Task ReplaceAsync<T>(BlobProperties blob, T content, CancellationToken cancellationToken)
    {
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(content));
        await blobs.PutAsync(blob.Name, json, BlobCondition.IfMatch(blob.ETag), cancellationToken);
    }
}
