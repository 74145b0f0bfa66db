using System.Runtime.CompilerServices;
using Monitoring.Items.Stories;
using Monitoring.Storage;

namespace Monitoring.Items;

/// <summary>The steps by which items of one source leave the tables of <see cref="ItemStore"/>. Every step is conditional on the row as it was read, and may be taken again.</summary>
public sealed class ItemRemoval(ITables tables, ItemVersions versions, ArticleClaims claims, Sightings sightings, StoryFiling stories, StoryStore filed)
{
    private readonly IEntityTable _items = tables.Open("Items");
    private readonly IEntityTable _texts = tables.Open("ItemTexts");
    private readonly IEntityTable _articleTexts = tables.Open("ArticleTexts");
    private readonly IEntityTable _articles = tables.Open("Articles");

    /// <summary>All items of a source, removed ones too, in the order of their ids.</summary>
    public async IAsyncEnumerable<ItemTrace> ListAsync(string sourceId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _items.QueryAsync(new RangeQuery(sourceId) { Columns = ItemTrace.Columns }, cancellationToken))
        {
            yield return ItemTrace.FromRow(row);
        }
    }

    /// <summary>Hides items from every reader; nothing of them is lost yet. Items that changed since they were read stay.</summary>
    /// <returns>The marked ones, those that a dead run had marked among them.</returns>
    public Task<IReadOnlyList<ItemTrace>> MarkAsync(IReadOnlyList<ItemTrace> items, CancellationToken cancellationToken) => MarkAsync(items, isGoing: true, cancellationToken);

    /// <summary>Takes a mark back.</summary>
    /// <returns>The items that are visible again.</returns>
    public Task<IReadOnlyList<ItemTrace>> UnmarkAsync(IReadOnlyList<ItemTrace> items, CancellationToken cancellationToken) => MarkAsync(items, isGoing: false, cancellationToken);

    /// <summary>Ends the removal of marked items: what hangs on single ones, states of articles, texts, then the items' rows, of which the trace stays.</summary>
    /// <returns>How many are removed.</returns>
    public async Task<int> BuryAsync(IReadOnlyList<ItemTrace> marked, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var item in marked)
        {
            await (item.HasVersions ? versions.RemoveAsync(item.Key, cancellationToken) : Task.CompletedTask);
            await (item switch
            {
                { SightingOf: { } other } => sightings.RemoveAsync(other, item.Key, cancellationToken),
                { Link: { } link } => claims.ReleaseAsync(link, item.Key, cancellationToken),
                _ => Task.CompletedTask,
            });
        }

        foreach (var item in marked.Count == 0 ? [] : await filed.PresentAsync([.. marked.Select(item => item.Key)], cancellationToken))
        {
            await stories.RemoveAsync(item, cancellationToken);
        }

        await RemovePresentAsync(_articles, marked, cancellationToken);
        await RemovePresentAsync(_articleTexts, marked, cancellationToken);
        await _texts.ApplyEachAsync(marked.Select(item => TableOperation.Delete(item.Key.Row)), cancellationToken);
        var traces = marked.Select(item => TableOperation.Replace((item with { RemovedAt = now, UnlistedSince = null }).ToRow()));
        return (await _items.ApplyEachAsync(traces, cancellationToken)).Count(isSaved => isSaved);
    }

    /// <summary>Saves what is known of removed items.</summary>
    public Task SaveAsync(IReadOnlyList<ItemTrace> removed, CancellationToken cancellationToken) =>
        _items.ApplyEachAsync(removed.Select(item => TableOperation.Replace(item.ToRow())), cancellationToken);

    /// <summary>Forgets removed items wholly: met again they would be new.</summary>
    /// <returns>How many are forgotten; those that were met again since they were read are not.</returns>
    public async Task<int> DropAsync(IReadOnlyList<ItemTrace> removed, CancellationToken cancellationToken) =>
        (await _items.ApplyEachAsync(removed.Select(item => TableOperation.Delete(item.Key.Row, item.ETag)), cancellationToken)).Count(isGone => isGone);

    /// <summary>Rewrites what an item says and said, in texts of the same length, so that the places of its findings stay right. One that changed meanwhile is left for the next time.</summary>
    public async Task RewriteAsync(ItemTrace item, Func<string, string> rewrite, CancellationToken cancellationToken)
    {
        await versions.RewriteAsync(item.Key, rewrite, cancellationToken);
        await _texts.RewriteLongTextAsync(item.Key.Row, rewrite, cancellationToken);
        await _articleTexts.RewriteLongTextAsync(item.Key.Row, rewrite, cancellationToken);
        if (await _items.GetAsync(item.Key.Row, columns: null, cancellationToken) is { } row)
        {
            row.Set("Title", rewrite(row.GetText("Title") ?? "")).Set("Summary", rewrite(row.GetText("Summary") ?? ""));
            var link = row.GetText("Link");
            await _items.ReplaceAsync(row.Set("Link", link is null || rewrite(link) != link ? null : link), cancellationToken);
        }
    }

    /// <summary>Of tables in which few items have a row.</summary>
    private static async Task RemovePresentAsync(IEntityTable table, IReadOnlyList<ItemTrace> items, CancellationToken cancellationToken)
    {
        var ids = items.Select(item => item.Key.ItemId).Order(StringComparer.Ordinal).ToList();
        if (ids.Count == 0)
        {
            return;
        }

        var wanted = ids.ToHashSet(StringComparer.Ordinal);
        var range = new RangeQuery(items[0].Key.SourceId) { From = ids[0], Before = ids[^1] + "-", Columns = [] };
        var present = await table.QueryAsync(range, cancellationToken).Where(row => wanted.Contains(row.Key.Row)).Select(row => row.Key).ToListAsync(cancellationToken);
        await table.ApplyEachAsync(present.Select(TableOperation.Delete), cancellationToken);
    }

    private async Task<IReadOnlyList<ItemTrace>> MarkAsync(IReadOnlyList<ItemTrace> items, bool isGoing, CancellationToken cancellationToken)
    {
        var already = items.Where(item => item.IsGoing == isGoing);
        var others = items.Where(item => item.IsGoing != isGoing).ToList();
        var rows = others.Select(item => new Entity(item.Key.Row) { ETag = item.ETag }.Set("IsGoing", isGoing)).ToList();
        var applied = await _items.ApplyEachAsync(rows.Select(TableOperation.Merge), cancellationToken);
        return [.. already, .. others.Zip(rows, (item, row) => item with { IsGoing = isGoing, ETag = row.ETag }).Where((_, i) => applied[i])];
    }
}
