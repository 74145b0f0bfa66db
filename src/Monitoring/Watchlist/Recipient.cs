namespace Monitoring.Watchlist;

/// <summary>Who gets mail, in what language, when and about what.</summary>
public sealed record Recipient : Entry
{
    public override EntryKind Kind => EntryKind.Recipient;

    public required string Address { get; init; }

    /// <summary><c>en</c>, <c>ru</c> or <c>kk</c>.</summary>
    public required string Language { get; init; }

    /// <summary>IANA name, e.g. <c>Asia/Almaty</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Local time of the daily digest, and of the weekly one on its day; null: none.</summary>
    public TimeOnly? Digest { get; init; }

    /// <summary>Local day of the weekly overview; null: none.</summary>
    public DayOfWeek? Weekly { get; init; }

    /// <summary>Whether the daily digest comes also when there is nothing to say.</summary>
    public bool EmptyDigests { get; init; } = true;

    /// <summary>Items at least this severe are mailed at once; null: none.</summary>
    public Severity? AtOnce { get; init; }

    /// <summary>Whether sites becoming blocked, down or reachable again are mailed at once.</summary>
    public bool Sites { get; init; } = true;

    /// <summary>Only these countries; empty: all.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>Only these persons, outlets, topics and sites, by id or name; empty: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Persons and outlets, by id or name, of whom everything is mailed at once, whatever <see cref="Countries"/>, <see cref="Only"/> and severity say.</summary>
    public IReadOnlyList<string> Follow { get; init; } = [];

    /// <summary>What else is told, and when; they add to the fields above.</summary>
    public IReadOnlyList<TellingRule> Rules { get; init; } = [];

    /// <summary>When nothing is mailed at once, unless it is critical: it waits for their end.</summary>
    public QuietHours? Quiet { get; init; }

    /// <summary>Most mails at once in an hour, <see cref="FewestPerHour"/> to <see cref="MostMailsPerHour"/>; what comes beyond them is one mail. Null: the setting's.</summary>
    public int? MostPerHour { get; init; }

    /// <summary>Mails name nothing and nobody: one a day at <see cref="Digest"/>, always as long, with a count and a link.</summary>
    public bool Sensitive { get; init; }

    /// <summary>An armored OpenPGP public key block: mails are sealed with it, and never sent otherwise. Null: they are not.</summary>
    public string? PgpKey { get; init; }

    /// <summary>Characters of <see cref="PgpKey"/>, which stands in a column of a table.</summary>
    public const int LongestPgpKey = 16_000;

    public const int FewestPerHour = 1;
    public const int MostMailsPerHour = 100;

    /// <summary>Most rules of one recipient: so many the form on the page holds.</summary>
    public const int MostRules = 50;
}

/// <summary>How what a rule chooses is told.</summary>
public enum TellingTime
{
    AtOnce,

    /// <summary>At once, when an editor has confirmed it. Sites are not reviewed: at once.</summary>
    Reviewed,

    Hourly,
    Daily,
    Weekly,
}

/// <summary>Which of items and sites a rule is about.</summary>
public enum TellingScope
{
    All,
    Items,
    Sites,
}

/// <summary>What one recipient is told, and when. An empty list chooses everything; what is chosen fulfils all of them.</summary>
public sealed record TellingRule
{
    /// <summary>As mails and pages call it; null: by what it chooses.</summary>
    public string? Name { get; init; }

    public required TellingTime When { get; init; }

    public TellingScope About { get; init; }

    /// <summary>Nothing less severe.</summary>
    public Severity Severity { get; init; }

    /// <summary>Persons, outlets, topics and sites, by id or name.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>Codes of kinds of act, as in the violation types.</summary>
    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>Languages of items (ISO 639-1). Of sites nothing is asked.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];
}

/// <param name="From">Local time of day.</param>
/// <param name="To">Local time of day, on the next day unless it is later than <paramref name="From"/>.</param>
public readonly record struct QuietHours(TimeOnly From, TimeOnly To);
