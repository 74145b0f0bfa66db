using System.Globalization;

namespace Monitoring.Items;

/// <summary>A flag in one line: what, and about whom. It becomes a mail's subject.</summary>
internal static class FlagFact
{
    private const int Most = 3;

    public static Reason Of(IReadOnlyList<FlagSubject> subjects)
    {
        var (named, topics) = (Named(subjects), What(subjects));
        return (named, topics) switch
        {
            (_, "") => Reason.Of("fact.mentioned", named),
            ("", _) => Reason.Of("fact.topic", topics),
            _ => Reason.Of("fact.topic_about", topics, named),
        };
    }

    /// <summary>The flagged article was taken away.</summary>
    public static Reason Gone(IReadOnlyList<FlagSubject> subjects) => Reason.Of("fact.gone", Named(subjects) is { Length: > 0 } named ? named : What(subjects));

    private static string Named(IReadOnlyList<FlagSubject> subjects) => Few(subjects.Where(subject => subject.IsName));

    /// <summary>The kind of act that decided, by the name of its text; else the topics.</summary>
    private static string What(IReadOnlyList<FlagSubject> subjects) => subjects.FirstOrDefault(subject => subject.Kind is FindingKind.Violation) is { } act
        ? "@violation." + act.Id
        : Few(subjects.Where(subject => subject.Kind is FindingKind.Topic));

    /// <summary>The first names; of more, how many more there are.</summary>
    private static string Few(IEnumerable<FlagSubject> subjects)
    {
        var names = subjects.Select(subject => subject.Name).Distinct(StringComparer.Ordinal).ToList();
        var more = names.Count > Most ? string.Create(CultureInfo.InvariantCulture, $" (+{names.Count - Most})") : "";
        return string.Join(", ", names.Take(Most)) + more;
    }
}
