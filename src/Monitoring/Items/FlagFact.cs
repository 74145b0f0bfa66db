using System.Globalization;

namespace Monitoring.Items;

/// <summary>A flag in one line: what, and about whom. It becomes a mail's subject.</summary>
internal static class FlagFact
{
    private const int Most = 3;

    public static Reason Of(IReadOnlyList<FlagSubject> subjects)
    {
        var named = Few(subjects.Where(subject => subject.Kind is not FindingKind.Topic));
        var topics = Few(subjects.Where(subject => subject.Kind is FindingKind.Topic));
        return (named, topics) switch
        {
            (_, "") => Reason.Of("fact.mentioned", named),
            ("", _) => Reason.Of("fact.topic", topics),
            _ => Reason.Of("fact.topic_about", topics, named),
        };
    }

    /// <summary>The first names; of more, how many more there are.</summary>
    private static string Few(IEnumerable<FlagSubject> subjects)
    {
        var names = subjects.Select(subject => subject.Name).Distinct(StringComparer.Ordinal).ToList();
        var more = names.Count > Most ? string.Create(CultureInfo.InvariantCulture, $" (+{names.Count - Most})") : "";
        return string.Join(", ", names.Take(Most)) + more;
    }
}
