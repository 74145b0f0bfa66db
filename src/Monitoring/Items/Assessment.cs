using Monitoring.Languages;
using Monitoring.Watchlist;

namespace Monitoring.Items;

/// <param name="Severity">How urgent.</param>
/// <param name="Passage">Start and length of the decisive sentence in the item's text.</param>
public sealed record Assessed(Severity Severity, IReadOnlyList<FlagSubject> Subjects, (int Start, int Length) Passage, IReadOnlyList<Reason> Reasons);

/// <summary>
/// Decides from its findings whether an item is flagged, and how urgent it is. Pure. In this order:
/// 1. nothing found, or only the outlet that published it: no flag; 2. a name and a keyword in one sentence: as severe as the topic; 3. a name and a
/// keyword further apart: one step less; 4. a person without keyword: medium, an outlet without keyword: info; 5. a keyword without a name: one step
/// less than the topic, at most medium.
/// </summary>
public static class Assessment
{
    /// <param name="text">The item's whole text, in which the findings stand.</param>
    /// <param name="ownOutletId">The outlet that published the item: naming itself says nothing.</param>
    /// <param name="severityOf">A topic's severity by its id.</param>
    public static Assessed? Assess(string text, IReadOnlyList<Finding> findings, string? ownOutletId, Func<string, Severity> severityOf)
    {
        var named = findings.Where(finding => finding.Kind is FindingKind.Person || (finding.Kind is FindingKind.Outlet && finding.SubjectId != ownOutletId)).ToList();
        var topics = findings.Where(finding => finding.Kind is FindingKind.Topic).ToList();
        if (named.Count == 0 && topics.Count == 0)
        {
            return null;
        }

        var (severity, passage, reasons) = (named.Count, topics.Count) switch
        {
            (0, _) => TopicOnly(text, topics, severityOf),
            (_, 0) => NameOnly(text, named),
            _ => NameAndTopic(text, named, topics, severityOf),
        };
        var subjects = named.Concat(topics).Select(finding => new FlagSubject(finding.Kind, finding.SubjectId, finding.Name)).Distinct().OrderBy(subject => subject.Kind).ToList();
        return new Assessed(severity, subjects, passage, reasons);
    }

    private static (Severity, (int, int), IReadOnlyList<Reason>) TopicOnly(string text, List<Finding> topics, Func<string, Severity> severityOf)
    {
        var gravest = topics.MaxBy(topic => severityOf(topic.SubjectId))!;
        var severity = (Severity)Math.Min((int)Severity.Medium, (int)Lower(severityOf(gravest.SubjectId)));
        return (severity, Sentences.Around(text, gravest.Start, gravest.Length), [.. gravest.Reasons, Reason.Of("reason.topic_only")]);
    }

    private static (Severity, (int, int), IReadOnlyList<Reason>) NameOnly(string text, List<Finding> named)
    {
        var first = named.MinBy(finding => finding.Kind)!;
        return (first.Kind is FindingKind.Person ? Severity.Medium : Severity.Info, Sentences.Around(text, first.Start, first.Length), first.Reasons);
    }

    private static (Severity, (int, int), IReadOnlyList<Reason>) NameAndTopic(string text, List<Finding> named, List<Finding> topics, Func<string, Severity> severityOf)
    {
        var together = topics
            .Select(topic => (Topic: topic, Sentence: Sentences.Around(text, topic.Start, topic.Length)))
            .Select(pair => (pair.Topic, pair.Sentence, Name: named.Find(name => IsInside(name, pair.Sentence))))
            .Where(pair => pair.Name is not null)
            .OrderByDescending(pair => severityOf(pair.Topic.SubjectId))
            .ThenBy(pair => pair.Sentence.Start)
            .FirstOrDefault();
        var gravest = topics.MaxBy(topic => severityOf(topic.SubjectId))!;
        var apart = Lower(severityOf(gravest.SubjectId));
        if (together.Topic is { } topic && severityOf(topic.SubjectId) >= apart)
        {
            return (severityOf(topic.SubjectId), together.Sentence, [.. together.Name!.Reasons, .. topic.Reasons, Reason.Of("reason.same_sentence")]);
        }

        return (apart, Sentences.Around(text, gravest.Start, gravest.Length), [.. named[0].Reasons, .. gravest.Reasons, Reason.Of("reason.other_sentence")]);
    }

    private static bool IsInside(Finding finding, (int Start, int Length) sentence) =>
        finding.Start >= sentence.Start && finding.Start + finding.Length <= sentence.Start + sentence.Length;

    private static Severity Lower(Severity severity) => severity is Severity.Info ? Severity.Info : severity - 1;
}
