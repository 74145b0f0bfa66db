using System.Runtime.CompilerServices;
using Monitoring.Storage;

namespace Monitoring.Items;

/// <summary>What an item said before its source changed it.</summary>
/// <param name="At">When this text was first met.</param>
/// <param name="Until">When the next one was.</param>
/// <param name="CaptureId">The capture it was read from.</param>
public sealed record ItemVersion(DateTimeOffset At, DateTimeOffset Until, string Title, string Text, string? CaptureId);

/// <summary>
/// Earlier versions of items: what an outlet changed or took back is evidence. Table <c>ItemVersions</c>: partition = item key, row = when it was first
/// met; query served: all of an item. At most 50 are kept, the first and the last ones: some pages change with every visit.
/// </summary>
public sealed class ItemVersions(ITables tables)
{
    public const int Most = 50;

    private readonly IEntityTable _versions = tables.Open("ItemVersions");

    /// <summary>Oldest first.</summary>
    public async IAsyncEnumerable<ItemVersion> ListAsync(ItemKey item, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _versions.QueryAsync(new RangeQuery(item.ToString()), cancellationToken))
        {
            yield return new ItemVersion(row.NeedTime("At"), row.NeedTime("Until"), row.NeedText("Title"), row.GetLongText(), row.GetText("CaptureId"));
        }
    }

    /// <summary>Keeps the present version of an item that is about to be replaced. What was kept before stays as it was: a run that died may have stored the new text already.</summary>
    public async Task KeepAsync(Item item, string text, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var row = new Entity(item.Key.ToString(), Keys.Time(item.ContentSeen))
            .Set("At", item.ContentSeen)
            .Set("Until", until)
            .Set("Title", item.Title)
            .Set("CaptureId", item.CaptureId)
            .SetLongText(text);
        if (await _versions.AddAsync(row, cancellationToken) is AddResult.Added && item.EarlierCaptures.Count >= Most - 1)
        {
            var kept = await KeysAsync(item.Key, cancellationToken);
            await _versions.ApplyEachAsync(kept.Skip(1).Take(kept.Count - Most).Select(TableOperation.Delete), cancellationToken);
        }
    }

    public async Task RemoveAsync(ItemKey item, CancellationToken cancellationToken) =>
        await _versions.ApplyEachAsync((await KeysAsync(item, cancellationToken)).Select(TableOperation.Delete), cancellationToken);

    /// <summary>Rewrites what the versions say, in texts of the same length.</summary>
    public async Task RewriteAsync(ItemKey item, Func<string, string> rewrite, CancellationToken cancellationToken)
    {
        await foreach (var row in _versions.QueryAsync(new RangeQuery(item.ToString()), cancellationToken))
        {
            row.Set("Title", rewrite(row.NeedText("Title"))).RewriteLongText(rewrite);
            await _versions.ReplaceAsync(row, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<EntityKey>> KeysAsync(ItemKey item, CancellationToken cancellationToken) =>
        await _versions.QueryAsync(new RangeQuery(item.ToString()) { Columns = [] }, cancellationToken).Select(row => row.Key).ToListAsync(cancellationToken);
}
