using System.Text.Json.Nodes;
using Monitoring.Items;
using Monitoring.Storage;

namespace Monitoring.Retention.Forgetting;

/// <summary>Records of the next digests about items whose flag went with the person: they are not told any more. The others are renamed with all rows.</summary>
public sealed class DigestQueueStep(ITables tables, FlagStore flags) : IForgetStep
{
    private readonly IEntityTable _queue = tables.Open("DigestQueue");

    public async Task TakeAsync(ForgetRun run, CancellationToken cancellationToken)
    {
        await foreach (var row in _queue.EnumerateAllAsync(cancellationToken))
        {
            var record = row.NeedText("Record");
            if (run.Erasure.Column("Record", record) is not null && ItemOf(record) is { } item && await flags.GetAsync(item, cancellationToken) is null)
            {
                run.Count("records of the next digest");
                await (run.Apply ? _queue.DeleteAsync(row.Key, row.ETag, cancellationToken) : Task.CompletedTask);
            }
        }
    }

    private static ItemKey? ItemOf(string record) =>
        JsonNode.Parse(record)?["Key"]?.GetValue<string>() is { } key && key.StartsWith("item.", StringComparison.Ordinal) ? ItemKey.Parse(key["item.".Length..].Split('~')[0]) : null;
}
