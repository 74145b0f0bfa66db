using Monitoring.Watchlist;

namespace Monitoring.App.Web.Recipients;

/// <summary>How a field is typed.</summary>
public enum FieldShape
{
    Line,

    /// <summary>One text of several lines.</summary>
    Block,

    /// <summary>A list, one a line: names have commas.</summary>
    Lines,

    /// <summary>A list of codes, between commas, blanks or lines.</summary>
    Codes,

    /// <summary>One of <see cref="FormField.Choices"/>.</summary>
    Choice,

    /// <summary>A box to tick.</summary>
    Flag,
}

/// <summary>A field of the form of a recipient: called as in the watch-list file, whose rules it is read by.</summary>
public sealed record FormField(string Name, FieldShape Shape, string Label, string? Hint = null)
{
    private static readonly string[] Severities = Words<Severity>();

    /// <summary>What may be chosen, as written in the file; an empty one, called by <see cref="Nothing"/>, leaves it out.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>How the empty choice is called; null if there is none.</summary>
    public string? Nothing { get; init; }

    /// <summary>The groups of the form, in order.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<FormField> Fields)> Groups { get; } =
    [
        ("Who", [
            new("name", FieldShape.Line, "Name"),
            new("address", FieldShape.Line, "Mail address"),
            new("language", FieldShape.Choice, "Language of mails") { Choices = ["en", "ru", "kk"] },
            new("timeZone", FieldShape.Line, "Time zone", "As in the IANA list, e.g. Asia/Almaty. All times below are local there."),
            new("sensitive", FieldShape.Flag, "Sensitive: mails name nothing and nobody", "One mail a day at the time below, always as long, with a count and a link. Nothing else is mailed."),
            new("pgpKey", FieldShape.Block, "OpenPGP public key", "From BEGIN to END PGP PUBLIC KEY BLOCK, never a private one. Mails are encrypted with it, under a subject that says nothing; none is sent when it has expired. Empty: mails are not encrypted."),
        ]),
        ("Daily and weekly", [
            new("digest", FieldShape.Line, "Time of the daily mail", "E.g. 07:30. Empty: none."),
            new("emptyDigests", FieldShape.Flag, "Send it also when there is nothing to say", "Silence may also mean that something is broken."),
            new("weekly", FieldShape.Choice, "Day of the weekly overview", "At the time of the daily mail.") { Choices = Words<DayOfWeek>(), Nothing = "none" },
        ]),
        ("At once", [
            new("atOnce", FieldShape.Choice, "Items at least this severe") { Choices = Severities, Nothing = "none" },
            new("sites", FieldShape.Flag, "Sites that are blocked, down or reachable again"),
            new("follow", FieldShape.Lines, "Follow", "Persons and outlets, one a line, by name or id as listed. Everything about them is mailed at once, whatever is chosen elsewhere."),
            new("quiet", FieldShape.Line, "Quiet hours", "E.g. 22:00-07:00. What is not critical waits for their end."),
            new("mostPerHour", FieldShape.Line, "Most mails at once in an hour", "1 to 100; what comes beyond them is one mail. Empty: as the settings say."),
        ]),
        ("Only these", [
            new("countries", FieldShape.Codes, "Countries", "Codes of two capital letters, e.g. KZ, KG. Empty: all."),
            new("only", FieldShape.Lines, "Persons, outlets, topics and sites", "One a line, by name or id as listed. Empty: all."),
        ]),
        ("For the people who keep the list", [
            new("country", FieldShape.Line, "Country the recipient belongs to", "A code of two capital letters, or empty."),
            new("note", FieldShape.Line, "Note"),
        ]),
    ];

    /// <summary>What a rule consists of.</summary>
    public static IReadOnlyList<FormField> OfRule { get; } =
    [
        new("name", FieldShape.Line, "Name", "As mails call it. Empty: by what it chooses."),
        new("when", FieldShape.Choice, "When to tell") { Choices = Words<TellingTime>(), Nothing = "choose" },
        new("about", FieldShape.Choice, "About") { Choices = Words<TellingScope>() },
        new("severity", FieldShape.Choice, "At least this severe") { Choices = Severities },
        new("subjects", FieldShape.Lines, "Persons, outlets, topics and sites", "One a line, by name or id as listed. Empty: all."),
        new("violations", FieldShape.Codes, "Kinds of act", "Codes such as DETENTION, between commas. Empty: all."),
        new("languages", FieldShape.Codes, "Languages of items", "Codes such as kk, ru. Empty: all."),
        new("countries", FieldShape.Codes, "Countries", "Codes such as KZ, KG. Empty: all."),
    ];

    private static string[] Words<T>() where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];
}
