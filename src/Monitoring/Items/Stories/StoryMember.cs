namespace Monitoring.Items.Stories;

/// <summary>How an item came into its story.</summary>
public enum StoryJoin
{
    /// <summary>It began the story.</summary>
    First,
    SameLink,
    SameText,
    NearCopy,

    /// <summary>The same persons or outlets, place and day, in other words.</summary>
    SameMatter,

    /// <summary>An editor split it off from another story.</summary>
    Split,
}

/// <summary>What is kept of an item in a story: enough to find what belongs to it, and to show it.</summary>
public sealed record StoryMember
{
    public required ItemKey Item { get; init; }

    /// <summary>The story it was put into; a story that was merged points on from there.</summary>
    public required string Home { get; init; }

    public required StoryJoin Join { get; init; }

    /// <summary>How it had come into the story an editor split it off from; null if none did.</summary>
    public StoryJoin? JoinBefore { get; init; }

    /// <summary>The item it was compared with; null for the first.</summary>
    public ItemKey? JoinedTo { get; init; }

    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    public required string Title { get; init; }

    public string? Language { get; init; }

    public Uri? Link { get; init; }

    public required string Publisher { get; init; }

    public required string PublisherName { get; init; }

    /// <summary>When it was published, as far as that is known and not after it was first seen.</summary>
    public required DateTimeOffset At { get; init; }

    public IReadOnlyList<string> Persons { get; init; } = [];

    public IReadOnlyList<string> Outlets { get; init; } = [];

    public IReadOnlyList<string> Acts { get; init; } = [];

    /// <summary>Codes of the cities and regions it names, or of countries if it names none of them.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>Whom it credits for what it tells; null if nobody else.</summary>
    public string? Credit { get; init; }

    /// <summary>Stories it must not be put into, because an editor split it off.</summary>
    public IReadOnlyList<string> Never { get; init; } = [];

    /// <summary>The story it was in before, while its row there may still be there.</summary>
    public string? Left { get; init; }

    public bool IsCopy => Join is StoryJoin.SameLink or StoryJoin.SameText or StoryJoin.NearCopy;

    /// <summary>The story that an item begins which joins none; another one for each filing, because what it began before may go on without it.</summary>
    internal static string OwnStory(ItemKey item, long number) => Storage.Keys.Hash("story", item.ToString(), number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <param name="home">The story that it begins if it joins none.</param>
    internal static StoryMember Of(StoryItem item, string home) => new()
    {
        Item = item.Key,
        Home = home,
        Join = StoryJoin.First,
        Title = Languages.WholeCharacters.Cut(item.Title, 300),
        Language = item.Language,
        Link = item.Link,
        Publisher = item.Publisher,
        PublisherName = item.PublisherName,
        At = item.Published is { } published && published < item.FirstSeen ? published : item.FirstSeen,
        Persons = [.. item.Persons.Take(MostNamed)],
        Outlets = [.. item.Outlets.Take(MostNamed)],
        Acts = [.. item.Acts.Take(MostNamed)],
        Places = PlaceTable.Find(item.Text),
        Credit = Credits.Find(item),
    };

    /// <summary>More are named in lists of names, which are no event.</summary>
    private const int MostNamed = 20;
}
