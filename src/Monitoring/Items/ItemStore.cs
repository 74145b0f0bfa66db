using System.Runtime.CompilerServices;
using Monitoring.Storage;

namespace Monitoring.Items;

/// <summary>
/// Items and their texts. Table <c>Items</c>: partition = source, row = item id; queries served: one item, the items of a source. Table
/// <c>ItemTexts</c>: the same keys, the text as the source tells it (a row, not a blob: texts are stored in the same batches as their items). Table
/// <c>ArticleTexts</c>: the same keys, the text of those whose article was read on its page. Table <c>Pending</c>: one partition, row = item key, the items that wait for understanding; queries served: all of a source, all.
/// </summary>
public sealed class ItemStore(ITables tables)
{
    /// <summary>Longer texts are cut: no article has more, and a row may hold 1 MiB.</summary>
    public const int MaxText = 360_000;

    private const string PendingPartition = "pending";

    private readonly IEntityTable _items = tables.Open("Items");
    private readonly IEntityTable _texts = tables.Open("ItemTexts");
    private readonly IEntityTable _articles = tables.Open("ArticleTexts");
    private readonly IEntityTable _pending = tables.Open("Pending");

    /// <summary>Null if it was never met or was removed.</summary>
    public async Task<Item?> GetAsync(ItemKey key, CancellationToken cancellationToken) => (await LookUpAsync(key, cancellationToken)).Item;

    /// <summary>The item, or what is left of a removed one; both null if it was never met.</summary>
    public async Task<(Item? Item, ItemTrace? Removed)> LookUpAsync(ItemKey key, CancellationToken cancellationToken) =>
        await _items.GetAsync(key.Row, columns: null, cancellationToken) switch
        {
            null => (null, null),
            var row when ItemTrace.FromRow(row) is { IsGone: true } trace => (null, trace),
            var row => (Item.FromRow(row), null),
        };

    /// <summary>The items of a source in the order of their ids, without removed ones.</summary>
    /// <param name="after">An item id: only those that stand after it; null is all.</param>
    public IAsyncEnumerable<Item> ListAsync(string sourceId, string? after, CancellationToken cancellationToken) =>
        _items.QueryAsync(new RangeQuery(sourceId) { From = after is null ? null : after + "-" }, cancellationToken)
            .Where(row => !ItemTrace.FromRow(row).IsGone)
            .Select(Item.FromRow);

    /// <summary>Whether nothing was ever stored of a source, removed items included.</summary>
    public async Task<bool> IsEmptyAsync(string sourceId, CancellationToken cancellationToken) =>
        !await _items.QueryAsync(new RangeQuery(sourceId) { Take = 1, Columns = [] }, cancellationToken).AnyAsync(cancellationToken);

    /// <summary>
    /// Notes that a source lists a removed item, and how it now reads: by that retention knows it in what the source's last document held. A lost race is
    /// no harm: the next visit tries again.
    /// </summary>
    public Task MeetAgainAsync(ItemTrace removed, string contentHash, CancellationToken cancellationToken)
    {
        // One that is only marked to be removed is being worked on.
        var isKnown = removed.RemovedAt is null || (removed.UnlistedSince is null && removed.ContentHash == contentHash);
        return isKnown ? Task.CompletedTask : _items.ReplaceAsync((removed with { ContentHash = contentHash, UnlistedSince = null }).ToRow(), cancellationToken);
    }

    /// <summary>The text of the item's present version as its source tells it; empty if it has none.</summary>
    public async Task<string> GetTextAsync(ItemKey key, CancellationToken cancellationToken) =>
        (await _texts.GetAsync(key.Row, columns: null, cancellationToken)).GetLongText();

    /// <summary>Everything that is known of the item's text: its article's, if that was read, and what its source tells.</summary>
    public async Task<string> GetWholeTextAsync(Item item, CancellationToken cancellationToken)
    {
        var told = await GetTextAsync(item.Key, cancellationToken);
        return item.ArticleAt is null ? told : ArticleText.Join(item.Title, told, await GetArticleTextAsync(item.Key, cancellationToken));
    }

    /// <summary>The text of the item's article; empty if it was not read.</summary>
    public async Task<string> GetArticleTextAsync(ItemKey key, CancellationToken cancellationToken) =>
        (await _articles.GetAsync(key.Row, columns: null, cancellationToken)).GetLongText();

