using Monitoring.Storage;

namespace Monitoring.Items;

/// <summary>
/// Under which item an article is known: the first that was understood of those that lead to one page. Table <c>ArticleClaims</c>: row = hash of the
/// canonical link, partition = its first two digits; query served: one link. Holds no address, because addresses often spell names.
/// </summary>
public sealed class ArticleClaims(ITables tables, ItemStore items)
{
    private readonly IEntityTable _claims = tables.Open("ArticleClaims");

    /// <summary>The item that holds the page: the given one, if no other does that is still there.</summary>
    public async Task<ItemKey> ClaimAsync(Uri link, ItemKey claimant, CancellationToken cancellationToken)
    {
        var mine = new Entity(KeyOf(link)).Set("Item", claimant.ToString());
        while (await _claims.AddAsync(mine, cancellationToken) is AddResult.AlreadyThere)
        {
            if (await _claims.GetAsync(mine.Key, columns: null, cancellationToken) is not { } held)
            {
                continue;
            }

            var holder = HolderOf(held);
            if (holder == claimant || await items.GetAsync(holder, cancellationToken) is { IsSighting: false })
            {
                return holder;
            }

            mine.ETag = held.ETag;
            if (await _claims.ReplaceAsync(mine, cancellationToken) is SaveResult.Saved)
            {
                break;
            }
        }

        return claimant;
    }

    /// <summary>Gives the page free, if this item holds it.</summary>
    public async Task ReleaseAsync(Uri link, ItemKey holder, CancellationToken cancellationToken)
    {
        if (await _claims.GetAsync(KeyOf(link), columns: null, cancellationToken) is { } held && HolderOf(held) == holder)
        {
            await _claims.DeleteAsync(held.Key, held.ETag, cancellationToken);
        }
    }

    private static ItemKey HolderOf(Entity row) => ItemKey.Parse(row.NeedText("Item")) ?? throw new StoredRowException(row.Key, "Item");

    private static EntityKey KeyOf(Uri link)
    {
        var hash = Keys.Hash("article", CanonicalLink.Of(link));
        return new EntityKey(hash[..2], hash);
    }
}
