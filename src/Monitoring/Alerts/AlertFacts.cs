using Monitoring.Watchlist;

namespace Monitoring.Alerts;

/// <summary>The marks of what a record of an item says. Copies of one article have the same; what brings another mark is worth another mail.</summary>
public static class AlertFacts
{
    private const string Level = "level:";
    private const string News = "news:";

    /// <summary>A person, or where no person is named, whatever else it is about.</summary>
    public static string Who(string id) => "who:" + id;

    /// <summary>A kind of act.</summary>
    public static string Act(string code) => "act:" + code;

    /// <summary>All marks of a record: what it says, and that it is news, so that old news that becomes news is told once more.</summary>
    public static IReadOnlyList<string> Of(AlertRecord record) =>
        record.MayBeImmediate ? [.. record.Facts, News + (record.Kind is AlertKind.Item ? "" : record.Key)] : record.Facts;

    /// <summary>Whether a mark is something that a record says, and takes back when it no longer says it.</summary>
    public static bool IsSaid(string fact) => !fact.StartsWith(Level, StringComparison.Ordinal) && !fact.StartsWith(News, StringComparison.Ordinal);

    /// <summary>One for each level that it reaches: what is graver has more.</summary>
    public static IEnumerable<string> Levels(Severity severity) =>
        Enum.GetValues<Severity>().Where(level => level <= severity).Select(level => Level + level);
}