    /// <summary>
    /// Stores the text of an item's article: text, then the item, then its pending row. A crash in between leaves a text that no item speaks of, or an item
    /// that nothing has understood: reading the article again mends both.
    /// </summary>
    /// <param name="revise">What the article makes of the item.</param>
    /// <returns>False if the item is gone.</returns>
    public async Task<bool> PutArticleAsync(ItemKey key, string text, Func<Item, Item> revise, CancellationToken cancellationToken)
    {
        await _articles.PutAsync(TextRow(key, text), cancellationToken);
        if (await ReviseAsync(key, revise, cancellationToken))
        {
            return true;
        }

        await _articles.DeleteAsync(key.Row, etag: null, cancellationToken);
        return false;
    }

    /// <summary>Changes what is known of an item beside what its source tells, and lets it be understood again. A lost race is tried again on what won.</summary>
    /// <returns>False if the item is gone.</returns>
    public async Task<bool> ReviseAsync(ItemKey key, Func<Item, Item> revise, CancellationToken cancellationToken)
    {
        while (await GetAsync(key, cancellationToken) is { } item)
        {
            if (await _items.ReplaceAsync((revise(item) with { UnderstoodBy = null }).ToRow(), cancellationToken) is SaveResult.Saved)
            {
                await AddPendingAsync([key], cancellationToken);
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Stores new items of one source: texts, then items, then their pending rows. A crash in between leaves items that the next visit finds without
    /// their pending row, because nothing else has understood them (<see cref="Intake"/>).
    /// </summary>
    public async Task AddAsync(IReadOnlyList<(Item Item, string Text)> items, CancellationToken cancellationToken)
    {
        foreach (var chunk in EntityTableBatches.Chunks(_texts.Name, items.Select(pair => TableOperation.Put(TextRow(pair.Item.Key, pair.Text)))))
        {
            await _texts.BatchAsync(chunk, cancellationToken);
        }

        await _items.AddMissingAsync([.. items.Select(pair => pair.Item.ToRow())], cancellationToken);
        await AddPendingAsync([.. items.Select(pair => pair.Item.Key)], cancellationToken);
    }

    /// <summary>Stores a new version of an item that is stored already. <see cref="SaveResult.ChangedMeanwhile"/>: another visit was faster.</summary>
    public async Task<SaveResult> ReplaceAsync(Item item, string text, CancellationToken cancellationToken)
    {
        await _texts.PutAsync(TextRow(item.Key, text), cancellationToken);
        var saved = await _items.ReplaceAsync(item.ToRow(), cancellationToken);
        await AddPendingAsync([item.Key], cancellationToken);
        return saved;
    }

    /// <summary>Notes which rules understood this version, and under which item its article is known. If the item changed meanwhile it stays pending.</summary>
    public Task<SaveResult> MarkUnderstoodAsync(Item item, string understoodBy, ItemKey knownAs, CancellationToken cancellationToken) =>
        _items.MergeAsync(new Entity(item.Key.Row) { ETag = item.ETag }.Set("UnderstoodBy", understoodBy).Set("KnownAs", knownAs.ToString()), cancellationToken);

    /// <summary>Asks for an item that is known as itself to be understood again, also if somebody is about to end that just now.</summary>
    /// <returns>False if it is gone.</returns>
    public Task<bool> ReopenAsync(ItemKey key, CancellationToken cancellationToken) => ReviseAsync(key, item => item with { KnownAs = key }, cancellationToken);

    public async Task AddPendingAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellationToken)
    {
        foreach (var chunk in keys.Distinct().Chunk(StorageLimits.BatchOperations))
        {
            await _pending.BatchAsync([.. chunk.Select(key => TableOperation.Put(new Entity(PendingPartition, key.ToString())))], cancellationToken);
        }
    }

    /// <summary>What marks this version as pending: another version that is stored later has another mark. Null if the item does not wait.</summary>
    public async Task<string?> GetPendingMarkAsync(ItemKey key, CancellationToken cancellationToken) =>
        (await _pending.GetAsync(new EntityKey(PendingPartition, key.ToString()), columns: [], cancellationToken))?.ETag;

    /// <summary>Ends the waiting of the version that has this mark; one that came later goes on waiting.</summary>
    public Task RemovePendingAsync(ItemKey key, string mark, CancellationToken cancellationToken) =>
        _pending.DeleteAsync(new EntityKey(PendingPartition, key.ToString()), mark, cancellationToken);

    /// <summary>The items that wait for understanding, of one source or of all.</summary>
    public async IAsyncEnumerable<ItemKey> ListPendingAsync(string? sourceId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = sourceId is null ? new RangeQuery(PendingPartition) : RangeQuery.StartingWith(PendingPartition, sourceId + ".");
        await foreach (var row in _pending.QueryAsync(query, cancellationToken))
        {
            if (ItemKey.Parse(row.Key.Row) is { } key)
            {
                yield return key;
            }
        }
    }

    private static Entity TextRow(ItemKey key, string text) => new Entity(key.Row).SetLongText(text);
}
