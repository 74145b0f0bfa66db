namespace Monitoring.Items.Stories;

/// <summary>
/// Puts flagged items into their stories and takes them out. One worker at a time does so, by the lease <c>stories</c>; two at once, when one has lost it or
/// died with it, only do some of it again: the index refuses who decided without the other, and an item is saved only as it was read. In this order: item, index,
/// the story's list. A crash in between leaves an item that waits to be understood again, and then everything is written that is missing.
/// </summary>
public sealed class StoryFiling(StoryStore store, StoryIndex index, FlagStore flags, StoryTurn turn, TimeProvider time)
{
    /// <summary>So many candidates are read and compared word by word, the likest first; the first that fits is joined.</summary>
    public const int MostCompared = 6;

    /// <summary>Of larger stories the flags tell how many told it when they came.</summary>
    private const int MostToldAnew = 100;

    public Task<FlagStory> FileAsync(StoryItem item, CancellationToken cancellationToken) => turn.RunAsync(
        async () =>
        {
            var story = await PutAsync(item, cancellationToken);
            var others = story.Without(item.Key);
            await (others.ForFlags == story.ForFlags ? Task.CompletedTask : TellAnewAsync(others, story.ForFlags, cancellationToken));
            return story.ForFlags;
        },
        cancellationToken);

    /// <summary>Takes an item out of its story. May be done again.</summary>
    public Task TakeOutAsync(ItemKey item, CancellationToken cancellationToken) => turn.RunAsync(
        async () =>
        {
            await RemoveAsync(item, cancellationToken);
            return item;
        },
        cancellationToken);

    /// <summary>Without asking for the turn: for whoever has it, and for items nobody can file any more.</summary>
    internal async Task RemoveAsync(ItemKey item, CancellationToken cancellationToken)
    {
        if (await store.GetItemAsync(item, cancellationToken) is not { } filed)
        {
            return;
        }

        await store.RemoveMemberAsync(filed.Member.Home, item, cancellationToken);
        await (filed.Member.Left is { } left ? store.RemoveMemberAsync(left, item, cancellationToken) : Task.CompletedTask);
        var story = await store.ReadAsync(filed.Member.Home, cancellationToken);
        await TellAnewAsync(story, story.ForFlags, cancellationToken);
        await (filed.Sketch is null ? Task.CompletedTask : index.BlankAsync(filed.Number, filed.Filed, cancellationToken));
        await store.RemoveItemAsync(item, cancellationToken);
    }

    /// <summary>Tells the flags of a story what changed about it.</summary>
    internal async Task TellAnewAsync(Story others, FlagStory told, CancellationToken cancellationToken)
    {
        foreach (var member in others.Members.Take(MostToldAnew))
        {
            await flags.TellStoryAsync(member.Item, told, cancellationToken);
        }
    }

    private async Task<Story> PutAsync(StoryItem item, CancellationToken cancellationToken)
    {
        var (sketch, now) = (TextSketch.Of(item.Text), time.GetUtcNow());
        while (true)
        {
            var stored = await store.GetItemAsync(item.Key, cancellationToken);
            var known = await index.RefreshAsync(now, cancellationToken);
            var member = StoryMember.Of(item, StoryMember.OwnStory(item.Key, known.Last + 1));
            var entry = IndexEntry.Of(known.Last + 1, member, sketch, now);
            var isIndexed = stored is not null && (stored.Filed < now - StoryIndex.Window || (known.Find(item.Key) is { } before && before.Number == stored.Number && before.HasSame(entry)));
            var placed = await PlaceAsync(member, sketch, stored, isIndexed ? null : known.Candidates(entry, MostCompared), cancellationToken);
            var filed = isIndexed
                ? new FiledItem(placed, stored!.Sketch is null ? null : sketch, stored.Number, stored.Filed) { ETag = stored.ETag }
                : new FiledItem(placed, sketch, entry.Number, now) { ETag = stored?.ETag };
            if (await store.SaveItemAsync(filed, cancellationToken) is null || (!isIndexed && !await index.AddAsync(entry, cancellationToken)))
            {
                continue;
            }

            await store.PutMemberAsync(placed, cancellationToken);
            await (placed.Left is { } left ? store.RemoveMemberAsync(left, item.Key, cancellationToken) : Task.CompletedTask);
            return (await store.ReadAsync(placed.Home, cancellationToken)).With(placed);
        }
    }

    /// <summary>An item stays in its story, unless it is alone there and says something new.</summary>
    private async Task<StoryMember> PlaceAsync(StoryMember member, TextSketch sketch, FiledItem? stored, IReadOnlyList<IndexEntry>? candidates, CancellationToken cancellationToken)
    {
        var kept = stored is null ? member : member with
        {
            Home = stored.Member.Home,
            Join = stored.Member.Join,
            JoinBefore = stored.Member.JoinBefore,
            JoinedTo = stored.Member.JoinedTo,
            Reasons = stored.Member.Reasons,
            Never = stored.Member.Never,
            Left = stored.Member.Left,
        };
        if (candidates is null || kept.Join is not StoryJoin.First)
        {
            return kept;
        }

        var mayJoin = stored is null || (await store.ReadAsync(kept.Home, cancellationToken)).Without(member.Item).Members.Count == 0;
        return (mayJoin ? await JoinAsync(kept, sketch, candidates, cancellationToken) : null) is { } joined ? joined with { Left = stored?.Member.Home } : kept;
    }

    private async Task<StoryMember?> JoinAsync(StoryMember member, TextSketch sketch, IReadOnlyList<IndexEntry> candidates, CancellationToken cancellationToken)
    {
        foreach (var candidate in candidates)
        {
            if (await store.GetItemAsync(candidate.Item!.Value, cancellationToken) is { Sketch: { } other } filed
                && StoryMatching.Of(member, sketch, filed.Member, other) is { } match && !await IsForbiddenAsync(member, filed.Member, cancellationToken))
            {
                return member with { Home = filed.Member.Home, Join = match.Join, JoinedTo = filed.Member.Item, Reasons = match.Reasons };
            }
        }

        return null;
    }

    private async Task<bool> IsForbiddenAsync(StoryMember member, StoryMember other, CancellationToken cancellationToken)
    {
        if (member.Never.Count == 0)
        {
            return false;
        }

        var story = await store.ReadAsync(other.Home, cancellationToken);
        return member.Never.Contains(other.Home) || member.Never.Contains(story.Id);
    }
}
