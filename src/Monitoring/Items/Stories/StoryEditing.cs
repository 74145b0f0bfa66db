namespace Monitoring.Items.Stories;

/// <summary>What became of an editor's change of a story.</summary>
public enum StoryEdit
{
    Done,

    /// <summary>Nothing to do: it is so already.</summary>
    AlreadySo,

    /// <summary>Another worker changes stories, or somebody was faster: try again.</summary>
    NotNow,

    NotFound,
}

/// <summary>
/// Splits items off and merges stories, and takes either back. Remembered where later joins look: an item keeps the stories it must not be put into, a merged
/// story points on. In the order item, lists, flags; what a crash leaves undone, doing it again or understanding the item again ends.
/// </summary>
public sealed class StoryEditing(StoryStore store, StoryFiling filing, StoryTurn turn)
{
    /// <summary>Gives an item a story of its own, for ever apart from this one.</summary>
    public Task<StoryEdit> SplitAsync(ItemKey item, CancellationToken cancellationToken) => EditAsync(
        async () =>
        {
            if (await store.GetItemAsync(item, cancellationToken) is not { } filed)
            {
                return StoryEdit.NotFound;
            }

            var from = await store.ReadAsync(filed.Member.Home, cancellationToken);
            if (filed.Member.JoinBefore is not null || from.Without(item).Members.Count == 0)
            {
                return await EndMoveAsync(filed.Member, StoryEdit.AlreadySo, cancellationToken);
            }

            var split = filed.Member with
            {
                Home = Storage.Keys.Hash("split", item.ToString(), filed.Member.Home),
                Join = StoryJoin.Split,
                JoinBefore = filed.Member.Join,
                Reasons = [Reason.Of("reason.story_split"), .. filed.Member.Reasons],
                Never = [.. filed.Member.Never.Append(filed.Member.Home).Append(from.Id).Distinct(StringComparer.Ordinal)],
                Left = filed.Member.Home,
            };
            return await MoveAsync(filed, split, cancellationToken);
        },
        cancellationToken);

    /// <summary>Takes a split back: the item is of the story again from which it was split off.</summary>
    public Task<StoryEdit> UnsplitAsync(ItemKey item, CancellationToken cancellationToken) => EditAsync(
        async () =>
        {
            if (await store.GetItemAsync(item, cancellationToken) is not { Member: var member } filed)
            {
                return StoryEdit.NotFound;
            }

            if (member is not { JoinBefore: { } before, Left: { } home })
            {
                return await EndMoveAsync(member, StoryEdit.AlreadySo, cancellationToken);
            }

            var from = await store.ReadAsync(home, cancellationToken);
            var back = member with
            {
                Home = home,
                Join = before,
                JoinBefore = null,
                Reasons = [.. member.Reasons.Skip(1)],
                Never = [.. member.Never.Except([home, from.Id])],
                Left = member.Home,
            };
            return await MoveAsync(filed, back, cancellationToken);
        },
        cancellationToken);

    /// <summary>Makes two stories one, under the id of the second.</summary>
    public Task<StoryEdit> MergeAsync(string id, string into, CancellationToken cancellationToken) => EditAsync(
        async () =>
        {
            var (one, other) = (await store.ReadAsync(id, cancellationToken), await store.ReadAsync(into, cancellationToken));
            if (one.Members.Count == 0 || other.Members.Count == 0)
            {
                return StoryEdit.NotFound;
            }

            return one.Id == other.Id ? StoryEdit.AlreadySo : await store.MergeAsync(one.Id, other.Id, cancellationToken) ? await TellAsync(other.Id, cancellationToken) : StoryEdit.NotNow;
        },
        cancellationToken);

    /// <summary>Takes a merging back; items that joined since go with the story whose item they were joined to.</summary>
    /// <param name="id">The story that points on.</param>
    public Task<StoryEdit> UnmergeAsync(string id, CancellationToken cancellationToken) => EditAsync(
        async () =>
        {
            if (await store.UnmergeAsync(id, cancellationToken) is not { } into)
            {
                return StoryEdit.AlreadySo;
            }

            await TellAsync(id, cancellationToken);
            return await TellAsync(into, cancellationToken);
        },
        cancellationToken);

    private async Task<StoryEdit> EditAsync(Func<Task<StoryEdit>> edit, CancellationToken cancellationToken) =>
        await turn.TryRunAsync(edit, cancellationToken) ?? StoryEdit.NotNow;

    private async Task<StoryEdit> MoveAsync(FiledItem filed, StoryMember moved, CancellationToken cancellationToken)
    {
        var isSaved = await store.SaveItemAsync(filed with { Member = moved }, cancellationToken) is not null;
        return isSaved ? await EndMoveAsync(moved, StoryEdit.Done, cancellationToken) : StoryEdit.NotNow;
    }

    /// <summary>The lists and flags after an item moved; once more if that was done, because it may not have been.</summary>
    private async Task<StoryEdit> EndMoveAsync(StoryMember moved, StoryEdit result, CancellationToken cancellationToken)
    {
        if (moved.Left is { } left)
        {
            await store.PutMemberAsync(moved, cancellationToken);
            await store.RemoveMemberAsync(left, moved.Item, cancellationToken);
            await TellAsync(left, cancellationToken);
            await TellAsync(moved.Home, cancellationToken);
        }

        return result;
    }

    private async Task<StoryEdit> TellAsync(string id, CancellationToken cancellationToken)
    {
        var story = await store.ReadAsync(id, cancellationToken);
        await filing.TellAnewAsync(story, story.ForFlags, cancellationToken);
        return StoryEdit.Done;
    }
}
