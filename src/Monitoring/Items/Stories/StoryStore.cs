using Monitoring.Storage;

namespace Monitoring.Items.Stories;

/// <summary>
/// Which item is of which story. Table <c>StoryItems</c>: partition = source, row = item; query served: one item. It decides; the lists follow it. Table
/// <c>Stories</c>: partition = the story an item was put into, rows = its items and, once it was merged, one that points on; query served: a story.
/// Merging writes two such rows and moves nothing, so that taking it back brings every item to where it was.
/// </summary>
public sealed class StoryStore(ITables tables)
{
    private const string Head = "story";
    private const int MostMerged = 100;

    private readonly IEntityTable _items = tables.Open("StoryItems");
    private readonly IEntityTable _stories = tables.Open("Stories");

    /// <summary>The story of an item; null if it is of none.</summary>
    public async Task<Story?> OfItemAsync(ItemKey item, CancellationToken cancellationToken) =>
        await GetItemAsync(item, cancellationToken) is { } filed ? await ReadAsync(filed.Member.Home, cancellationToken) : null;

    /// <summary>A story with all that was merged into it; of a merged one the story it was merged into. Without members if there is none.</summary>
    public async Task<Story> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var (seen, part) = (new HashSet<string>(StringComparer.Ordinal), await ReadPartAsync(id, cancellationToken));
        while (part.MovedTo is { } next && seen.Add(part.Id) && seen.Count <= MostMerged)
        {
            part = await ReadPartAsync(next, cancellationToken);
        }

        var (members, merged, waiting) = (part.Members.ToList(), new List<string>(), new Queue<(string Into, string Id)>(part.Merged.Select(other => (part.Id, other))));
        while (waiting.TryDequeue(out var next) && merged.Count < MostMerged)
        {
            // What says it was merged decides: the list may hold one whose merging was begun or taken back.
            var other = await ReadPartAsync(next.Id, cancellationToken);
            if (other.MovedTo == next.Into && next.Id != part.Id && !merged.Contains(next.Id))
            {
                merged.Add(next.Id);
                members.AddRange(other.Members);
                other.Merged.ToList().ForEach(inner => waiting.Enqueue((other.Id, inner)));
            }
        }

        return new Story(part.Id, members, merged);
    }

    /// <summary>Lets a story point on to another: first that one knows of it, then it does; a crash in between leaves two stories.</summary>
    /// <returns>False if somebody else changed one of them meanwhile.</returns>
    public async Task<bool> MergeAsync(string id, string into, CancellationToken cancellationToken) =>
        await ReviseHeadAsync(into, row => row.Set("Merged", StoryRows.Join([.. StoryRows.Split(row, "Merged").Append(id).Distinct(StringComparer.Ordinal)])), cancellationToken)
        && await ReviseHeadAsync(id, row => row.Set("MovedTo", into), cancellationToken);

    /// <summary>Takes a merging back.</summary>
    /// <returns>The story it was merged into; null if it was not, or somebody else changed it meanwhile.</returns>
    public async Task<string?> UnmergeAsync(string id, CancellationToken cancellationToken)
    {
        if ((await ReadPartAsync(id, cancellationToken)).MovedTo is not { } into || !await ReviseHeadAsync(id, row => row.Set("MovedTo", (string?)null), cancellationToken))
        {
            return null;
        }

        await ReviseHeadAsync(into, row => row.Set("Merged", StoryRows.Join([.. StoryRows.Split(row, "Merged").Where(other => other != id)])), cancellationToken);
        return into;
    }

    internal async Task<FiledItem?> GetItemAsync(ItemKey item, CancellationToken cancellationToken) =>
        await _items.GetAsync(item.Row, columns: null, cancellationToken) is { } row ? StoryRows.FiledFromRow(row) : null;

    /// <summary>Saves under the condition of <see cref="FiledItem.ETag"/>.</summary>
    /// <returns>What is stored now; null if somebody else was faster.</returns>
    internal async Task<FiledItem?> SaveItemAsync(FiledItem filed, CancellationToken cancellationToken)
    {
        var row = StoryRows.ToRow(filed);
        var isSaved = filed.ETag is null
            ? await _items.AddAsync(row, cancellationToken) is AddResult.Added
            : await _items.ReplaceAsync(row, cancellationToken) is SaveResult.Saved;
        return isSaved ? filed with { ETag = row.ETag } : null;
    }

    internal Task RemoveItemAsync(ItemKey item, CancellationToken cancellationToken) => _items.DeleteAsync(item.Row, etag: null, cancellationToken);

    internal Task PutMemberAsync(StoryMember member, CancellationToken cancellationToken) => _stories.PutAsync(StoryRows.ToRow(member.Home, member), cancellationToken);

    internal Task RemoveMemberAsync(string story, ItemKey item, CancellationToken cancellationToken) =>
        _stories.DeleteAsync(new EntityKey(story, StoryRows.MemberRow(item)), etag: null, cancellationToken);

    /// <summary>Those of one source's items that are of a story.</summary>
    internal async Task<IReadOnlyList<ItemKey>> PresentAsync(IReadOnlyList<ItemKey> ofSource, CancellationToken cancellationToken)
    {
        var (wanted, ids) = (ofSource.ToHashSet(), ofSource.Select(item => item.ItemId).Order(StringComparer.Ordinal).ToList());
        var range = new RangeQuery(ofSource[0].SourceId) { From = ids[0], Before = ids[^1] + "-", Columns = [] };
        return await _items.QueryAsync(range, cancellationToken).Select(row => new ItemKey(row.Key.Partition, row.Key.Row)).Where(wanted.Contains).ToListAsync(cancellationToken);
    }

    private async Task<Part> ReadPartAsync(string id, CancellationToken cancellationToken)
    {
        var (members, head) = (new List<StoryMember>(), (Entity?)null);
        await foreach (var row in _stories.QueryAsync(new RangeQuery(id), cancellationToken))
        {
            if (StoryRows.IsMember(row))
            {
                members.Add(StoryRows.MemberFromRow(row));
            }
            else
            {
                head = row;
            }
        }

        return new Part(id, members, head?.GetText("MovedTo"), head is null ? [] : StoryRows.Split(head, "Merged"));
    }

    private async Task<bool> ReviseHeadAsync(string id, Action<Entity> revise, CancellationToken cancellationToken)
    {
        var key = new EntityKey(id, Head);
        var (row, isThere) = await _stories.GetAsync(key, columns: null, cancellationToken) is { } stored ? (stored, true) : (new Entity(key), false);
        revise(row);
        return isThere ? await _stories.ReplaceAsync(row, cancellationToken) is SaveResult.Saved : await _stories.AddAsync(row, cancellationToken) is AddResult.Added;
    }

    private sealed record Part(string Id, IReadOnlyList<StoryMember> Members, string? MovedTo, IReadOnlyList<string> Merged);
}
