namespace Monitoring.Items.Stories;

/// <summary>One event told by several items.</summary>
/// <param name="Id">Where its pages stand; of a merged story the one it was merged into.</param>
/// <param name="Merged">Stories an editor merged into it, in the order of merging.</param>
public sealed record Story(string Id, IReadOnlyList<StoryMember> Members, IReadOnlyList<string> Merged)
{
    /// <summary>The members in order of time, with their roles.</summary>
    public IReadOnlyList<ToldMember> Told => Origins.Of(Members);

    public Story Without(ItemKey item) => this with { Members = [.. Members.Where(member => member.Item != item)] };

    public Story With(StoryMember member) => this with { Members = [.. Without(member.Item).Members, member] };

    /// <summary>How many sources, reprints of one counted once.</summary>
    public int Independent => Origins.CountIndependent(Told);

    public FlagStory ForFlags => FlagStory.Of(Id, Independent);
}

/// <summary>What the flags of a story say of it. Their numbers grow in steps: each flag of a large story would be written anew with each further item.</summary>
/// <param name="Independent">So many sources at least.</param>
public sealed record FlagStory(string Id, int Independent)
{
    private static readonly int[] Steps = [1, 2, 3, 4, 5, 10, 20, 50, 100, 200, 500, 1000];

    public static FlagStory Of(string id, int independent) => new(id, Steps.LastOrDefault(step => step <= independent));
}

/// <summary>What is kept of a filed item: its membership, its text's sketch, and where it stands in the index.</summary>
/// <param name="Sketch">Null when the item has left the window.</param>
internal sealed record FiledItem(StoryMember Member, TextSketch? Sketch, long Number, DateTimeOffset Filed)
{
    /// <summary>The condition of the next save; null for a new one.</summary>
    public string? ETag { get; init; }
}
