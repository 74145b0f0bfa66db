using System.Runtime.CompilerServices;
using Monitoring.Storage;

namespace Monitoring.Items;

/// <summary>
/// One article in many sources is one item: the first that is understood, with the others as its sightings. Each source's own row keeps what that source
/// told and its dates, so that changes and removals are seen as for any other item; flag, mentions and alerts are the one item's. Table <c>Sightings</c>:
/// partition = the one item's key, row = the sighting's; query served: all of an item.
/// </summary>
public sealed class Sightings(ITables tables, ItemStore items, ArticleClaims claims)
{
    /// <summary>Items that would be more stay by themselves.</summary>
    public const int Most = 50;

    private readonly IEntityTable _sightings = tables.Open("Sightings");

    /// <summary>
    /// The item under which an item's article is known, itself or another one. An item joins another only before it was first understood, because what was
    /// flagged stays; a source is joined to an item once, because some sources give many items one link.
    /// </summary>
    public async Task<ItemKey> JoinAsync(Item item, CancellationToken cancellationToken)
    {
        if (item.KnownAs is { } known && (known == item.Key || await items.GetAsync(known, cancellationToken) is { IsSighting: false }))
        {
            return known;
        }

        if (item.Link is not { } link || !IsArticle(link))
        {
            return item.Key;
        }

        var holder = await claims.ClaimAsync(link, item.Key, cancellationToken);
        if (holder.SourceId == item.Key.SourceId)
        {
            return item.Key;
        }

        var others = await ListAsync(holder, cancellationToken).Where(other => other != item.Key).ToListAsync(cancellationToken);
        if (others.Count >= Most || others.Exists(other => other.SourceId == item.Key.SourceId))
        {
            return item.Key;
        }

        await _sightings.PutAsync(RowOf(holder, item.Key), cancellationToken);
        return holder;
    }

    /// <summary>Notes that an item's article has another address too, which its page calls the right one: whoever tells of that joins the item. Held already, it stays whose it is.</summary>
    public Task NoteAddressAsync(Item item, Uri page, CancellationToken cancellationToken) =>
        IsArticle(page) ? claims.ClaimAsync(page, item.KnownAs ?? item.Key, cancellationToken) : Task.CompletedTask;

    public async IAsyncEnumerable<ItemKey> ListAsync(ItemKey item, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _sightings.QueryAsync(new RangeQuery(item.ToString()) { Columns = [] }, cancellationToken))
        {
            yield return ItemKey.Parse(row.Key.Row) ?? throw new StoredRowException(row.Key, "RowKey");
        }
    }

    /// <summary>What an item's sources tell.</summary>
    public async Task<Tellings> ReadAsync(Item item, CancellationToken cancellationToken)
    {
        var others = new List<Telling>();

        // Before it was understood once, nothing can have joined it.
        await foreach (var key in item.KnownAs is null ? AsyncEnumerable.Empty<ItemKey>() : ListAsync(item.Key, cancellationToken))
        {
            if (await items.GetAsync(key, cancellationToken) is { } other)
            {
                others.Add(await ReadOneAsync(other, cancellationToken));
            }
        }

        return new Tellings(await ReadOneAsync(item, cancellationToken), others);
    }

    public Task RemoveAsync(ItemKey item, ItemKey sighting, CancellationToken cancellationToken) => _sightings.DeleteAsync(RowOf(item, sighting).Key, etag: null, cancellationToken);

    private async Task<Telling> ReadOneAsync(Item item, CancellationToken cancellationToken) => new(item, await items.GetWholeTextAsync(item, cancellationToken));

    /// <summary>What leads to the front page of a site names no article.</summary>
    private static bool IsArticle(Uri link) =>
        link.Scheme is "http" or "https" && (link.AbsolutePath.Trim('/').Length > 0 || link.Query.Length > 1 || link.Fragment.StartsWith("#!", StringComparison.Ordinal));

    private static Entity RowOf(ItemKey item, ItemKey sighting) => new(item.ToString(), sighting.ToString());
}
