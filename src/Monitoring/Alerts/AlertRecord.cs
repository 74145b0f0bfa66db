using Monitoring.Watchlist;

namespace Monitoring.Alerts;

/// <summary>What happened, in the terms of mails: each has its own subject line and section of a digest.</summary>
public enum AlertKind
{
    /// <summary>An item was flagged.</summary>
    Item,

    /// <summary>A site became blocked or down, or changed how.</summary>
    SiteTrouble,

    /// <summary>A site can be reached again.</summary>
    SiteRecovered,

    /// <summary>A vantage stopped working or works again, or all of a country did.</summary>
    Vantage,

    /// <summary>A site's certificate expires soon, or has expired.</summary>
    Certificate,
}

/// <summary>What editors think of what an alert tells.</summary>
public enum AlertReview
{
    /// <summary>Not theirs to judge: sites and vantages.</summary>
    None,

    /// <summary>No editor has looked yet.</summary>
    Unreviewed,
    Confirmed,
    Dismissed,

    /// <summary>The program itself no longer finds it, because its rules or the watch list changed.</summary>
    Withdrawn,
}

/// <summary>What is new about a matter for one recipient.</summary>
public enum AlertChange
{
    /// <summary>The matter itself.</summary>
    New,

    /// <summary>Another act, another person, or graver than was told.</summary>
    Update,

    /// <summary>An editor has confirmed it.</summary>
    Confirmed,

    /// <summary>An editor has dismissed what was told.</summary>
    Dismissed,

    /// <summary>The program no longer finds what was told.</summary>
    Withdrawn,

    /// <summary>What was taken back holds after all.</summary>
    Reinstated,

    /// <summary>Told as confirmed, and waits for an editor again.</summary>
    Reopened,

    /// <summary>The source no longer says all of what was told.</summary>
    Changed,
}

/// <summary>
/// A finished record of something recipients may be told: everything a mail needs, so that this room asks nobody. Made by the rooms that found it.
/// </summary>
public sealed record AlertRecord
{
    /// <summary>Derived from content: what happened to what. The same event always has the same key, and is told once.</summary>
    public required string Key { get; init; }

    public required AlertKind Kind { get; init; }

    /// <summary>The story or episode it belongs to: mails about one matter are one thread, and nobody is told the same of it twice. By itself it is a matter of its own.</summary>
    public string Matter { get => field ?? Key; init; }

    /// <summary>What it says, in marks that two records of one matter share when they say the same. By itself, its key.</summary>
    public IReadOnlyList<string> Facts { get => field ?? [Key]; init; }

    public AlertReview Review { get; init; }

    /// <summary>What is new for the recipient it is made out for.</summary>
    public AlertChange Change { get; init; }

    /// <summary>What a reader who wants to hear no more of this mutes: <c>story.…</c> or <c>site.…</c>; null if it cannot be muted.</summary>
    public string? Mute { get; init; }

    public required Severity Severity { get; init; }

    public string? Country { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Ids and names of the watch-list entries it is about; what recipients choose by.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>Codes of the kinds of act that an item reports, the one that decided first.</summary>
    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>Whether it is told to those too who chose subjects: what befalls a whole country.</summary>
    public bool ConcernsAll { get; init; }

    /// <summary>False for old news, first visits, and sites that were told of enough: digests only.</summary>
    public bool MayBeImmediate { get; init; } = true;

    /// <summary>The fact first: what was done to whom, or which site cannot be reached from where.</summary>
    public required Reason Fact { get; init; }

    /// <summary>The headline as published, or the site's address.</summary>
    public string? Headline { get; init; }

    /// <summary>Language of headline and passage.</summary>
    public string? Language { get; init; }

    public string? Outlet { get; init; }

    public Uri? Link { get; init; }

    /// <summary>The decisive sentence.</summary>
    public MarkedText? Passage { get; init; }

    /// <summary>Why this was found, for people.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>Where our own page about it is, from the root.</summary>
    public required string Page { get; init; }
}
