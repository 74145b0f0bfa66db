namespace Monitoring.Watchlist;

/// <summary>The kinds of entry of a watch list, in the order of the file.</summary>
public enum EntryKind
{
    Person,
    Outlet,
    Topic,
    Feed,
    Page,
    Site,
    Vantage,
    Recipient,
}

/// <summary>How much a topic's act matters (data: <c>severity_default</c> of the violation types).</summary>
public enum Severity
{
    Info,
    Medium,
    High,
    Critical,
}

public enum Gender
{
    Unknown,
    Female,
    Male,
}

/// <summary>How much of a person's name a text must hold before it counts.</summary>
public enum MinimumEvidence
{
    /// <summary>First name and surname.</summary>
    Full,

    /// <summary>The surname with the first name, an initial or a context word.</summary>
    SurnameWithGiven,

    /// <summary>The surname alone.</summary>
    Surname,
}

/// <summary>How a vantage reaches a site. OONI and agent are reserved.</summary>
public enum VantageKind
{
    /// <summary>From the machine we run on: the control.</summary>
    Direct,

    /// <summary>Through an HTTP proxy with CONNECT.</summary>
    Proxy,
}

/// <summary>What of a page is news.</summary>
public enum PageWatch
{
    /// <summary>Its links.</summary>
    Links,

    /// <summary>What changes in its text.</summary>
    Text,
}

/// <summary>One line of the watch list.</summary>
public abstract record Entry
{
    /// <summary>Opaque and stable: <c>[a-z0-9-]</c>, 4 to 40 characters. Other rows refer to it.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>ISO 3166-1 alpha-2; null if it belongs to none.</summary>
    public string? Country { get; init; }

    /// <summary>For the people who keep the list; read by nothing.</summary>
    public string? Note { get; init; }

    public abstract EntryKind Kind { get; }
}

/// <summary>Another spelling, and who attests it.</summary>
public sealed record Alias(string Name, string? Source);

public sealed record Person : Entry
{
    public override EntryKind Kind => EntryKind.Person;

    public IReadOnlyList<Alias> Aliases { get; init; } = [];

    public Gender Gender { get; init; }

    /// <summary>Words that tell this person from a namesake: outlet, city, party.</summary>
    public IReadOnlyList<string> Context { get; init; } = [];

    /// <summary>How much of the name a text must hold; null: chosen by the name and the rest of the list.</summary>
    public MinimumEvidence? Evidence { get; init; }
}

public sealed record Outlet : Entry
{
    public override EntryKind Kind => EntryKind.Outlet;

    public IReadOnlyList<Alias> Aliases { get; init; } = [];

    /// <summary>Host names, also of former addresses and mirrors.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];
}

/// <summary>Something that is done to people: its keywords or its query make an item that names somebody urgent.</summary>
public sealed record Topic : Entry
{
    public override EntryKind Kind => EntryKind.Topic;

    public const int LongestQuery = 4000;

    /// <summary>Words or phrases, each found in any of its forms, and prefixes: <c>арест*</c>. None only if there is a query.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>In the language of queries; found besides the keywords.</summary>
    public string? Query { get; init; }

    public Severity Severity { get; init; } = Severity.Medium;
}

/// <summary>Somewhere news comes from: a feed or a page.</summary>
public abstract record Source : Entry
{
    public required Uri Url { get; init; }

    /// <summary>Id or name of the outlet that publishes it.</summary>
    public string? Outlet { get; init; }

    /// <summary>Languages of its items (ISO 639-1), the usual one first.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>A fixed time between visits; null lets the schedule decide.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Least time between two visits to its host; null is the setting's.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>Id or name of the vantage it is read through; null: from here.</summary>
    public string? Via { get; init; }

    /// <summary>Whether the pages that its items link to may be fetched: for the whole text where the source gives little, and to see whether they are taken away.</summary>
    public bool FullText { get; init; } = true;

    /// <summary>A certificate, in PEM, that its server should send and does not.</summary>
    public string? Intermediate { get; init; }
}

public sealed record FeedSource : Source
{
    public override EntryKind Kind => EntryKind.Feed;
}

/// <summary>A page whose links or whose changes are its items; of a channel's public preview (<c>t.me/s/…</c>) its messages are.</summary>
public sealed record PageSource : Source
{
    public override EntryKind Kind => EntryKind.Page;

    /// <summary>A CSS selector of the part that lists the news or holds the text; null: the whole page, or where most of its text is.</summary>
    public string? Select { get; init; }

    public PageWatch Watch { get; init; }
}

/// <summary>A web site whose reachability is tested.</summary>
public sealed record Site : Entry
{
    public override EntryKind Kind => EntryKind.Site;

    public required Uri Url { get; init; }

    /// <summary>Id or name of the outlet it belongs to.</summary>
    public string? Outlet { get; init; }

    /// <summary>Time between checks; null is the setting's.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Checks in a row that open an episode, <see cref="FewestChecks"/> to <see cref="MostChecks"/>; null is the setting's.</summary>
    public int? OpenAfter { get; init; }

    /// <summary>Good checks in a row that close one, <see cref="FewestChecks"/> to <see cref="MostChecks"/>; null is the setting's.</summary>
    public int? CloseAfter { get; init; }

    /// <summary>When trouble is expected: checked and recorded all the same, and told to nobody at once.</summary>
    public IReadOnlyList<MaintenanceWindow> Maintenance { get; init; } = [];

    public const int FewestChecks = 1;
    public const int MostChecks = 6;
}

/// <summary>A place sites are tested from.</summary>
public sealed record Vantage : Entry
{
    public override EntryKind Kind => EntryKind.Vantage;

    public VantageKind Via { get; init; }

    /// <summary>The proxy, <c>http</c>, <c>socks5</c> or <c>socks5h</c> <c>://host:port</c>; null if the setting <c>Vantages__&lt;name&gt;__Proxy</c> names it.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>A DNS server that answers as this network's resolver does: <c>address:port</c>.</summary>
    public string? Resolver { get; init; }

    /// <summary>The network as people know it, e.g. <c>AS9198 Kazakhtelecom</c>.</summary>
    public string? Network { get; init; }

    /// <summary>A page that is never blocked and always up: if it fails, the vantage is at fault.</summary>
    public Uri? Canary { get; init; }
}
