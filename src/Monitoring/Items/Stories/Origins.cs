namespace Monitoring.Items.Stories;

/// <summary>What a member is among those that tell its story.</summary>
public enum MemberRole
{
    /// <summary>The first, or the one the others credit.</summary>
    Original,

    /// <summary>A copy of another member, or of what an agency tells.</summary>
    Reprint,

    /// <summary>In its own words.</summary>
    OwnTelling,
}

/// <param name="Origin">Whose telling it is: a publisher's id, or an agency's.</param>
public sealed record ToldMember(StoryMember Member, MemberRole Role, string Origin);

/// <summary>
/// Who copied whom. Pure. Members that are copies of each other, over any number of steps, have one origin: whom most of them credit, otherwise the publisher of
/// the first that was published. Independent sources are different origins: all reprints of an agency count once, those in other words that credit it too. The
/// original is the first telling of the origin that others credit, otherwise the first of all that credits nobody.
/// </summary>
public static class Origins
{
    /// <summary>The members in order of time with their roles.</summary>
    public static IReadOnlyList<ToldMember> Of(IEnumerable<StoryMember> members)
    {
        var inOrder = InOrder(members);
        var told = GroupsOf(inOrder).SelectMany(Tell).ToDictionary(member => member.Member.Item);
        var listed = inOrder.ConvertAll(member => told[member.Item]);
        var leaders = listed.Where(member => member.Role is MemberRole.OwnTelling).ToList();
        var original = leaders.Find(leader => inOrder.Exists(member => member.Credit == leader.Origin)) ?? leaders.FirstOrDefault();
        return listed.ConvertAll(member => member == original ? member with { Role = MemberRole.Original } : member);
    }

    public static int CountIndependent(IEnumerable<ToldMember> told) => told.Select(member => member.Origin).Distinct(StringComparer.Ordinal).Count();

    /// <summary>One of the copies tells in its own words, if it is of the origin itself.</summary>
    private static IEnumerable<ToldMember> Tell(List<StoryMember> copies)
    {
        var credited = copies.Select(member => member.Credit).OfType<string>().GroupBy(credit => credit, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
        var origin = credited ?? copies[0].Publisher;
        var leader = copies.Find(member => member.Publisher == origin && member.Credit is null);
        return copies.Select(member => new ToldMember(member, member == leader ? MemberRole.OwnTelling : MemberRole.Reprint, origin));
    }

    /// <summary>Members that hang together by copying, each group in order of time.</summary>
    private static IEnumerable<List<StoryMember>> GroupsOf(List<StoryMember> inOrder)
    {
        var groupOf = inOrder.ToDictionary(member => member.Item, member => new List<StoryMember> { member });
        foreach (var copy in inOrder.Where(member => member.IsCopy && member.JoinedTo is not null))
        {
            if (groupOf.TryGetValue(copy.JoinedTo!.Value, out var group) && group != groupOf[copy.Item])
            {
                List<StoryMember> joined = [.. groupOf[copy.Item], .. group];
                joined.ForEach(member => groupOf[member.Item] = joined);
            }
        }

        return groupOf.Values.Distinct().Select(InOrder);
    }

    private static List<StoryMember> InOrder(IEnumerable<StoryMember> members) =>
        [.. members.OrderBy(member => member.At).ThenBy(member => member.Item.ToString(), StringComparer.Ordinal)];
}
